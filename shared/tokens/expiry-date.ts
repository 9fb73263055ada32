/**
 * Whose midnight ends a date without a time. `local`: the one after that day where the user is; `utc`: the
 * one after it in UTC; `utc-start`: the one before it in UTC, so that the day itself is too late, as at GitLab.
 */
export type DayEnd = 'local' | 'utc' | 'utc-start';

const YEAR_FIRST = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY_FIRST = /^(\d{2})[-./](\d{2})[-./](\d{4})$/;
const RFC_3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/** RFC 3339 has four digits for a year; some providers write 9999-12-31 for "never". */
export const LAST_INSTANT = Date.UTC(9999, 11, 31, 23, 59, 59);

/**
 * Reads an expiry as people and providers write it: `2027-01-31`, `31-01-2027` (also with dots or
 * slashes), or RFC 3339 with a time and a zone. A date alone lasts to the end of its day.
 *
 * @returns the instant in RFC 3339, UTC, or `null` where the text is no such date (31 February included)
 */
export function parseExpiryDate(text: string, dayEnd: DayEnd = 'local'): string | null {
  const trimmed = text.trim();
  const yearFirst = YEAR_FIRST.exec(trimmed);
  if (yearFirst !== null)
    return endOfDay(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]), dayEnd);
  const dayFirst = DAY_FIRST.exec(trimmed);
  if (dayFirst !== null)
    return endOfDay(Number(dayFirst[3]), Number(dayFirst[2]), Number(dayFirst[1]), dayEnd);
  return instant(trimmed);
}

/** The day of an instant here, as it is written where a date alone is meant: `2027-01-31`. */
export function localDate(instant: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(instant.getFullYear()).padStart(4, '0')}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`;
}

function endOfDay(year: number, month: number, day: number, dayEnd: DayEnd): string | null {
  if (!isCalendarDay(year, month, day)) return null;
  if (dayEnd === 'utc-start') return new Date(Date.UTC(year, month - 1, day)).toISOString();
  // One second before the next midnight, so that the date shown is the date given. The next day's first
  // moment is asked for, because a day may lack 23:59:59 where daylight saving changes at midnight.
  const nextDay =
    dayEnd === 'utc' ? Date.UTC(year, month - 1, day + 1) : new Date(year, month - 1, day + 1).getTime();
  return new Date(Math.min(nextDay - 1000, LAST_INSTANT)).toISOString();
}

function instant(text: string): string | null {
  const match = RFC_3339.exec(text);
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0));
  if (!isCalendarDay(year ?? 0, month ?? 0, day ?? 0)) return null;
  if ((hour ?? 0) > 23 || (minute ?? 0) > 59 || (second ?? 0) > 59) return null;
  const time = Date.parse(text.replace(' ', 'T').toUpperCase());
  return Number.isNaN(time) ? null : new Date(Math.min(time, LAST_INSTANT)).toISOString();
}

function isCalendarDay(year: number, month: number, day: number): boolean {
  if (year < 1970 || month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
