import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { TokenListItem } from '../../shared/tokens/token.ts';
import { dayText } from '../tokens/token-dates.ts';
import ui from '../ui/ui.module.css';
import { type ExpiryDay, expiryDays, STRIP_DAYS } from './expiry-days.ts';
import styles from './expiry-strip.module.css';

/** A month's name, and "Today", need this many days of room. */
const LABEL_DAYS = 5;

interface ExpiryStripProps {
  readonly tokens: readonly TokenListItem[];
  readonly now: Date;
  readonly onOpen: (token: TokenListItem) => void;
}

/** Today and the next 90 days, with a mark on each on which tokens expire; the mark leads to them. */
export function ExpiryStrip({ tokens, now, onOpen }: ExpiryStripProps) {
  const days = expiryDays(tokens, now);
  const ending = days.flatMap((day) => day.tokens).length;
  const last = days.at(-1)?.date ?? now;
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>{captionOf(ending, last)}</figcaption>
      <ol className={styles.strip} aria-label={`Expiries until ${dayText(last)}`}>
        {days.map((day, index) => (
          <li
            key={day.date.getTime()}
            className={styles.day}
            data-week={day.isWeekStart}
            data-month={day.isMonthStart || index === 0}
            // A list of ninety days of which nothing is said would only be in the way.
            aria-hidden={day.tokens.length === 0}
          >
            {day.tokens.length > 0 && <Mark day={day} onOpen={onOpen} />}
            <span className={styles.label} aria-hidden>
              {labelOf(day, index)}
            </span>
          </li>
        ))}
      </ol>
    </figure>
  );
}

/** One token opens at once; several are offered. */
function Mark({ day, onOpen }: { readonly day: ExpiryDay; readonly onOpen: (token: TokenListItem) => void }) {
  const [first] = day.tokens;
  if (first === undefined) return null;
  const names = day.tokens.map(({ name }) => name).join(', ');
  const button = (
    <Button
      className={styles.mark ?? ''}
      aria-label={`${dayText(day.date)}: ${names} ${day.tokens.length === 1 ? 'expires' : 'expire'}`}
      data-tone={toneOf(day.tokens)}
      data-count={Math.min(day.tokens.length, 4)}
      {...(day.tokens.length === 1 ? { onPress: () => onOpen(first) } : {})}
    >
      <span className={styles.bar} aria-hidden />
    </Button>
  );
  if (day.tokens.length === 1) return button;
  return (
    <MenuTrigger>
      {button}
      <Popover placement="bottom" className={ui.popover ?? ''}>
        <Menu aria-label={`Tokens that expire on ${dayText(day.date)}`} className={ui.menu ?? ''}>
          {day.tokens.map((token) => (
            <MenuItem
              key={token.id}
              id={token.id}
              className={ui.menuItem ?? ''}
              onAction={() => onOpen(token)}
            >
              {token.name}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function captionOf(ending: number, last: Date): string {
  if (ending === 0) return `No token expires by ${dayText(last)}.`;
  return `${ending === 1 ? 'One token expires' : `${ending.toLocaleString()} tokens expire`} by ${dayText(last)}.`;
}

function labelOf({ date, isMonthStart }: ExpiryDay, index: number): string {
  if (index === 0) return 'Today';
  const hasRoom = index >= LABEL_DAYS && index <= STRIP_DAYS - LABEL_DAYS;
  return isMonthStart && hasRoom ? date.toLocaleDateString(undefined, { month: 'short' }) : '';
}

/** The colour of the worst that ends on a day. */
function toneOf(tokens: readonly TokenListItem[]): 'bad' | 'warn' | 'good' {
  const isBad = ({ state }: TokenListItem) =>
    state.kind === 'expired' || (state.kind === 'expiring' && state.isUrgent);
  if (tokens.some(isBad)) return 'bad';
  return tokens.some(({ state }) => state.kind === 'expiring') ? 'warn' : 'good';
}
