import { useEffect, useRef } from 'react';
import {
  fetchFirst,
  queryClient,
  refresh,
  useApps,
  useProviders,
  useSettings,
  useVaultStatus,
} from '../api/queries.ts';
import { tessera } from '../api/tessera.ts';
import { AppView } from '../apps/app-view.tsx';
import { HealthView } from '../health/health-view.tsx';
import { Home } from '../home/home.tsx';
import { followSends } from '../requests/use-send.ts';
import { SettingsView } from '../settings/settings-view.tsx';
import { useTabs } from '../tabs/tabs-store.ts';
import { TokensView } from '../tokens/tokens-view.tsx';
import { Banner, ErrorBanner } from '../ui/banner.tsx';
import { clearToasts, Toasts } from '../ui/toasts.tsx';
import { ConfirmationDialog, dropConfirmation } from '../vault/confirmation.tsx';
import { CreateVault } from '../vault/create-vault.tsx';
import { UnlockVault } from '../vault/unlock-vault.tsx';
import { useTouchVault } from '../vault/use-touch-vault.ts';
import { Rail } from './rail.tsx';
import { useSelection } from './selection-store.ts';
import styles from './shell.module.css';

/** Decides between the vault's door and what is behind it. */
export function Shell() {
  const { data: status, error } = useVaultStatus();
  const { data: settings } = useSettings();
  // While the door is shut: they are the same for every vault, and what lists tokens names them.
  useProviders();
  useFollowMain();
  const isOpen = status?.state === 'unlocked';
  useTouchVault(isOpen);
  const content = useRef<HTMLDivElement>(null);
  // The door is gone, and what had the focus with it: Tab goes on from here.
  useEffect(() => {
    if (isOpen) content.current?.focus();
  }, [isOpen]);
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (settings === undefined || settings.theme === 'system') delete dataset.theme;
    else dataset.theme = settings.theme;
  }, [settings]);
  if (error !== null) return <ErrorBanner error={error} />;
  if (status === undefined) return null;
  if (status.state === 'missing') return <CreateVault />;
  if (status.state === 'locked') return <UnlockVault status={status} />;
  return (
    <div className={styles.shell}>
      <Rail />
      <div ref={content} className={styles.content} tabIndex={-1}>
        {status.readOnly !== null && (
          <Banner tone="warn">{status.readOnly} You can look and send, and change nothing.</Banner>
        )}
        {status.damaged.length > 0 && (
          <Banner tone="bad">
            {status.damaged.length === 1 ? 'One entry' : `${status.damaged.length} entries`} of the vault
            could not be opened and
            {status.damaged.length === 1 ? ' was' : ' were'} set aside: {status.damaged[0]?.reason}. Nothing
            was deleted. Settings → Check the vault has more.
          </Banner>
        )}
        <Chosen />
      </div>
      <ConfirmationDialog />
      <Toasts />
    </div>
  );
}

function AllTokens() {
  return (
    <main className={styles.content}>
      <TokensView app={null} />
    </main>
  );
}

function Chosen() {
  const { data: apps = [] } = useApps();
  const { appId, place } = useSelection();
  if (place === 'settings') return <SettingsView />;
  if (place === 'health') return <HealthView />;
  if (place === 'tokens') return <AllTokens />;
  const app = apps.find(({ id }) => id === appId);
  return app === undefined ? <Home /> : <AppView key={app.id} app={app} />;
}

/** What there is to know of while the vault is locked. */
const OF_NO_VAULT: readonly unknown[] = ['vault', 'settings', 'providers'];

/** What the main process says unasked: a lock leaves nothing of the vault in the window. */
function useFollowMain(): void {
  useEffect(() => {
    const subscriptions = [
      followSends(),
      tessera.on['vault.changed']((status) => {
        if (status.state === 'unlocked') {
          fetchFirst();
        } else {
          dropConfirmation();
          clearToasts();
          useTabs.getState().clear();
          useSelection.getState().select(null);
          queryClient.removeQueries({
            predicate: ({ queryKey: [feature] }) => !OF_NO_VAULT.includes(feature),
          });
        }
        queryClient.setQueryData(['vault'], status);
      }),
      tessera.on['tokens.changed'](() => refresh('tokens', 'apps', 'health')),
      tessera.on['tokens.open']((token) => {
        const { openToken, select } = useSelection.getState();
        if (token === null) select(null);
        else openToken(token);
      }),
      tessera.on['settings.changed']((settings) => queryClient.setQueryData(['settings'], settings)),
      tessera.on['collections.changed'](({ collectionId }) => {
        void queryClient.invalidateQueries({ queryKey: ['tree', collectionId] });
      }),
      tessera.on['menu.command']((command) => {
        if (command === 'lock') void tessera.vault.lock();
        if (command === 'settings') useSelection.getState().open('settings');
        const { appId } = useSelection.getState();
        if (command === 'new-request' && appId !== null) useTabs.getState().openNew(appId);
        else window.dispatchEvent(new CustomEvent('tessera-command', { detail: command }));
      }),
    ];
    return () => {
      for (const end of subscriptions) end();
    };
  }, []);
}
