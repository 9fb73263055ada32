import { randomUUID } from 'node:crypto';
import { Command, CommanderError, Option } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { AppError, type AppErrorData } from '../shared/app-error.ts';
import { addAppCommands } from './apps/app-commands.ts';
import { addDoctorCommand } from './doctor/doctor-command.ts';
import { EXIT, EXIT_CODES, type ExitCode } from './exit-code.ts';
import { addPracticeCommand } from './practice/practice-command.ts';
import { addSendCommand } from './requests/send-command.ts';
import { addRunCommand } from './runs/run-command.ts';
import { type GlobalOptions, Session } from './session.ts';
import { printable } from './terminal.ts';
import { addTokenCommands } from './tokens/token-commands.ts';
import { addVaultCommands } from './vault/vault-commands.ts';

/** What a command does with its session; answers the exit code where that is not 0. */
export type Run = (session: Session) => Promise<ExitCode | undefined>;

/** Runs what is declared on the command line. @returns the exit code */
export async function runCommandLine(argv: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.done;
  const program = createProgram(async (options, run) => {
    const session = new Session(options);
    try {
      exitCode = (await run(session)) ?? EXIT.done;
    } finally {
      await session.close();
    }
  });
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCode);
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
    const data = errorData(error);
    const json = argv.includes('--json');
    if (json) process.stdout.write(`${JSON.stringify({ error: data })}\n`);
    else process.stderr.write(`${data.code}: ${printable(data.message)}\n`);
    return EXIT_CODES[data.code];
  }
}

export type Execute = (options: GlobalOptions, run: Run) => Promise<void>;

function createProgram(execute: Execute): Command {
  const program = new Command('tessera')
    .description('Keeps API access tokens in an encrypted vault, and tries them.')
    .version(packageJson.version, '-V, --version')
    .addOption(new Option('--home <dir>', 'folder of the vault (TESSERA_HOME)'))
    .addOption(new Option('--json', 'one JSON value on standard output, errors included'))
    .addOption(new Option('--no-color', 'plain text'))
    .addOption(
      new Option('--passphrase-file <file>', 'file that holds the passphrase (or TESSERA_PASSPHRASE)'),
    )
    .showHelpAfterError('(add --help for what there is)')
    .configureOutput({ writeErr: () => {} })
    .exitOverride();
  const add = { program, execute };
  addVaultCommands(add);
  addAppCommands(add);
  addTokenCommands(add);
  addSendCommand(add);
  addRunCommand(add);
  addPracticeCommand(add);
  addDoctorCommand(add);
  inheritSettings(program);
  return program;
}

/** Options of the program are understood after a command too, and errors are ours to print. */
function inheritSettings(command: Command): void {
  for (const each of command.commands) {
    each.copyInheritedSettings(command);
    inheritSettings(each);
  }
}

export interface CommandTarget {
  readonly program: Command;
  readonly execute: Execute;
}

function errorData(error: unknown): AppErrorData {
  if (error instanceof AppError) return error.toData();
  if (error instanceof CommanderError) {
    return {
      code: 'INVALID_INPUT',
      message: error.message.replace(/^error: /, ''),
      details: { usage: error.code },
    };
  }
  const id = randomUUID().slice(0, 8);
  // Only the places: a message may quote input.
  if (process.env.TESSERA_DEBUG === '1' && error instanceof Error) {
    process.stderr.write(
      `${id}\n${(error.stack ?? '')
        .split('\n')
        .filter((line) => /^\s+at /.test(line))
        .join('\n')}\n`,
    );
  }
  return {
    code: 'UNEXPECTED',
    message: `Something went wrong that Tessera did not foresee (${id}). TESSERA_DEBUG=1 shows where.`,
    details: { id },
  };
}
