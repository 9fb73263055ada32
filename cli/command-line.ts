import { Command, CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { addAppCommands } from './apps/app-commands.ts';
import { addCookieCommands } from './cookies/cookie-commands.ts';
import { addDoctorCommand } from './doctor/doctor-command.ts';
import { addExecCommand } from './exec/exec-command.ts';
import { EXIT } from './exit-code.ts';
import { addHealthCommand } from './health/health-command.ts';
import { takeGivenKeys } from './passphrase.ts';
import { addPracticeCommand } from './practice/practice-command.ts';
import { addSendCommand } from './requests/send-command.ts';
import { addRunCommand } from './runs/run-command.ts';
import { type GlobalOptions, Session } from './session.ts';
import { addSettingsCommands } from './settings/settings-commands.ts';
import { addTokenCommands } from './tokens/token-commands.ts';
import { addVaultCommands } from './vault/vault-commands.ts';

/** Where what the command starts lies, as source or built. */
export interface Places {
  /** The practice API's program. */
  readonly practiceScript: string;
}

/** What a command does with its session; answers the exit code where that is not 0: ours, or the one of a program that it ran. */
export type Work = (session: Session) => Promise<number | undefined>;

/** What a group of commands is added to. */
export interface CommandTarget {
  readonly program: Command;
  /** Runs a command that was called, given as commander hands it over. */
  readonly perform: (command: Command, work: Work) => Promise<void>;
}

const EXAMPLES = `
Examples:
  tessera vault init
  tessera app add Phone --provider sipgate
  printf %s "$TOKEN" | tessera token add main --app Phone --scheme basic --token-id "$TOKEN_ID" --secret-stdin
  tessera send GET /account --app Phone --token main

Exit codes: 0 done; 1 a check failed; 2 wrong usage or input; 3 no vault, locked or wrong passphrase;
4 refused by policy; 5 network failure; 70 unexpected; 130 interrupted.
exec answers with the exit code of the program that it runs.`;

/** Runs what the arguments ask for. @returns the exit code @throws what stopped it */
export async function runCommandLine(args: readonly string[], places: Places): Promise<number> {
  const keys = takeGivenKeys(process.env);
  let exitCode: number = EXIT.done;
  const perform: CommandTarget['perform'] = async (command, work) => {
    const options: GlobalOptions = command.optsWithGlobals();
    if (options.color === false) turnColorsOff();
    const session = new Session(options, keys);
    try {
      exitCode = (await work(session)) ?? EXIT.done;
    } finally {
      await session.close();
    }
  };
  const unread: string[] = [];
  const program = declareCommands(perform, places, (text) => unread.push(text));
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.done;
    if (error.code !== 'commander.help') throw error;
    if (asksForJson(args)) throw new CommanderError(2, error.code, 'a command is missing');
    process.stderr.write(unread.join(''));
    return EXIT.usage;
  }
}

/** What comes after `--` is another program's. */
export function asksForJson(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end === -1 ? args : args.slice(0, end)).includes('--json');
}

/**
 * Every command that there is.
 *
 * @param onError gets what commander would print: errors are ours to print
 */
export function declareCommands(
  perform: CommandTarget['perform'],
  places: Places,
  onError: (text: string) => unknown,
): Command {
  const program = createProgram(onError);
  addCommands({ program, perform }, places);
  return program;
}

function createProgram(onError: (text: string) => unknown): Command {
  return new Command('tessera')
    .description('Keeps API access tokens in an encrypted vault, and tries them.')
    .version(packageJson.version, '-V, --version')
    .option('--home <dir>', 'folder of the vault (or TESSERA_HOME)')
    .option('--json', 'one JSON value on standard output, errors included')
    .option('--no-color', 'plain text (or NO_COLOR)')
    .option('--passphrase-file <file>', 'file that holds the passphrase (or TESSERA_PASSPHRASE)')
    .addHelpText('after', EXAMPLES)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeErr: onError })
    .exitOverride();
}

function addCommands(target: CommandTarget, { practiceScript }: Places): void {
  addVaultCommands(target);
  addSettingsCommands(target);
  addAppCommands(target);
  addTokenCommands(target);
  addCookieCommands(target);
  addSendCommand(target);
  addRunCommand(target);
  addExecCommand(target);
  addHealthCommand(target);
  addPracticeCommand(target, practiceScript);
  addDoctorCommand(target);
}

/** For `styleText`, and for a program that is started. */
function turnColorsOff(): void {
  process.env.NO_COLOR = '1';
  delete process.env.FORCE_COLOR;
}
