import { HeartPulse, House, KeyRound, Lock, Moon, Plus, Settings, Sun } from 'lucide-react';
import { useMemo, useState } from 'react';
import { needsAttention } from '../../shared/tokens/token-state.ts';
import { useApps, useHealthCounts, useSettings, useTokens } from '../api/queries.ts';
import { tessera } from '../api/tessera.ts';
import { AppDialog } from '../apps/app-dialog.tsx';
import { monogram } from '../apps/monogram.ts';
import { useSelection } from './selection-store.ts';
import styles from './shell.module.css';

/** The apps, as tiles; one with a token that needs attention says so. */
export function Rail() {
  const { data: apps = [] } = useApps();
  const { data: tokens } = useTokens(null);
  const { data: counts } = useHealthCounts();
  const { appId, place, select, open } = useSelection();
  const serious = counts?.high ?? 0;
  const calling = useMemo(
    () => new Set(tokens?.filter(({ state }) => needsAttention(state)).map((token) => token.appId)),
    [tokens],
  );
  const [isAdding, setAdding] = useState(false);
  return (
    <nav className={styles.rail} aria-label="Apps">
      <button
        type="button"
        className={styles.tile}
        aria-label="Home"
        aria-current={place === 'home'}
        onClick={() => select(null)}
      >
        <House size={18} aria-hidden />
      </button>
      <button
        type="button"
        className={styles.tile}
        aria-label={serious === 0 ? 'Health' : `Health, ${serious} serious`}
        title="Health"
        aria-current={place === 'health'}
        onClick={() => open('health')}
      >
        <HeartPulse size={17} aria-hidden />
        {serious > 0 && <span className={styles.dot} aria-hidden />}
      </button>
      <button
        type="button"
        className={styles.tile}
        aria-label="All tokens"
        title="All tokens"
        aria-current={place === 'tokens'}
        onClick={() => open('tokens')}
      >
        <KeyRound size={17} aria-hidden />
      </button>
      <hr className={styles.rule} />
      <div className={styles.tiles}>
        {apps.map(({ id, name }) => {
          const calls = calling.has(id);
          return (
            <button
              key={id}
              type="button"
              className={styles.tile}
              title={name}
              aria-label={calls ? `${name}, a token needs attention` : name}
              aria-current={appId === id}
              data-hue={monogram(name).hue}
              onClick={() => select(id)}
            >
              {monogram(name).letters}
              {calls && <span className={styles.dot} aria-hidden />}
            </button>
          );
        })}
        <button
          type="button"
          className={styles.tile}
          aria-label="Add an app"
          title="Add an app"
          onClick={() => setAdding(true)}
        >
          <Plus size={18} aria-hidden />
        </button>
      </div>
      <ThemeButton />
      <button
        type="button"
        className={styles.tile}
        aria-label="Settings"
        title="Settings"
        aria-current={place === 'settings'}
        onClick={() => open('settings')}
      >
        <Settings size={17} aria-hidden />
      </button>
      <button
        type="button"
        className={styles.tile}
        aria-label="Lock the vault"
        title="Lock the vault"
        onClick={() => void tessera.vault.lock()}
      >
        <Lock size={17} aria-hidden />
      </button>
      {isAdding && <AppDialog onClose={() => setAdding(false)} onSaved={(app) => select(app.id)} />}
    </nav>
  );
}

/** Light, dark, or as the system has it: each press is the next. */
function ThemeButton() {
  const { data } = useSettings();
  const theme = data?.theme ?? 'system';
  const next = { system: 'light', light: 'dark', dark: 'system' } as const;
  const label = `Theme: ${theme}`;
  return (
    <button
      type="button"
      className={styles.tile}
      aria-label={label}
      title={label}
      onClick={() => void tessera.settings.change({ theme: next[theme] })}
    >
      {theme === 'dark' ? <Moon size={17} aria-hidden /> : <Sun size={17} aria-hidden />}
    </button>
  );
}
