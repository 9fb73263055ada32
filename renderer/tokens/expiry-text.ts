import { type DayEnd, localDate, parseExpiryDate } from '../../shared/tokens/expiry-date.ts';
import { parseRelativeExpiry } from '../../shared/tokens/relative-expiry.ts';
import type { TokenExpiry } from '../../shared/tokens/token.ts';

/** Understood whatever its letters' case. */
const NEVER = 'never';

/** What somebody wrote into a field for an expiry; `undefined` where it is none. Nothing at all: it is not known. */
export function readExpiryText(text: string, now: Date, dayEnd?: DayEnd): TokenExpiry | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return { expiresAt: null, isExpiryKnown: false };
  if (trimmed.toLowerCase() === NEVER) return { expiresAt: null, isExpiryKnown: true };
  const expiresAt = parseRelativeExpiry(trimmed, now) ?? parseExpiryDate(trimmed, dayEnd);
  return expiresAt === null ? undefined : { expiresAt, isExpiryKnown: true };
}

/** An expiry as it would be typed here: as a date where it ends with a day, else with its time. */
export function expiryText({ expiresAt, isExpiryKnown }: TokenExpiry, dayEnd?: DayEnd): string {
  if (expiresAt === null) return isExpiryKnown ? NEVER : '';
  const date = localDate(new Date(expiresAt));
  return parseExpiryDate(date, dayEnd) === expiresAt ? date : expiresAt.replace(/\.\d+Z$/, 'Z');
}
