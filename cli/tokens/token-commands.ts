import type { Command } from 'commander';
import type { CommandTarget } from '../command-line.ts';
import { addLoginCommands } from '../logins/login-commands.ts';
import { declareLoginOptions } from '../logins/login-options.ts';
import { addRemoteTokenCommands } from '../remote-tokens/remote-commands.ts';
import { repeated } from '../repeated-option.ts';
import type { AddTokenOptions } from './add-token.ts';
import type { CheckTokensOptions } from './check-tokens.ts';
import type { CopyTokenOptions } from './copy-token.ts';
import type { EditTokenOptions } from './edit-token.ts';
import type { ListTokensOptions } from './list-tokens.ts';
import type { MarkTokenOptions } from './mark-token.ts';
import type { RotateTokenOptions } from './rotate-token.ts';
import type { SaveCalendarOptions } from './save-calendar.ts';
import { declareSecret, WHOSE } from './token-option.ts';

const EXPIRES = '2027-01-31, 31-01-2027, RFC 3339, in 90 days, never, or unknown';
const ALLOW_EXPIRED = 'keep it even though that date is in the past';

export function addTokenCommands(target: CommandTarget): void {
  const token = target.program.command('token').description('credentials of an app');
  declareAdd(token, target);
  declareList(token, target);
  addLoginCommands(token, target);
  declareCalendar(token, target);
  declareCheck(token, target);
  declareEdit(token, target);
  declareRotate(token, target);
  declareCopy(token, target);
  declareReveal(token, target);
  declareMark(token, target);
  declareRemove(token, target);
  addRemoteTokenCommands(token, target);
}

function declareAdd(token: Command, { perform }: CommandTarget): void {
  const add = declareSecret(
    token
      .command('add <name>')
      .description('keep a token; its secret comes from standard input or a prompt')
      .requiredOption('--app <app>', 'the app it belongs to')
      .option('--scheme <scheme>', 'basic, bearer, query, header, login or oauth2; recognised when left out')
      .option('--field <name>', 'name of the parameter (query) or of the header (header)')
      .option('--sent-in <place>', 'query: whether the parameter stands in the url or in a form body')
      .option('--token-id <id>', 'public half of a basic token'),
  )
    .option('--password-stdin', 'login: the same, for the password')
    .addOption(token.createOption('--password [password]', 'refused').hideHelp())
    .option('--expires <date>', EXPIRES)
    .option('--allow-expired', ALLOW_EXPIRED)
    .option('--scope <scope>', 'what it may do, repeatable', repeated)
    .option('--acts-as <who>', 'person or bot')
    .option('--note <text>', 'anything worth knowing');
  declareLoginOptions(add)
    .addHelpText(
      'after',
      `
A secret is never given as an argument: every program on this computer can read arguments.
Without --scheme, what comes in is looked at: a token with a provider's prefix, a JWT, a header, ID:SECRET,
an .env line, or the JSON answer of a login.

Examples:
  pbpaste | tessera token add ci --app GitHub --secret-stdin
  printf %s "$TOKEN" | tessera token add main --app Phone --scheme basic --token-id token-ABC123 --secret-stdin
  tessera token add deploy --app Billing --scheme header --field X-Api-Key --expires 31-01-2027 < key.txt --secret-stdin
  tessera token add pbx --app Phone --scheme login --login portsip-22.2 --username me --password-stdin < password.txt
  tessera token add bot --app Billing --scheme oauth2 --grant client-credentials --issuer https://login.example.com \\
    --client-id bot --scope account:read --secret-stdin < client-secret.txt`,
    )
    .action((name: string, options: AddTokenOptions, command: Command) =>
      perform(command, async (session) => (await import('./add-token.ts')).addToken(session, name, options)),
    );
}

function declareCalendar(token: Command, { perform }: CommandTarget): void {
  token
    .command('calendar')
    .description('write what expires to a calendar file, with reminders on the days that are set')
    .requiredOption('--output <file>', 'the file, such as tokens.ics')
    .option('--app <app>', 'of this app only')
    .addHelpText(
      'after',
      `
Names of tokens and apps are in it, and no secrets. Importing a newer file moves the events that are there.

Example:
  tessera token calendar --output tokens.ics`,
    )
    .action((options: SaveCalendarOptions, command: Command) =>
      perform(command, async (session) =>
        (await import('./save-calendar.ts')).saveCalendar(session, options),
      ),
    );
}

