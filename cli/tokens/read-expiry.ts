import { AppError } from '../../shared/app-error.ts';
import { type DayEnd, parseExpiryDate } from '../../shared/tokens/expiry-date.ts';
import type { TokenExpiry } from '../../shared/tokens/token.ts';
import { hasExpired } from '../../shared/tokens/token-state.ts';

/**
 * What `--expires` says; `undefined` where it was not given.
 *
 * @param dayEnd of the token's provider; left out: the user's own day
 * @throws AppError `INVALID_INPUT` for what is no date, and for one in the past
 */
export function readExpiry(text: string | undefined, now: Date, dayEnd?: DayEnd): TokenExpiry | undefined {
  if (text === undefined) return undefined;
  const word = text.trim().toLowerCase();
  if (word === 'never' || word === 'unknown') return { expiresAt: null, isExpiryKnown: word === 'never' };
  const expiresAt = parseExpiryDate(text, dayEnd);
  if (expiresAt === null) {
    throw new AppError(
      'INVALID_INPUT',
      '--expires is not a date: write 2027-01-31, 31-01-2027, a date with time and zone, never or unknown.',
      { path: 'expiresAt' },
    );
  }
  if (hasExpired(expiresAt, now)) {
    throw new AppError(
      'INVALID_INPUT',
      `--expires is in the past (${expiresAt}): this token would not work. Check the date, or get a new token.`,
      { path: 'expiresAt' },
    );
  }
  return { expiresAt, isExpiryKnown: true };
}
