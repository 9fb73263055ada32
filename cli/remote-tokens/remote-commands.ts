import type { Command } from 'commander';
import type { CommandTarget } from '../command-line.ts';
import { repeated } from '../repeated-option.ts';
import type { AuthorityOptions } from './read-authority.ts';
import type { RemoteWishOptions } from './remote-tokens.ts';

/** `tessera token remote …`: tokens at the provider, where its API manages them. */
export function addRemoteTokenCommands(token: Command, target: CommandTarget): void {
  const remote = token
    .command('remote')
    .description('make, list, change and revoke tokens at the provider, where its API can');
  const declare = (name: string, description: string) =>
    remote
      .command(name)
      .description(description)
      .requiredOption('--app <app>', 'the app they belong to')
      .option('--by <token>', 'the token that may do so, by name; left out: the app’s default')
      .option('--password-stdin', 'read the account’s password from standard input');
  const { perform } = target;
  const load = () => import('./remote-tokens.ts');

  declare('list', 'compare the provider’s list with the vault, and take over what it says')
    .addHelpText('after', example('list --app Board --json'))
    .action((options: AuthorityOptions, command: Command) =>
      perform(command, async (session) => (await load()).listRemote(session, options)),
    );
  declare('scopes', 'what the provider says that tokens may be given')
    .addHelpText('after', example('scopes --app Cloud'))
    .action((options: AuthorityOptions, command: Command) =>
      perform(command, async (session) => (await load()).listScopes(session, options)),
    );
  withWish(declare('create <name>', 'make a token at the provider and keep it'))
    .addHelpText(
      'after',
      `
The account's password is asked for where the provider wants it: TESSERA_ACCOUNT_PASSWORD, --password-stdin or a prompt.

Examples:
  tessera token remote create ci --app Cloud --scope environment.control.StopEnv --expires 31-01-2027
  tessera token remote create ci --app Board --by admin --scope team:read --json`,
    )
    .action((name: string, options: RemoteWishOptions, command: Command) =>
      perform(command, async (session) => (await load()).createRemote(session, name, options)),
    );
  withWish(declare('edit <name>', 'change a token at the provider and in the vault'))
    .option('--name <name>', 'another name')
    .option('--update-requests', 'let the requests of the app’s collections that name it follow')
    .addHelpText('after', example('edit ci --app Board --scope team:read --expires "in 90 days"'))
    .action(
      (
        name: string,
        options: RemoteWishOptions & { name?: string; updateRequests?: boolean },
        command: Command,
      ) => perform(command, async (session) => (await load()).editRemote(session, name, options)),
    );
  declare('regenerate <name>', 'a new value; the one before is invalid at once')
    .addHelpText('after', example('regenerate ci --app Cloud'))
    .action((name: string, options: AuthorityOptions, command: Command) =>
      perform(command, async (session) => (await load()).regenerateRemote(session, name, options)),
    );
  declare(
    'revoke <name...>',
    'revoke tokens at the provider and take them out of the vault; there is no way back',
  )
    .addHelpText('after', example('revoke ci old --app Board'))
    .action((names: string[], options: AuthorityOptions, command: Command) =>
      perform(command, async (session) => (await load()).revokeRemote(session, names, options)),
    );
}

function example(call: string): string {
  return `\nExample:\n  tessera token remote ${call}`;
}

function withWish(command: Command): Command {
  return command
    .option('--expires <date>', '2027-01-31, 31-01-2027, RFC 3339, in 90 days, or never')
    .option('--scope <scope>', 'what it may do, repeatable', repeated)
    .option('--acts-as <who>', 'person or bot')
    .option('--note <text>', 'anything worth knowing');
}
