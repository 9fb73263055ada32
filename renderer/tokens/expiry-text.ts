import { type DayEnd, localDate, parseExpiryDate } from '../../shared/tokens/expiry-date.ts';
import type { TokenExpiry } from '../../shared/tokens/token.ts';

/** Understood whatever its letters' case. */
const NEVER = 'never';

const IN_SOME_TIME = /^(?:in\s+)?(\d{1,4})\s*(d|days?|w|weeks?|m|months?|y|years?)$/i;

/** What somebody wrote into a field for an expiry; `undefined` where it is none. Nothing at all: it is not known. */
export function readExpiryText(text: string, now: Date, dayEnd?: DayEnd): TokenExpiry | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return { expiresAt: null, isExpiryKnown: false };
  if (trimmed.toLowerCase() === NEVER) return { expiresAt: null, isExpiryKnown: true };
  const expiresAt = inSomeTime(trimmed, now) ?? parseExpiryDate(trimmed, dayEnd);
  return expiresAt === null ? undefined : { expiresAt, isExpiryKnown: true };
}

function inSomeTime(text: string, now: Date): string | null {
  const match = IN_SOME_TIME.exec(text);
  if (match === null) return null;
  const count = Number(match[1]);
  const unit = (match[2] ?? '').charAt(0).toLowerCase();
  const day = new Date(now);
  if (unit === 'd') day.setDate(day.getDate() + count);
  else if (unit === 'w') day.setDate(day.getDate() + 7 * count);
  else day.setMonth(day.getMonth() + (unit === 'm' ? count : 12 * count));
  day.setSeconds(0, 0);
  return day.toISOString();
}

/** An expiry as it would be typed here: as a date where it ends with a day, else with its time. */
export function expiryText({ expiresAt, isExpiryKnown }: TokenExpiry, dayEnd?: DayEnd): string {
  if (expiresAt === null) return isExpiryKnown ? NEVER : '';
  const date = localDate(new Date(expiresAt));
  return parseExpiryDate(date, dayEnd) === expiresAt ? date : expiresAt.replace(/\.\d+Z$/, 'Z');
}
