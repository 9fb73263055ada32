import type { TokenListItem } from '../../shared/tokens/token.ts';

export const STRIP_DAYS = 90;

/** One day of the strip, by the user's own calendar. */
export interface ExpiryDay {
  /** Its first moment. */
  readonly date: Date;
  /** Those that end on it, the earliest first. */
  readonly tokens: readonly TokenListItem[];
  readonly isWeekStart: boolean;
  readonly isMonthStart: boolean;
}

/** Whether a token has an end to come, or had one: not one that was replaced, marked, or renews itself. */
export function hasEnd({ state }: TokenListItem): boolean {
  return state.kind === 'expired' || state.kind === 'expiring' || state.kind === 'valid';
}

/** Today and the next 90 days, with the tokens that end on each. */
export function expiryDays(tokens: readonly TokenListItem[], now: Date): ExpiryDay[] {
  const byDay = Map.groupBy(tokens.filter(hasEnd).toSorted(byExpiry), ({ expiresAt }) =>
    dayKey(new Date(expiresAt ?? Number.NaN)),
  );
  return Array.from({ length: STRIP_DAYS + 1 }, (_, index) => {
    // By the calendar, not by 24 hours: a day may have 23 or 25 of them.
    const date = new Date(now.getFullYear(), now.getMonth(), now.getDate() + index);
    return {
      date,
      tokens: byDay.get(dayKey(date)) ?? [],
      isWeekStart: date.getDay() === 1,
      isMonthStart: date.getDate() === 1,
    };
  });
}

export function byExpiry(left: TokenListItem, right: TokenListItem): number {
  return (left.expiresAt ?? '').localeCompare(right.expiresAt ?? '');
}

function dayKey(date: Date): string {
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}
