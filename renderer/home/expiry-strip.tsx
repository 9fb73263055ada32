import type { TokenListItem } from '../../shared/tokens/token.ts';
import { expiriesByDay, STRIP_DAYS } from './expiries-by-day.ts';
import styles from './home.module.css';

/** A bar for each of the next days on which a token expires; in words for those who do not see it. */
export function ExpiryStrip({
  tokens,
  now,
}: {
  readonly tokens: readonly TokenListItem[];
  readonly now: Date;
}) {
  const days = expiriesByDay(tokens, now);
  const total = days.reduce((sum, count) => sum + count, 0);
  const label =
    total === 0
      ? 'No token expires in the next 90 days'
      : `${total} of your tokens expire in the next 90 days`;
  return (
    <svg
      className={styles.strip}
      viewBox={`0 0 ${STRIP_DAYS * 10} 44`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {days.map((count, day) => (
        <rect
          key={`day ${day}`}
          x={day * 10 + 1}
          width={8}
          y={count === 0 ? 38 : Math.max(4, 34 - count * 6)}
          height={count === 0 ? 2 : 40 - Math.max(4, 34 - count * 6)}
          data-level={count === 0 ? 'none' : day <= 7 ? 'bad' : day <= 30 ? 'warn' : 'good'}
        />
      ))}
    </svg>
  );
}
