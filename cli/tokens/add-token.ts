import { formatWarnings } from '../../core/providers/provider.ts';
import { PROVIDERS, providerOf } from '../../core/providers/providers.ts';
import { AppError } from '../../shared/app-error.ts';
import type { App } from '../../shared/apps/app.ts';
import { parseInput } from '../../shared/parse-input.ts';
import { type DayEnd, parseExpiryDate } from '../../shared/tokens/expiry-date.ts';
import { type RecognisedCredential, recogniseCredential } from '../../shared/tokens/recognise-credential.ts';
import { SECRET_BYTES, type TokenScheme, tokenSchemeSchema } from '../../shared/tokens/token.ts';
import { describeTokenState, tokenState } from '../../shared/tokens/token-state.ts';
import { readStandardInput } from '../read-text.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';
import { listedToken } from './listed-token.ts';

const LINE_END_BYTES = 2;

export interface AddTokenOptions {
  readonly app: string;
  /** Left out: recognised in what is given. */
  readonly scheme?: string;
  readonly field?: string;
  readonly tokenId?: string;
  readonly secretStdin?: boolean;
  readonly secret?: string | boolean;
  readonly expires?: string;
  readonly scope?: readonly string[];
  readonly note?: string;
}

export async function addToken(session: Session, name: string, options: AddTokenOptions): Promise<undefined> {
  // All that can be said no to before anybody types a secret.
  refuseArgument(options.secret);
  const now = new Date();
  const scheme =
    options.scheme === undefined ? null : parseInput(tokenSchemeSchema, options.scheme, '--scheme');
  readExpiry(options.expires, now);
  const { apps, tokens } = await session.unlocked();
  const app = apps.find(options.app);
  const provider = providerOf(app.provider);
  const expiresAt = readExpiry(options.expires, now, provider?.dayEnd);
  const given = await readSecret(options.secretStdin ?? false);
  const credential = scheme === null ? recognised(given, app, session) : { scheme, secret: given };
  const added = tokens.add(app.id, {
    name,
    scheme: credential.scheme,
    secret: credential.secret,
    field: options.field ?? credential.field ?? null,
    tokenId: options.tokenId ?? credential.tokenId ?? null,
    expiresAt: expiresAt ?? credential.expiresAt ?? null,
    scopes: [...(options.scope ?? credential.scopes ?? [])],
    notes: options.note ?? '',
  });
  for (const format of provider === null ? [] : formatWarnings(provider, added, credential.secret)) {
    session.warn(`This may be mistyped: ${format}`);
  }
  const state = describeTokenState(tokenState(added, now));
  session.print(
    listedToken(added, app, now),
    `Kept ${printable(added.name)} for ${printable(app.name)}: ${state}.`,
  );
}

type Credential = Omit<RecognisedCredential, 'why' | 'scheme'> & { readonly scheme: TokenScheme };

/** What stands in the text, and how it is sent; says what it was taken for. @throws AppError `INVALID_INPUT` */
function recognised(text: string, app: App, session: Session): Credential {
  const provider = providerOf(app.provider);
  const found = recogniseCredential(text, { providers: PROVIDERS, preferred: app.provider });
  const only = provider?.schemes.length === 1 ? provider.schemes[0] : undefined;
  const scheme = found?.scheme ?? only?.scheme;
  if (scheme === undefined) {
    throw new AppError(
      'INVALID_INPUT',
      'How this token is sent could not be recognised. Say it with --scheme: basic, bearer, query or header.',
      { path: 'scheme' },
    );
  }
  const field = found?.field ?? (scheme === only?.scheme ? only.field : undefined);
  const why = found?.why ?? `It is taken for a token of ${provider?.name ?? app.name}.`;
  session.note('Recognised', `${why} Sent as ${scheme}${field === undefined ? '' : ` in ${field}`}.`);
  if (found?.provider !== undefined && provider !== null && found.provider !== provider.id) {
    session.warn(
      `The app ${app.name} is of ${provider.name}, and this looks like a token of another provider.`,
    );
  }
  return { ...(found ?? { secret: text }), scheme, ...(field === undefined ? {} : { field }) };
}

function refuseArgument(secret: string | boolean | undefined): void {
  if (secret === undefined) return;
  throw new AppError(
    'INVALID_INPUT',
    'A secret is never given as an argument: every program on this computer can read arguments. Pipe it in with --secret-stdin, and renew this one.',
    { path: 'secret' },
  );
}

function readExpiry(text: string | undefined, now: Date, dayEnd?: DayEnd): string | null {
  if (text === undefined) return null;
  const expiresAt = parseExpiryDate(text, dayEnd);
  if (expiresAt === null) {
    throw new AppError(
      'INVALID_INPUT',
      '--expires is not a date: write 2027-01-31, 31-01-2027, or a date with time and zone.',
      { path: 'expiresAt' },
    );
  }
  if (tokenState({ expiresAt }, now).kind === 'expired') {
    throw new AppError(
      'INVALID_INPUT',
      `--expires is in the past (${expiresAt}): this token would not work. Check the date, or get a new token.`,
      { path: 'expiresAt' },
    );
  }
  return expiresAt;
}

async function readSecret(fromStandardInput: boolean): Promise<string> {
  // A terminal would show what is typed, whether or not standard input was asked for.
  if (process.stdin.isTTY) {
    const { promptHidden } = await import('../prompt-hidden.ts');
    return promptHidden('Secret: ');
  }
  if (!fromStandardInput) {
    throw new AppError('INVALID_INPUT', 'The secret is missing: pipe it in with --secret-stdin.', {
      path: 'secret',
    });
  }
  const text = await readStandardInput(SECRET_BYTES + LINE_END_BYTES, 'The secret');
  return text.replace(/\r?\n$/, '');
}
