import { AppError } from '../../shared/app-error.ts';
import { type DayEnd, parseExpiryDate } from '../../shared/tokens/expiry-date.ts';
import { parseRelativeExpiry } from '../../shared/tokens/relative-expiry.ts';
import type { TokenExpiry } from '../../shared/tokens/token.ts';
import { hasExpired } from '../../shared/tokens/token-state.ts';

export interface ExpiryReading {
  /** Of the token's provider; left out: the user's own day. */
  readonly dayEnd?: DayEnd | undefined;
  /** Whether a date in the past is meant; left out where it never can be. */
  readonly allowExpired?: boolean | undefined;
}

/**
 * What `--expires` says; `undefined` where it was not given.
 *
 * @throws AppError `INVALID_INPUT` for what is no date, and for one in the past that is not allowed
 */
export function readExpiry(
  text: string | undefined,
  now: Date,
  { dayEnd, allowExpired }: ExpiryReading = {},
): TokenExpiry | undefined {
  if (text === undefined) return undefined;
  const word = text.trim().toLowerCase();
  if (word === 'never' || word === 'unknown') return { expiresAt: null, isExpiryKnown: word === 'never' };
  const expiresAt = parseRelativeExpiry(text, now) ?? parseExpiryDate(text, dayEnd);
  if (expiresAt === null) {
    throw new AppError(
      'INVALID_INPUT',
      '--expires is not a date: write 2027-01-31, 31-01-2027, a date with time and zone, in 90 days, never or unknown.',
      { path: 'expiresAt' },
    );
  }
  if (allowExpired !== true && hasExpired(expiresAt, now)) {
    const anyway = allowExpired === undefined ? '' : ' --allow-expired keeps it all the same.';
    throw new AppError(
      'INVALID_INPUT',
      `--expires is in the past (${expiresAt}): this token would not work. Check the date, or get a new token.${anyway}`,
      { path: 'expiresAt' },
    );
  }
  return { expiresAt, isExpiryKnown: true };
}
