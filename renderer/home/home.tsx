import { useMutation } from '@tanstack/react-query';
import { FlaskConical, Plus } from 'lucide-react';
import { useState } from 'react';
import { refresh, useApps, useTokens } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { AppDialog } from '../apps/app-dialog.tsx';
import { useSelection } from '../shell/selection-store.ts';
import { useTabs } from '../tabs/tabs-store.ts';
import { ErrorBanner } from '../ui/banner.tsx';
import { Loading, QueryError } from '../ui/query-state.tsx';
import { ExpirySection } from './expiry-section.tsx';
import { HealthSummary } from './health-summary.tsx';
import styles from './home.module.css';

/** Where one starts, and what expires soon. */
export function Home() {
  const apps = useApps();
  const tokens = useTokens(null);
  const [isAdding, setAdding] = useState(false);
  const select = useSelection((selection) => selection.select);
  // Whoever has apps has read what these lead to, and comes for what expires.
  const isNew = apps.data?.length === 0;
  const practice = useMutation({
    mutationFn: () => unwrap(tessera.practice.start()),
    onSuccess: async ({ appId }) => {
      refresh('apps', 'tokens');
      useTabs.getState().openNew(appId, { url: '/account' });
      select(appId);
    },
  });
  return (
    <main className={styles.home}>
      <h1>{isNew ? 'Your vault is ready' : 'Home'}</h1>
      <QueryError query={apps} />
      <div className={styles.cards} data-small={!isNew}>
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
          {isNew && (
            <span>
              A server on this computer that answers as sipgate, Virtuozzo, PortSIP and airfocus do, with
              tokens that work.
            </span>
          )}
        </button>
        <button type="button" className={styles.card} onClick={() => setAdding(true)}>
          <Plus size={20} aria-hidden />
          <strong>Add your own app</strong>
          {isNew && <span>Say where its API is; its tokens will go there and nowhere else.</span>}
        </button>
      </div>
      <ErrorBanner error={practice.error} />
      {apps.data !== undefined && apps.data.length > 0 && <HealthSummary />}
      <QueryError query={tokens} />
      {tokens.isPending && <Loading />}
      {tokens.data !== undefined && <ExpirySection apps={apps.data ?? []} tokens={tokens.data} />}
      {isAdding && <AppDialog onClose={() => setAdding(false)} onSaved={(app) => select(app.id)} />}
    </main>
  );
}
