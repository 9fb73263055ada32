import { KeyRound, Plus, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { App } from '../../shared/apps/app.ts';
import { Composer } from '../requests/composer.tsx';
import { useCommand } from '../shell/use-command.ts';
import { TokensView } from '../tokens/tokens-view.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { FormDialog } from '../ui/dialog.tsx';
import { isDirty, type Tab, TOKENS_TAB, useTabs } from './tabs-store.ts';
import styles from './workspace.module.css';

/** The tokens and the open requests of an app, one at a time. */
export function Workspace({ app }: { readonly app: App }) {
  const { tabs, active, openNew, activate, close } = useTabs();
  const [closing, setClosing] = useState<Tab | null>(null);
  const own = tabs.filter(({ appId }) => appId === app.id);
  const current = own.find(({ id }) => id === active[app.id]);
  const isInTokens = active[app.id] === TOKENS_TAB;
  const bar = useRef<HTMLDivElement>(null);
  const activeId = active[app.id];
  useEffect(() => {
    if (activeId !== undefined) bar.current?.querySelector('[data-active="true"]')?.scrollIntoView();
  }, [activeId]);
  const askToClose = (tab: Tab) => (isDirty(tab) ? setClosing(tab) : close(tab.id));
  useCommand('close-tab', () => {
    if (current !== undefined) askToClose(current);
  });
  return (
    <>
      <nav className={styles.bar} aria-label="Open requests">
        <div ref={bar} className={styles.tabs}>
          <div className={`${styles.tab} ${styles.always}`} data-active={isInTokens}>
            <button
              type="button"
              aria-current={isInTokens}
              className={styles.name}
              onClick={() => activate(app.id, TOKENS_TAB)}
            >
              <KeyRound size={13} aria-hidden />
              <span className={styles.title}>Tokens</span>
            </button>
          </div>
          {own.map((tab) => (
            <div key={tab.id} className={styles.tab} data-active={tab === current}>
              <button
                type="button"
                aria-current={tab === current}
                className={styles.name}
                onClick={() => activate(app.id, tab.id)}
                onAuxClick={() => askToClose(tab)}
              >
                <span className={styles.method} data-method={tab.request.method}>
                  {tab.request.method}
                </span>
                <span className={styles.title}>
                  {tab.saved === null ? tab.request.url || tab.name : tab.name}
                </span>
                {isDirty(tab) && <span className={styles.dirty} role="img" aria-label="not saved" />}
              </button>
              <button
                type="button"
                className={styles.close}
                aria-label={`Close ${tab.name}`}
                onClick={() => askToClose(tab)}
              >
                <X size={13} aria-hidden />
              </button>
            </div>
          ))}
        </div>
        <IconButton aria-label="New request" onPress={() => openNew(app.id)}>
          <Plus size={16} aria-hidden />
        </IconButton>
      </nav>
      {isInTokens ? (
        <TokensView app={app} />
      ) : current === undefined ? (
        <div className={styles.empty}>
          <h2>Nothing open</h2>
          <p>Compose a request to {app.baseUrl ?? 'any URL'}, or choose a saved one on the left.</p>
          <Button kind="primary" onPress={() => openNew(app.id)}>
            New request
          </Button>
        </div>
      ) : (
        <Composer key={current.id} app={app} tab={current} />
      )}
      {closing !== null && (
        <FormDialog
          title={`Close ${closing.name} without saving?`}
          action="Close without saving"
          isDangerous
          onClose={() => setClosing(null)}
          onSubmit={() => {
            close(closing.id);
            setClosing(null);
          }}
        >
          <p>What you changed in it is not in any file yet.</p>
        </FormDialog>
      )}
    </>
  );
}
