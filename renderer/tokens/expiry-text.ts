import { type DayEnd, parseExpiryDate } from '../../shared/tokens/expiry-date.ts';

const IN_SOME_TIME = /^(?:in\s+)?(\d{1,4})\s*(d|days?|w|weeks?|m|months?|y|years?)$/i;

/** What somebody wrote into a field for an expiry: an instant in RFC 3339, UTC; `null`: never; `undefined`: neither. */
export function readExpiryText(text: string, now: Date, dayEnd?: DayEnd): string | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.toLowerCase() === 'never') return null;
  const match = IN_SOME_TIME.exec(trimmed);
  if (match === null) return parseExpiryDate(trimmed, dayEnd) ?? undefined;
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
export function expiryText(expiresAt: string | null, dayEnd?: DayEnd): string {
  if (expiresAt === null) return '';
  const date = dateText(new Date(expiresAt));
  return parseExpiryDate(date, dayEnd) === expiresAt ? date : expiresAt.replace(/\.\d+Z$/, 'Z');
}

/** The day of an instant here, `2027-01-31`. */
export function dateText(instant: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(instant.getFullYear()).padStart(4, '0')}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`;
}
