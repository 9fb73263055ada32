/** Days before the end at which a token is called to attention, most relaxed first. */
export const EXPIRY_LEVELS = [30, 7, 1] as const;
export type ExpiryLevel = (typeof EXPIRY_LEVELS)[number];

/** A token this close to its end counts as expired: clocks differ, and a request takes time. */
export const EXPIRY_SKEW_MS = 60_000;

const DAY_MS = 86_400_000;

/**
 * Where a token stands in its life. `daysLeft` counts whole days begun: 1 means "within 24 hours".
 * `refused`: the provider did not take it when it was last asked. `renews`: Tessera renews it by itself.
 * `needs-sign-in`: there is no access token that works, and nothing to get one with.
 */
export type TokenState =
  | { readonly kind: 'compromised' }
  | { readonly kind: 'retired' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'renews' }
  | { readonly kind: 'needs-sign-in' }
  | { readonly kind: 'never-expires' }
  | { readonly kind: 'valid'; readonly daysLeft: number }
  | { readonly kind: 'expiring'; readonly daysLeft: number; readonly level: ExpiryLevel }
  | { readonly kind: 'expired' };

/** What a state is made of. */
export interface TokenLife {
  readonly expiresAt: string | null;
  readonly compromisedAt?: string | null;
  readonly retiresAt?: string | null;
  readonly check?: { readonly outcome: string } | null;
  readonly scheme?: string;
  readonly connectedAt?: string | null;
  readonly refreshExpiresAt?: string | null;
  readonly isRenewable?: boolean;
}

/**
 * The state at the instant `now`, both as instants: time zones and daylight saving were settled when the
 * date was read. What is worst about a token is its state.
 */
export function tokenState(token: TokenLife, now: Date): TokenState {
  if ((token.compromisedAt ?? null) !== null) return { kind: 'compromised' };
  if ((token.retiresAt ?? null) !== null) return { kind: 'retired' };
  const state =
    token.scheme === 'login' || token.scheme === 'oauth2'
      ? obtainedState(token, now)
      : expiryState(token.expiresAt, now);
  return state.kind !== 'expired' && token.check?.outcome === 'refused' ? { kind: 'refused' } : state;
}

/** Whether its time is over, or within the skew; whatever else is true of it. */
export function hasExpired(expiresAt: string | null, now: Date): boolean {
  return expiryState(expiresAt, now).kind === 'expired';
}

/** Of an access token that Tessera gets: its end matters only where nothing comes after it. */
function obtainedState(token: TokenLife, now: Date): TokenState {
  if (token.isRenewable === true && !hasExpired(token.refreshExpiresAt ?? null, now))
    return { kind: 'renews' };
  const state = expiryState(token.expiresAt, now);
  return (token.connectedAt ?? null) === null || state.kind === 'expired' ? { kind: 'needs-sign-in' } : state;
}

function expiryState(expiresAt: string | null, now: Date): TokenState {
  if (expiresAt === null) return { kind: 'never-expires' };
  const left = Date.parse(expiresAt) - now.getTime();
  if (left <= EXPIRY_SKEW_MS) return { kind: 'expired' };
  const daysLeft = Math.ceil(left / DAY_MS);
  const level = EXPIRY_LEVELS.findLast((days) => daysLeft <= days);
  return level === undefined ? { kind: 'valid', daysLeft } : { kind: 'expiring', daysLeft, level };
}

/** A state in words, for lists and the command line: "expires in 12 days". */
export function describeTokenState(state: TokenState): string {
  switch (state.kind) {
    case 'never-expires':
      return 'never expires';
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
      return state.daysLeft === 1 ? 'expires within a day' : `expires in ${state.daysLeft} days`;
  }
}

/** Whether a token belongs in the warning banner: of no use any more, or at most seven days from it. */
export function needsAttention(state: TokenState): boolean {
  if (state.kind === 'expiring') return state.level <= 7;
  return state.kind === 'expired' || state.kind === 'compromised' || state.kind === 'refused';
}
