import { AppError } from '../../shared/app-error.ts';
import type { App } from '../../shared/apps/app.ts';
import { parseExpiryDate } from '../../shared/tokens/expiry-date.ts';
import { SECRET_BYTES, type Token, type TokenScheme } from '../../shared/tokens/token.ts';
import { describeTokenState, tokenState } from '../../shared/tokens/token-state.ts';
import type { CommandTarget } from '../command-line.ts';
import { promptHidden } from '../prompt-hidden.ts';
import { readStdin } from '../read-stdin.ts';
import { printable, table } from '../terminal.ts';

interface AddOptions {
  readonly app: string;
  readonly scheme: string;
  readonly field?: string;
  readonly tokenId?: string;
  readonly secretStdin?: boolean;
  readonly secret?: string;
  readonly expires?: string;
  readonly scope?: string[];
  readonly note?: string;
}

interface ListOptions {
  readonly app?: string;
  readonly expiring?: string;
}

export function addTokenCommands({ program, execute }: CommandTarget): void {
  const token = program.command('token').description('credentials of an app');
  token
    .command('add <name>')
    .description('keep a token; its secret comes by standard input or a prompt')
    .requiredOption('--app <app>', 'the app it belongs to')
    .requiredOption('--scheme <scheme>', 'basic, bearer, query or header')
    .option('--field <name>', 'name of the URL parameter or header')
    .option('--token-id <id>', 'the public half of a basic token')
    .option('--secret-stdin', 'read the secret from standard input')
    .option('--secret <secret>', 'refused: arguments are seen by every process')
    .option('--expires <date>', '2027-01-31, 31-01-2027 or RFC 3339')
    .option('--scope <scope...>', 'what it may do')
    .option('--note <text>', 'anything worth knowing')
    .action((name: string, options: AddOptions, command) =>
      execute(command.optsWithGlobals(), async (session) => {
        const expiresAt = readExpiry(options.expires);
        const secret = await readSecret(options);
        const { apps, tokens } = await session.unlocked();
        const app = apps.find(options.app);
        const added = tokens.add(app.id, {
          name,
          // The schema says what it may be.
          scheme: options.scheme as TokenScheme,
          secret,
          field: options.field ?? null,
          tokenId: options.tokenId ?? null,
          expiresAt,
          scopes: options.scope ?? [],
          notes: options.note ?? '',
        });
        session.print(
          listed(added, app),
          `Kept ${printable(added.name)} for ${printable(app.name)}: ${describeTokenState(tokenState(added, new Date()))}.`,
        );
        return undefined;
      }),
    );
  token
    .command('list')
    .description('tokens, without their secrets')
    .option('--app <app>', 'of this app only')
    .option('--expiring <days>', 'expired, or expiring within so many days')
    .action((options: ListOptions, command) =>
      execute(command.optsWithGlobals(), async (session) => {
        const days = readDays(options.expiring);
        const { apps, tokens } = await session.unlocked();
        const chosen = options.app === undefined ? apps.list() : [apps.find(options.app)];
        const all = chosen.flatMap((app) => tokens.list(app.id).map((each) => listed(each, app)));
        const shown = days === null ? all : all.filter((each) => isWithin(each, days));
        const rows = shown.map((each) => [
          each.name,
          each.app,
          each.scheme,
          each.expiresAt ?? '–',
          describeTokenState(each.stateDetails),
        ]);
        session.print(
          shown.map(({ stateDetails: _details, ...each }) => each),
          shown.length === 0 ? 'No tokens.' : table(['NAME', 'APP', 'SCHEME', 'EXPIRES', 'STATE'], rows),
        );
        return undefined;
      }),
    );
  token
    .command('remove <name>')
    .description('take a token out of the vault')
    .requiredOption('--app <app>', 'the app it belongs to')
    .action((name: string, options: { app: string }, command) =>
      execute(command.optsWithGlobals(), async (session) => {
        const { apps, tokens } = await session.unlocked();
        const { id, appId, name: removed } = tokens.find(apps.find(options.app).id, name);
        tokens.remove({ appId, tokenId: id });
        session.print({ removed: id }, `Removed ${printable(removed)}.`);
        return undefined;
      }),
    );
}

function listed(token: Token, app: App) {
  const { id, name, scheme, field, tokenId, scopes, expiresAt, notes, createdAt } = token;
  const stateDetails = tokenState(token, new Date());
  const daysLeft = 'daysLeft' in stateDetails ? stateDetails.daysLeft : null;
  return {
    id,
    name,
    app: app.name,
    scheme,
    provider: app.provider,
    field,
    tokenId,
    scopes,
    expiresAt,
    state: stateDetails.kind,
    daysLeft,
    notes,
    createdAt,
    stateDetails,
  };
}

function isWithin({ stateDetails }: ReturnType<typeof listed>, days: number): boolean {
  return stateDetails.kind === 'expired' || ('daysLeft' in stateDetails && stateDetails.daysLeft <= days);
}

function readExpiry(text: string | undefined): string | null {
  if (text === undefined) return null;
  const expiresAt = parseExpiryDate(text);
  if (expiresAt === null) {
    throw new AppError(
      'INVALID_INPUT',
      'The expiry is no date: write 2027-01-31, 31-01-2027, or a date with time and zone.',
      { path: 'expiresAt' },
    );
  }
  if (Date.parse(expiresAt) <= Date.now()) {
    throw new AppError('INVALID_INPUT', 'The expiry is in the past: this token would not work.', {
      path: 'expiresAt',
    });
  }
  return expiresAt;
}

function readDays(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new AppError('INVALID_INPUT', '--expiring takes a whole number of days.', { path: 'expiring' });
}

async function readSecret({ secret, secretStdin }: AddOptions): Promise<string> {
  if (secret !== undefined) {
    throw new AppError(
      'INVALID_INPUT',
      'A secret is never given as an argument, which every process can see. Use --secret-stdin.',
      { path: 'secret' },
    );
  }
  if (secretStdin === true) return (await readStdin(SECRET_BYTES + 2, 'The secret')).replace(/\r?\n$/, '');
  if (process.stdin.isTTY) return promptHidden('Secret: ');
  throw new AppError('INVALID_INPUT', 'The secret is missing: pipe it in with --secret-stdin.', {
    path: 'secret',
  });
}
