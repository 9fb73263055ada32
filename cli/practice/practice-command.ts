import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Command } from 'commander';
import type { CommandTarget } from '../command-line.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { Session } from '../session.ts';

export function addPracticeCommand({ program, perform }: CommandTarget, script: string): void {
  program
    .command('practice')
    .description('start the practice API on loopback, until Ctrl+C')
    .option('--port <n>', 'port; any free one when left out')
    .addHelpText(
      'after',
      `
It answers as the providers do, and prints the tokens, logins and OAuth clients that it takes; with --json in
its first line. Its page at / lists the tokens, makes and ends them, and moves its clock.

Example:
  tessera practice --port 4010`,
    )
    .action((options: { port?: string }, command: Command) =>
      perform(command, (session) => startPractice(session, script, options.port)),
    );
}

/** Runs the practice API as a process of its own, on the other side of the wire. */
async function startPractice(session: Session, script: string, port: string | undefined): Promise<ExitCode> {
  const args = [script, ...(port === undefined ? [] : ['--port', port]), ...(session.json ? ['--json'] : [])];
  // With a channel to this process, so that it ends when this process does, however that happens.
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => child.kill(signal));
  }
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code === 0 || code === null) return EXIT.done;
  return code === EXIT.usage ? EXIT.usage : EXIT.unexpected;
}
