import type { Command } from 'commander';

/** What `--app` says of one token. */
export const WHOSE = 'the app it belongs to; not needed with an id';

/** The secret comes from standard input or a prompt; as an argument it is refused. */
export function declareSecret(command: Command): Command {
  return command
    .option('--secret-stdin', 'read the secret from standard input; one line’s end after it is dropped')
    .addOption(command.createOption('--secret [secret]', 'refused').hideHelp());
}
