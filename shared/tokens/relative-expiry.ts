import { LAST_INSTANT } from './expiry-date.ts';

const IN_SOME_TIME = /^(?:in\s+)?(\d{1,4})\s*(d|days?|w|weeks?|m|months?|y|years?)$/i;

/**
 * Reads an expiry as an interval from now: `in 90 days`, `2 weeks`, `1y`. It ends at this time of day, as the
 * user's clock then shows it; a month without the day ends on its last one.
 *
 * @returns the instant in RFC 3339, UTC, to the minute, or `null` where the text is no interval
 */
export function parseRelativeExpiry(text: string, now: Date): string | null {
  const match = IN_SOME_TIME.exec(text.trim());
  if (match === null) return null;
  const count = Number(match[1]);
  const unit = (match[2] ?? '').charAt(0).toLowerCase();
  const end = new Date(now);
  if (unit === 'd') end.setDate(end.getDate() + count);
  else if (unit === 'w') end.setDate(end.getDate() + 7 * count);
  else addMonths(end, unit === 'm' ? count : 12 * count);
  end.setSeconds(0, 0);
  return new Date(Math.min(end.getTime(), LAST_INSTANT)).toISOString();
}

function addMonths(date: Date, count: number): void {
  const day = date.getDate();
  date.setMonth(date.getMonth() + count);
  // What is left over would be in the month after: 31 January and a month would be 3 March.
  if (date.getDate() !== day) date.setDate(0);
}
