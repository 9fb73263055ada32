import type { Command } from 'commander';
import type { CommandTarget } from '../command-line.ts';
import { repeated } from '../repeated-option.ts';
import type { AddTokenOptions } from './add-token.ts';
import type { ListTokensOptions } from './list-tokens.ts';

export function addTokenCommands(target: CommandTarget): void {
  const token = target.program.command('token').description('credentials of an app');
  declareAdd(token, target);
  declareList(token, target);
  token
    .command('remove <name>')
    .description('take a token out of the vault, by name or id')
    .option('--app <app>', 'the app it belongs to; not needed with an id')
    .addHelpText(
      'after',
      '\nIt stays valid at its provider: revoke it there.\n\nExample:\n  tessera token remove main --app Phone',
    )
    .action((name: string, options: { app?: string }, command: Command) =>
      target.perform(command, async (session) =>
        (await import('./remove-token.ts')).removeToken(session, name, options.app),
      ),
    );
}

function declareAdd(token: Command, { perform }: CommandTarget): void {
  token
    .command('add <name>')
    .description('keep a token; its secret comes from standard input or a prompt')
    .requiredOption('--app <app>', 'the app it belongs to')
    .option('--scheme <scheme>', 'basic, bearer, query or header; recognised when left out')
    .option('--field <name>', 'name of the URL parameter (query) or of the header (header)')
    .option('--token-id <id>', 'public half of a basic token')
    .option('--secret-stdin', 'read the secret from standard input; one line’s end after it is dropped')
    .addOption(token.createOption('--secret [secret]', 'refused').hideHelp())
    .option('--expires <date>', '2027-01-31, 31-01-2027 or RFC 3339')
    .option('--scope <scope>', 'what it may do, repeatable', repeated)
    .option('--note <text>', 'anything worth knowing')
    .addHelpText(
      'after',
      `
A secret is never given as an argument: every program on this computer can read arguments.
Without --scheme, what comes in is looked at: a token with a provider's prefix, a JWT, a header, ID:SECRET,
an .env line, or the JSON answer of a login.

Examples:
  pbpaste | tessera token add ci --app GitHub --secret-stdin
  printf %s "$TOKEN" | tessera token add main --app Phone --scheme basic --token-id token-ABC123 --secret-stdin
  tessera token add deploy --app Billing --scheme header --field X-Api-Key --expires 31-01-2027 < key.txt --secret-stdin`,
    )
    .action((name: string, options: AddTokenOptions, command: Command) =>
      perform(command, async (session) => (await import('./add-token.ts')).addToken(session, name, options)),
    );
}

function declareList(token: Command, { perform }: CommandTarget): void {
  token
    .command('list')
    .description('tokens, without their secrets')
    .option('--app <app>', 'of this app only')
    .option('--expiring [days]', 'only those that have expired, or will within so many days (as set: 30)')
    .addHelpText(
      'after',
      `
Examples:
  tessera token list
  tessera token list --expiring 30 --json`,
    )
    .action((options: ListTokensOptions, command: Command) =>
      perform(command, async (session) => (await import('./list-tokens.ts')).listTokens(session, options)),
    );
}
