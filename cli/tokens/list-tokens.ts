import { AppError } from '../../shared/app-error.ts';
import { describeTokenState, tokenState } from '../../shared/tokens/token-state.ts';
import type { Session } from '../session.ts';
import { table } from '../terminal.ts';
import { type ListedToken, listedToken } from './listed-token.ts';

export interface ListTokensOptions {
  readonly app?: string;
  /** `true` where no number was given. */
  readonly expiring?: string | true;
}

export async function listTokens(session: Session, options: ListTokensOptions): Promise<undefined> {
  const tessera = await session.tessera();
  const levels = tessera.settings.read().expiryLevels;
  const days = readDays(options.expiring, levels);
  const now = new Date();
  const { apps, tokens } = await session.unlocked();
  const chosen = options.app === undefined ? apps.list() : [apps.find(options.app)];
  const all = chosen.flatMap((app) =>
    tokens.list(app.id).map((token) => listedToken(token, app, now, levels)),
  );
  const shown = days === null ? all : all.filter((token) => endsWithin(token, days));
  session.print(shown, tokenTable(shown, now, days));
}

function tokenTable(tokens: readonly ListedToken[], now: Date, days: number | null): string {
  if (tokens.length === 0) {
    return days === null
      ? 'No tokens yet. `tessera token add NAME --app APP --scheme SCHEME` keeps one.'
      : `No token has expired or will within ${days} days.`;
  }
  const rows = tokens.map((token) => [
    token.name,
    token.app,
    token.scheme,
    token.scopes.join(' ') || '–',
    token.expiresAt === null ? '–' : localDate(token.expiresAt),
    describeTokenState(tokenState(token, now)),
  ]);
  return table(['NAME', 'APP', 'SCHEME', 'SCOPES', 'EXPIRES', 'STATE'], rows);
}

/** As it was given: a date alone ends at the end of its day here. */
function localDate(instant: string): string {
  const date = new Date(instant);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function endsWithin({ state, daysLeft }: ListedToken, days: number): boolean {
  return state === 'expired' || (daysLeft !== null && daysLeft <= days);
}

function readDays(text: string | true | undefined, levels: readonly number[]): number | null {
  if (text === undefined) return null;
  if (text === true) return levels[0] ?? 0;
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new AppError('INVALID_INPUT', '--expiring takes a whole number of days, such as 30.', {
    path: 'expiring',
  });
}
