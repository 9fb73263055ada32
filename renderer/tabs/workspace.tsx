import { KeyRound, Plus } from 'lucide-react';
import { useRef, useState } from 'react';
import type { App } from '../../shared/apps/app.ts';
import { Composer } from '../requests/composer.tsx';
import { useCommand } from '../shell/use-command.ts';
import { TokensView } from '../tokens/tokens-view.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { FormDialog } from '../ui/dialog.tsx';
import { TabList, TabPanel, useTabState } from '../ui/tabs.tsx';
import { useFocusKept } from '../ui/use-focus-kept.ts';
import { isDirty, type Tab, TOKENS_TAB, useTabs } from './tabs-store.ts';
import styles from './workspace.module.css';

/** The tokens and the open requests of an app, one at a time. */
export function Workspace({ app }: { readonly app: App }) {
  const { tabs, active, openNew, activate, close } = useTabs();
  const [closing, setClosing] = useState<Tab | null>(null);
  const own = tabs.filter(({ appId }) => appId === app.id);
  const current = own.find(({ id }) => id === active[app.id]);
  const isInTokens = active[app.id] === TOKENS_TAB;
  const state = useTabState(
    [
      { id: TOKENS_TAB, label: <TokensLabel /> },
      ...own.map((tab) => ({ id: tab.id, label: <RequestLabel tab={tab} /> })),
    ],
    isInTokens ? TOKENS_TAB : (current?.id ?? null),
    (id) => activate(app.id, id),
  );
  const part = useRef<HTMLDivElement>(null);
  useFocusKept(part, own.length, '[role="tab"][tabindex="0"]');
  const askToClose = (tab: Tab) => (isDirty(tab) ? setClosing(tab) : close(tab.id));
  useCommand('close-tab', () => {
    if (current !== undefined) askToClose(current);
  });
  return (
    <div ref={part} className={styles.workspace}>
      <nav className={styles.bar} aria-label="Open requests">
        <div className={styles.tabs}>
          <TabList
            label="Tokens and open requests"
            state={state}
            look="filled"
            always={TOKENS_TAB}
            onClose={(id) => {
              const tab = own.find((each) => each.id === id);
              if (tab !== undefined) askToClose(tab);
            }}
          />
        </div>
        <IconButton aria-label="New request" onPress={() => openNew(app.id)}>
          <Plus size={16} aria-hidden />
        </IconButton>
      </nav>
      {isInTokens || current !== undefined ? (
        <TabPanel state={state} className={styles.workspace}>
          {current === undefined ? (
            <TokensView app={app} />
          ) : (
            <Composer key={current.id} app={app} tab={current} />
          )}
        </TabPanel>
      ) : (
        <div className={styles.empty}>
          <h2>Nothing open</h2>
          <p>Compose a request to {app.baseUrl ?? 'any URL'}, or choose a saved one on the left.</p>
          <Button kind="primary" onPress={() => openNew(app.id)}>
            New request
          </Button>
        </div>
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
    </div>
  );
}

function TokensLabel() {
  return (
    <>
      <KeyRound size={13} aria-hidden />
      <span className={styles.title}>Tokens</span>
    </>
  );
}

function RequestLabel({ tab }: { readonly tab: Tab }) {
  const { name, request, saved } = tab;
  return (
    <>
      <span className={styles.method} data-method={request.method}>
        {request.method}
      </span>
      <span className={styles.title}>{saved === null ? request.url || name : name}</span>
      {isDirty(tab) && <span className={styles.dirty} role="img" aria-label="not saved" />}
    </>
  );
}
