import { useMutation } from '@tanstack/react-query';
import type { App } from '../../shared/apps/app.ts';
import { keyOf, type TokenListItem } from '../../shared/tokens/token.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { useSelection } from '../shell/selection-store.ts';
import { StateBadge } from '../tokens/state-badge.tsx';
import { dayText } from '../tokens/token-dates.ts';
import { ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { toast } from '../ui/toasts.tsx';
import { byExpiry, hasEnd, STRIP_DAYS } from './expiry-days.ts';
import { ExpiryStrip } from './expiry-strip.tsx';
import styles from './home.module.css';

/** As many as one reads; the rest is a number. */
const MOST_LISTED = 50;

interface ExpirySectionProps {
  readonly apps: readonly App[];
  readonly tokens: readonly TokenListItem[];
}

/** What has expired, and what will within 90 days. */
export function ExpirySection({ apps, tokens }: ExpirySectionProps) {
  const openToken = useSelection((selection) => selection.openToken);
  const open = (token: TokenListItem) => openToken(keyOf(token));
  const save = useMutation({
    mutationFn: () => unwrap(tessera.tokens.saveCalendar()),
    onSuccess: ({ path, events }) => {
      if (path !== null) toast(`Saved ${events === 1 ? 'one expiry' : `${events} expiries`} to ${path}`);
    },
  });
  const nameOf = ({ appId }: TokenListItem) => apps.find(({ id }) => id === appId)?.name;
  const ending = tokens.filter(endsSoon).toSorted(byExpiry);
  return (
    <section className={styles.section} aria-labelledby="expiries">
      <header className={styles.header}>
        <h2 id="expiries">The next 90 days</h2>
        {tokens.some(hasEnd) && (
          <Button isDisabled={save.isPending} onPress={() => save.mutate()}>
            Save as calendar…
          </Button>
        )}
      </header>
      <ErrorBanner error={save.error} />
      <ExpiryStrip tokens={tokens} now={new Date()} onOpen={open} />
      {ending.length === 0 ? (
        <p className={styles.muted}>Tokens with an expiry date are listed here from 90 days before it.</p>
      ) : (
        <ul className={styles.list}>
          {ending.slice(0, MOST_LISTED).map((token) => (
            <li key={token.id}>
              <button type="button" className={styles.line} onClick={() => open(token)}>
                <strong title={token.name}>{token.name}</strong>
                <span className={styles.muted} title={nameOf(token)}>
                  {nameOf(token)}
                </span>
                <time dateTime={token.expiresAt ?? ''}>{dayText(token.expiresAt ?? '')}</time>
                <StateBadge state={token.state} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {ending.length > MOST_LISTED && (
        <p className={styles.muted}>And {ending.length - MOST_LISTED} more, which expire after these.</p>
      )}
    </section>
  );
}

function endsSoon(token: TokenListItem): boolean {
  const { state } = token;
  if (!hasEnd(token)) return false;
  return state.kind !== 'valid' || state.daysLeft <= STRIP_DAYS;
}
