import { useMutation } from '@tanstack/react-query';
import { FlaskConical, Plus } from 'lucide-react';
import { useState } from 'react';
import type { TokenListItem } from '../../shared/tokens/token.ts';
import { describeTokenState } from '../../shared/tokens/token-state.ts';
import { refresh, useApps, useTokens } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { AppDialog } from '../apps/app-dialog.tsx';
import { useSelection } from '../shell/selection-store.ts';
import { useTabs } from '../tabs/tabs-store.ts';
import { StateBadge } from '../tokens/state-badge.tsx';
import { ErrorBanner } from '../ui/banner.tsx';
import { ExpiryStrip } from './expiry-strip.tsx';
import styles from './home.module.css';

/** Where one starts, and what expires soon. */
export function Home() {
  const { data: apps = [] } = useApps();
  const { data: tokens = [] } = useTokens(null);
  const [isAdding, setAdding] = useState(false);
  const { select, openToken } = useSelection();
  const practice = useMutation({
    mutationFn: () => unwrap(tessera.practice.start()),
    onSuccess: async ({ appId }) => {
      refresh('apps', 'tokens');
      useTabs.getState().openNew(appId, { url: '/account' });
      select(appId);
    },
  });
  const ending = tokens.filter(({ expiresAt }) => expiresAt !== null).sort(byExpiry);
  return (
    <main className={styles.home}>
      <h1>{apps.length === 0 ? 'Your vault is ready' : 'Home'}</h1>
      <div className={styles.cards}>
        <button
          type="button"
          className={styles.card}
          disabled={practice.isPending}
          onClick={() => practice.mutate()}
        >
          <FlaskConical size={20} aria-hidden />
          <strong>
            {practice.isPending ? 'Starting the practice API…' : 'Try it with the practice API'}
          </strong>
          <span>A server on this computer that answers like sipgate, with a token that works.</span>
        </button>
        <button type="button" className={styles.card} onClick={() => setAdding(true)}>
          <Plus size={20} aria-hidden />
          <strong>Add your own app</strong>
          <span>Say where its API is; its tokens will go there and nowhere else.</span>
        </button>
      </div>
      <ErrorBanner error={practice.error} />
      <section className={styles.section} aria-label="What expires soon">
        <h2>The next 90 days</h2>
        <ExpiryStrip tokens={tokens} now={new Date()} />
        {ending.length === 0 ? (
          <p className={styles.muted}>
            No token expires. Those with an expiry date appear here before they do.
          </p>
        ) : (
          <ul className={styles.list}>
            {ending.map((token) => (
              <li key={token.id}>
                <button
                  type="button"
                  className={styles.line}
                  onClick={() => openToken({ appId: token.appId, tokenId: token.id })}
                >
                  <strong>{token.name}</strong>
                  <span className={styles.muted}>{apps.find(({ id }) => id === token.appId)?.name}</span>
                  <time dateTime={token.expiresAt ?? ''}>
                    {new Date(token.expiresAt ?? 0).toLocaleDateString(undefined, { dateStyle: 'medium' })}
                  </time>
                  <StateBadge state={token.state} />
                </button>
              </li>
            ))}
          </ul>
        )}
      </section>
      {isAdding && <AppDialog onClose={() => setAdding(false)} onSaved={(app) => select(app.id)} />}
    </main>
  );
}

function byExpiry(left: TokenListItem, right: TokenListItem): number {
  return (
    (left.expiresAt ?? '').localeCompare(right.expiresAt ?? '') ||
    describeTokenState(left.state).localeCompare(describeTokenState(right.state))
  );
}
