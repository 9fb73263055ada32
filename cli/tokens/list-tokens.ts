import { AppError } from '../../shared/app-error.ts';
import type { App } from '../../shared/apps/app.ts';
import { localDate } from '../../shared/tokens/expiry-date.ts';
import type { TokenListItem } from '../../shared/tokens/token.ts';
import { describeTokenState } from '../../shared/tokens/token-state.ts';
import type { Session } from '../session.ts';
import { table } from '../terminal.ts';
import { listedToken } from './listed-token.ts';

export interface ListTokensOptions {
  readonly app?: string;
  /** `true` where no number was given. */
  readonly expiring?: string | true;
}

export async function listTokens(session: Session, options: ListTokensOptions): Promise<undefined> {
  const tessera = await session.tessera();
  const days = readDays(options.expiring, tessera.settings.read().expiryLevels);
  const { apps } = await session.unlocked();
  const chosen = options.app === undefined ? apps.list() : [apps.find(options.app)];
  const all = chosen.flatMap((app) => tessera.listTokens(app.id).map((token) => ({ token, app })));
  const shown = days === null ? all : all.filter(({ token }) => endsWithin(token, days));
  session.print(
    shown.map(({ token, app }) => listedToken(token, app)),
    tokenTable(shown, days),
  );
}

interface OwnedToken {
  readonly token: TokenListItem;
  readonly app: App;
}

function tokenTable(tokens: readonly OwnedToken[], days: number | null): string {
  if (tokens.length === 0) {
    return days === null
      ? 'No tokens yet. `tessera token add NAME --app APP --scheme SCHEME` keeps one.'
      : `No token has expired or will within ${days} days.`;
  }
  const rows = tokens.map(({ token, app }) => [
    token.name,
    app.name,
    token.scheme,
    token.scopes.join(' ') || '–',
    token.expiresAt === null ? '–' : localDate(new Date(token.expiresAt)),
    describeTokenState(token.state),
  ]);
  return table(['NAME', 'APP', 'SCHEME', 'SCOPES', 'EXPIRES', 'STATE'], rows);
}

function endsWithin({ state }: TokenListItem, days: number): boolean {
  return state.kind === 'expired' || ('daysLeft' in state && state.daysLeft <= days);
}

function readDays(text: string | true | undefined, levels: readonly number[]): number | null {
  if (text === undefined) return null;
  if (text === true) return levels[0] ?? 0;
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new AppError('INVALID_INPUT', '--expiring takes a whole number of days, such as 30.', {
    path: 'expiring',
  });
}
