import { AppError } from '../../shared/app-error.ts';
import { type DayEnd, parseExpiryDate } from '../../shared/tokens/expiry-date.ts';
import { hasExpired } from '../../shared/tokens/token-state.ts';

/**
 * What `--expires` says; `null` for `never`, `undefined` where it was not given.
 *
 * @param dayEnd of the token's provider; left out: the user's own day
 * @throws AppError `INVALID_INPUT` for what is no date, and for one in the past
 */
export function readExpiry(text: string | undefined, now: Date, dayEnd?: DayEnd): string | null | undefined {
  if (text === undefined) return undefined;
  if (text.trim().toLowerCase() === 'never') return null;
  const expiresAt = parseExpiryDate(text, dayEnd);
  if (expiresAt === null) {
    throw new AppError(
      'INVALID_INPUT',
      '--expires is not a date: write 2027-01-31, 31-01-2027, a date with time and zone, or never.',
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
  return expiresAt;
}