function declareCheck(token: Command, { perform }: CommandTarget): void {
  token
    .command('check [names...]')
    .description('ask the provider whether tokens work, whose they are and until when')
    .option('--app <app>', 'the app they belong to; left out with --all: every app')
    .option('--all', 'all tokens')
    .option('--take-over', 'keep the expiry and the scopes that the provider says, in place of those typed')
    .addHelpText(
      'after',
      `
Sends the provider's cheapest request with each token, four at a time. What the answer says of expiry and scopes
fills what is empty; what was typed stays, and the difference is said.
Exits with 1 where a token is refused, else with 5 where an answer does not say, else with 4 where one was not sent,
because it has expired or its origin is not allowed.

Examples:
  tessera token check main --app Phone
  tessera token check main --app Phone --take-over
  tessera token check --all --json`,
    )
    .action((names: readonly string[], options: CheckTokensOptions, command: Command) =>
      perform(command, async (session) =>
        (await import('./check-tokens.ts')).checkTokens(session, names, options),
      ),
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

function declareEdit(token: Command, { perform }: CommandTarget): void {
  token
    .command('edit <name>')
    .description('change what is kept of a token, but for its secret')
    .option('--app <app>', WHOSE)
    .option('--name <name>', 'another name')
    .option('--update-requests', 'let the requests of the app’s collections that name it follow')
    .option('--renamed-from <name>', 'with --update-requests: what they call it, where it was renamed before')
    .option('--expires <date>', EXPIRES)
    .option('--allow-expired', ALLOW_EXPIRED)
    .option('--scope <scope>', 'what it may do, repeatable; in place of those it has', repeated)
    .option('--no-scopes', 'none')
    .option('--acts-as <who>', 'person or bot')
    .option('--token-id <id>', 'public half of a basic token')
    .option('--field <name>', 'name of the URL parameter (query) or of the header (header)')
    .option('--provider <id>', 'whose token it is, where that is not the app’s provider; none: the app’s')
    .option('--note <text>', 'anything worth knowing')
    .addHelpText(
      'after',
      '\nExamples:\n  tessera token edit main --app Phone --expires 31-01-2027\n  tessera token edit main --app Phone --name production --update-requests',
    )
    .action((name: string, options: EditTokenOptions, command: Command) =>
      perform(command, async (session) =>
        (await import('./edit-token.ts')).editToken(session, name, options),
      ),
    );
}

function declareRotate(token: Command, { perform }: CommandTarget): void {
  declareSecret(
    token
      .command('rotate <name>')
      .description('put a new secret in a token’s place; it keeps its name and its id')
      .option('--app <app>', WHOSE),
  )
    .option('--overlap <days>', 'how long the secret before is kept, as a retired token (7); 0: not')
    .option('--expires <date>', `of the new secret: ${EXPIRES}`)
    .option('--token-id <id>', 'public half of the new secret')
    .addHelpText(
      'after',
      '\nExample:\n  printf %s "$TOKEN" | tessera token rotate main --app Phone --secret-stdin --overlap 3',
    )
    .action((name: string, options: RotateTokenOptions, command: Command) =>
      perform(command, async (session) =>
        (await import('./rotate-token.ts')).rotateToken(session, name, options),
      ),
    );
}

function declareCopy(token: Command, { perform }: CommandTarget): void {
  declareSecret(
    token
      .command('copy <name> <new-name>')
      .description('keep a new token with the parameters of one that is there')
      .option('--app <app>', WHOSE),
  )
    .option('--expires <date>', `of the new token: ${EXPIRES}`)
    .option('--allow-expired', ALLOW_EXPIRED)
    .option('--token-id <id>', 'public half of the new token')
    .addHelpText(
      'after',
      '\nExample:\n  printf %s "$TOKEN" | tessera token copy main second --app Phone --secret-stdin',
    )
    .action((name: string, newName: string, options: CopyTokenOptions, command: Command) =>
      perform(command, async (session) =>
        (await import('./copy-token.ts')).copyToken(session, name, newName, options),
      ),
    );
}

function declareReveal(token: Command, { perform }: CommandTarget): void {
  token
    .command('reveal <name>')
    .description('write a token’s secret to standard output; asks for the passphrase')
    .option('--app <app>', WHOSE)
    .addHelpText('after', '\nExample:\n  tessera token reveal main --app Phone | pbcopy')
    .action((name: string, options: { app?: string }, command: Command) =>
      perform(command, async (session) =>
        (await import('./reveal-token.ts')).revealToken(session, name, options.app),
      ),
    );
}

function declareMark(token: Command, { perform }: CommandTarget): void {
  token
    .command('mark <name>')
    .description('say that somebody else may have a token: it is not sent any more')
    .option('--app <app>', WHOSE)
    .option('--compromised', 'refuse it in requests')
    .option('--not-compromised', 'it was a mistake')
    .addHelpText('after', '\nExample:\n  tessera token mark main --app Phone --compromised')
    .action((name: string, options: MarkTokenOptions, command: Command) =>
      perform(command, async (session) =>
        (await import('./mark-token.ts')).markToken(session, name, options),
      ),
    );
}

function declareRemove(token: Command, { perform }: CommandTarget): void {
  token
    .command('remove <name...>')
    .description('take tokens out of the vault, by name or id')
    .option('--app <app>', 'the app they belong to; not needed with ids')
    .addHelpText(
      'after',
      '\nThey stay valid at their provider: revoke them there, or by `tessera token remote revoke`.\n\nExample:\n  tessera token remove main --app Phone',
    )
    .action((names: string[], options: { app?: string }, command: Command) =>
      perform(command, async (session) =>
        (await import('./remove-token.ts')).removeTokens(session, names, options.app),
      ),
    );
}
