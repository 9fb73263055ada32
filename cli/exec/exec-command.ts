import type { Command } from 'commander';
import type { CommandTarget } from '../command-line.ts';
import { repeated } from '../repeated-option.ts';
import type { ExecCommandOptions } from './exec.ts';

export function addExecCommand({ program, perform }: CommandTarget): void {
  program
    .command('exec <command...>')
    .usage('--app APP [--set VAR=TOKEN]… -- CMD [args…]')
    .summary('run a program with tokens in its environment, and mask them in its output')
    .description(
      'Runs a program with tokens of an app in its environment, and masks every secret of the app in what it prints.',
    )
    .requiredOption('--app <app>', 'whose tokens may be used')
    .option('--set <variable=token>', 'which token goes into which variable, repeatable', repeated)
    .option('--send-expired', 'pass on a token that has expired')
    .option('--send-compromised', 'pass on a token that is marked as compromised')
    .addHelpText(
      'after',
      `
Without --set, the token that a request of the app would use (its default, or its only one) is in TESSERA_TOKEN.
A variable holds the secret; of a basic token, VAR_ID holds the token ID.

The program's exit code is the answer; 128 and the signal's number where a signal ended it, 127 where the program is
not found, 126 where it cannot be run. Its output goes through pipes, not a terminal: it may come without colours.
Signals are passed on to it. On a terminal Ctrl+C reaches it from there, and a SIGINT sent to tessera alone is not
passed on: send SIGTERM.

Examples:
  tessera exec --app Phone -- ./deploy.sh
  tessera exec --app Phone --set API_TOKEN=main --set OTHER=spare -- node sync.js --all`,
    )
    .action((words: string[], options: ExecCommandOptions, command: Command) =>
      perform(command, async (session) => (await import('./exec.ts')).exec(session, words, options)),
    );
}
