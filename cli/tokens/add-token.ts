import { formatWarnings } from '../../core/providers/provider.ts';
import { providerOf } from '../../core/providers/providers.ts';
import { AppError } from '../../shared/app-error.ts';
import { parseInput } from '../../shared/parse-input.ts';
import { parseExpiryDate } from '../../shared/tokens/expiry-date.ts';
import { SECRET_BYTES, tokenSchemeSchema } from '../../shared/tokens/token.ts';
import { describeTokenState, tokenState } from '../../shared/tokens/token-state.ts';
import { readStandardInput } from '../read-text.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';
import { listedToken } from './listed-token.ts';

const LINE_END_BYTES = 2;

export interface AddTokenOptions {
  readonly app: string;
  readonly scheme: string;
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
  const scheme = parseInput(tokenSchemeSchema, options.scheme, '--scheme');
  const expiresAt = readExpiry(options.expires, now);
  const { apps, tokens } = await session.unlocked();
  const app = apps.find(options.app);
  const secret = await readSecret(options.secretStdin ?? false);
  const added = tokens.add(app.id, {
    name,
    scheme,
    secret,
    field: options.field ?? null,
    tokenId: options.tokenId ?? null,
    expiresAt,
    scopes: [...(options.scope ?? [])],
    notes: options.note ?? '',
  });
  const provider = providerOf(app.provider);
  for (const format of provider === null ? [] : formatWarnings(provider, added, secret)) {
    session.warn(`This may be mistyped: ${format}`);
  }
  const state = describeTokenState(tokenState(added, now));
  session.print(
    listedToken(added, app, now),
    `Kept ${printable(added.name)} for ${printable(app.name)}: ${state}.`,
  );
}

function refuseArgument(secret: string | boolean | undefined): void {
  if (secret === undefined) return;
  throw new AppError(
    'INVALID_INPUT',
    'A secret is never given as an argument: every program on this computer can read arguments. Pipe it in with --secret-stdin, and renew this one.',
    { path: 'secret' },
  );
}

function readExpiry(text: string | undefined, now: Date): string | null {
  if (text === undefined) return null;
  const expiresAt = parseExpiryDate(text);
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
