import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { App } from '../../shared/apps/app.ts';
import { refresh, useTokens } from '../api/queries.ts';
import { tessera } from '../api/tessera.ts';
import { BackupDialog } from '../backup/backup-dialog.tsx';
import { CollectionTree } from '../collections/collection-tree.tsx';
import { ConnectionDialog } from '../connections/connection-dialog.tsx';
import { InsecureBanner } from '../connections/insecure-banner.tsx';
import { CookiesDialog } from '../cookies/cookies-dialog.tsx';
import { useSelection } from '../shell/selection-store.ts';
import { Workspace } from '../tabs/workspace.tsx';
import { CheckDialog } from '../tokens/check-dialog.tsx';
import { TokenBanner } from '../tokens/token-banner.tsx';
import { TokenList } from '../tokens/token-list.tsx';
import { ActionMenu } from '../ui/action-menu.tsx';
import { ErrorBanner } from '../ui/banner.tsx';
import { FormDialog } from '../ui/dialog.tsx';
import { confirmed } from '../vault/confirmation.tsx';
import { AppDialog } from './app-dialog.tsx';
import styles from './app-view.module.css';

/** One app: what it has on the left, what is done with it on the right. */
export function AppView({ app }: { readonly app: App }) {
  const [dialog, setDialog] = useState<
    'check' | 'edit' | 'connection' | 'cookies' | 'export' | 'remove' | null
  >(null);
  const { data: tokens = [] } = useTokens(app.id);
  return (
    <div className={styles.view}>
      <aside className={styles.sidebar} aria-label={app.name}>
        <header className={styles.header}>
          <div className={styles.title}>
            <h1>{app.name}</h1>
            <p title={app.baseUrl ?? ''}>{app.baseUrl ?? 'no base URL'}</p>
          </div>
          <ActionMenu
            label={`Actions for ${app.name}`}
            actions={[
              { label: 'Check all tokens', act: () => setDialog('check') },
              { label: 'Edit the app…', act: () => setDialog('edit') },
              { label: 'Connection…', act: () => setDialog('connection') },
              { label: 'Cookies…', act: () => setDialog('cookies') },
              { label: 'Export the app…', act: () => setDialog('export') },
              { label: 'Remove the app…', isDangerous: true, act: () => setDialog('remove') },
            ]}
          />
        </header>
        <TokenList app={app} />
        <CollectionTree app={app} />
      </aside>
      <main className={styles.main}>
        <InsecureBanner app={app} onChange={() => setDialog('connection')} />
        <TokenBanner appId={app.id} />
        <Workspace app={app} />
      </main>
      {dialog === 'check' && (
        <CheckDialog
          tasks={[{ app, tokenIds: null }]}
          total={tokens.length}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'edit' && <AppDialog app={app} onClose={() => setDialog(null)} onSaved={() => {}} />}
      {dialog === 'connection' && <ConnectionDialog app={app} onClose={() => setDialog(null)} />}
      {dialog === 'cookies' && <CookiesDialog app={app} onClose={() => setDialog(null)} />}
      {dialog === 'export' && <BackupDialog app={app} onClose={() => setDialog(null)} />}
      {dialog === 'remove' && <RemoveApp app={app} onClose={() => setDialog(null)} />}
    </div>
  );
}

function RemoveApp({ app, onClose }: { readonly app: App; readonly onClose: () => void }) {
  const remove = useMutation({
    mutationFn: () => confirmed(() => tessera.apps.remove({ appId: app.id })),
    onSuccess: () => {
      useSelection.getState().select(null);
      refresh('apps', 'tokens');
    },
  });
  return (
    <FormDialog
      title={`Remove ${app.name}?`}
      action="Remove app"
      isDangerous
      isBusy={remove.isPending}
      onClose={onClose}
      onSubmit={() => remove.mutate()}
    >
      <p>
        Its key is destroyed, and with it all its tokens. This cannot be undone. Its collection files stay
        where they are.
      </p>
      <ErrorBanner error={remove.error} />
    </FormDialog>
  );
}
