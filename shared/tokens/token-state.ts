/** Days before the end at which a token is called to attention, most relaxed first. */
export const EXPIRY_LEVELS = [30, 7, 1] as const;
export type ExpiryLevel = (typeof EXPIRY_LEVELS)[number];

/** A token this close to its end counts as expired: clocks differ, and a request takes time. */
export const EXPIRY_SKEW_MS = 60_000;

const DAY_MS = 86_400_000;

/** Where a token stands in its life. `daysLeft` counts whole days begun: 1 means "within 24 hours". */
export type TokenState =
  | { readonly kind: 'never-expires' }
  | { readonly kind: 'valid'; readonly daysLeft: number }
  | { readonly kind: 'expiring'; readonly daysLeft: number; readonly level: ExpiryLevel }
  | { readonly kind: 'expired' };

/**
 * The state at the instant `now`, both as instants: time zones and daylight saving were settled when the
 * date was read.
 */
export function tokenState(token: { readonly expiresAt: string | null }, now: Date): TokenState {
  if (token.expiresAt === null) return { kind: 'never-expires' };
  const left = Date.parse(token.expiresAt) - now.getTime();
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
    default:
      return state.daysLeft === 1 ? 'expires within a day' : `expires in ${state.daysLeft} days`;
  }
}

/** Whether a token belongs in the warning banner: expired, or at most seven days from it. */
export function needsAttention(state: TokenState): boolean {
  return state.kind === 'expired' || (state.kind === 'expiring' && state.level <= 7);
}
