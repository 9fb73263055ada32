import { DAY_MS } from '../../shared/day-ms.ts';

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

/** A day in the system's order. */
export function dayText(instant: string | Date): string {
  return day.format(new Date(instant));
}

/** "in 12 days", "3 days ago", "tomorrow". */
export function fromNow(instant: string, now: Date): string {
  const left = Date.parse(instant) - now.getTime();
  const days = left > 0 ? Math.ceil(left / DAY_MS) : Math.trunc(left / DAY_MS);
  if (Math.abs(left) < DAY_MS) {
    const minutes = Math.trunc(left / 60_000);
    return Math.abs(minutes) < 60
      ? relative.format(minutes, 'minute')
      : relative.format(Math.trunc(minutes / 60), 'hour');
  }
  return Math.abs(days) < 730
    ? relative.format(days, 'day')
    : relative.format(Math.trunc(days / 365), 'year');
}
