import { DAY_MS } from '../day-ms.ts';
import { isObtained, type TokenScheme } from './token.ts';

/** Days before the end at which a token is called to attention, most relaxed first; unless set otherwise. */
export const EXPIRY_LEVELS: readonly number[] = [30, 7, 1];

/** How far ahead, and how often, one can be warned. */
export const EXPIRY_LEVEL_DAYS = { min: 1, max: 365 } as const;
export const MOST_EXPIRY_LEVELS = 5;

/** A token this close to its end counts as expired: clocks differ, and a request takes time. */
const EXPIRY_SKEW_MS = 60_000;

/**
 * Where a token stands in its life. `daysLeft` counts whole days begun: 1 means "within 24 hours".
 * `refused`: the provider did not take it when it was last asked. `renews`: Tessera renews it by itself.
 * `needs-sign-in`: there is no access token that works, and nothing to get one with. `unknown`: nobody has said
 * when it expires.
 */
export type TokenState =
  | { readonly kind: 'compromised' }
  | { readonly kind: 'retired' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'renews' }
  | { readonly kind: 'needs-sign-in' }
  | { readonly kind: 'never-expires' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'valid'; readonly daysLeft: number }
  | {
      readonly kind: 'expiring';
      readonly daysLeft: number;
      /** The last level that it has passed, in days. */
      readonly level: number;
      /** Past the first of several levels, which is for planning only. */
      readonly isUrgent: boolean;
    }
  | { readonly kind: 'expired' };

/** What a state is made of. */
export interface TokenLife {
  readonly expiresAt: string | null;
  readonly isExpiryKnown?: boolean;
  readonly compromisedAt?: string | null;
  readonly retiresAt?: string | null;
  readonly check?: { readonly outcome: string } | null;
  readonly scheme?: TokenScheme;
  readonly connectedAt?: string | null;
  readonly refreshExpiresAt?: string | null;
  readonly isRenewable?: boolean;
}

/**
 * The state at the instant `now`, both as instants: time zones and daylight saving were settled when the
 * date was read. What is worst about a token is its state.
 *
 * @param levels days before the end, most relaxed first
 */
export function tokenState(
  token: TokenLife,
  now: Date,
  levels: readonly number[] = EXPIRY_LEVELS,
): TokenState {
  if ((token.compromisedAt ?? null) !== null) return { kind: 'compromised' };
  if ((token.retiresAt ?? null) !== null) return { kind: 'retired' };
  const state = isAccessToken(token) ? obtainedState(token, now, levels) : expiryState(token, now, levels);
  return state.kind !== 'expired' && token.check?.outcome === 'refused' ? { kind: 'refused' } : state;
}

/** Whether its time is over, or within the skew; whatever else is true of it. */
export function hasExpired(expiresAt: string | null, now: Date): boolean {
  return expiresAt !== null && Date.parse(expiresAt) - now.getTime() <= EXPIRY_SKEW_MS;
}

/** Whether somebody has said when it ends, be it never. The server of an access token without an end has not. */
export function isEndKnown(token: TokenLife): boolean {
  return token.expiresAt !== null || ((token.isExpiryKnown ?? true) && !isAccessToken(token));
}

/** Whether it is an access token that Tessera gets by itself. */
function isAccessToken({ scheme }: TokenLife): boolean {
  return scheme !== undefined && isObtained({ scheme });
}

/** Of an access token that Tessera gets: its end matters only where nothing comes after it. */
function obtainedState(token: TokenLife, now: Date, levels: readonly number[]): TokenState {
  if (token.isRenewable === true && !hasExpired(token.refreshExpiresAt ?? null, now))
    return { kind: 'renews' };
  const state = expiryState(token, now, levels);
  return (token.connectedAt ?? null) === null || state.kind === 'expired' ? { kind: 'needs-sign-in' } : state;
}

function expiryState(token: TokenLife, now: Date, levels: readonly number[]): TokenState {
  const { expiresAt } = token;
  if (expiresAt === null) return { kind: isEndKnown(token) ? 'never-expires' : 'unknown' };
  if (hasExpired(expiresAt, now)) return { kind: 'expired' };
  const daysLeft = Math.ceil((Date.parse(expiresAt) - now.getTime()) / DAY_MS);
  const level = levels.findLast((days) => daysLeft <= days);
  if (level === undefined) return { kind: 'valid', daysLeft };
  return { kind: 'expiring', daysLeft, level, isUrgent: levels.length === 1 || level !== levels[0] };
}

/**
 * The next instant after `now` at which a token passes a level or expires; `null` where there is none.
 * In milliseconds.
 */
export function nextExpiryBoundary(
  expiresAt: string | null,
  now: Date,
  levels: readonly number[] = EXPIRY_LEVELS,
): number | null {
  if (expiresAt === null) return null;
  const end = Date.parse(expiresAt);
  const boundaries = [...levels.map((days) => end - days * DAY_MS), end - EXPIRY_SKEW_MS];
  const coming = boundaries.filter((at) => at > now.getTime());
  return coming.length === 0 ? null : Math.min(...coming);
}

/** A state in words, for lists and the command line: "expires in 12 days". */
export function describeTokenState(state: TokenState): string {
  switch (state.kind) {
    case 'never-expires':
      return 'never expires';
    case 'unknown':
      return 'expiry not known';
    case 'expired':
      return 'expired';
    case 'compromised':
      return 'compromised';
    case 'retired':
      return 'retired';
    case 'renews':
      return 'renews by itself';
    case 'needs-sign-in':
      return 'needs sign-in';
    case 'refused':
      return 'refused by the provider';
    default:
      return state.daysLeft === 1 ? 'expires within a day' : `expires in ${timeOf(state.daysLeft)}`;
  }
}

/** In days as long as they say something. */
function timeOf(days: number): string {
  return days < 730 ? `${days} days` : `${Math.trunc(days / 365)} years`;
}

/** Whether a token belongs in the warning banner: of no use any more, or urgently close to it. */
export function needsAttention(state: TokenState): boolean {
  if (state.kind === 'expiring') return state.isUrgent;
  return state.kind === 'expired' || state.kind === 'compromised' || state.kind === 'refused';
}
