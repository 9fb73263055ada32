import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { AppError } from '../../shared/app-error.ts';
import type { Settings, SettingsChanges } from '../../shared/settings/settings.ts';
import { refresh } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { PageSection } from '../shell/page.tsx';
import { ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { CheckField, TextField } from '../ui/fields.tsx';
import styles from './settings.module.css';

/** When one is warned that a token expires, and where. */
export function ExpirySection({ settings }: { readonly settings: Settings }) {
  const known = settings.expiryLevels.join(', ');
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? known;
  const change = useMutation({
    mutationFn: (changes: SettingsChanges) => unwrap(tessera.settings.change(changes)),
    onSuccess: () => {
      setTyped(null);
      refresh('tokens');
    },
  });
  const levels = parseLevels(text);
  const problem = levels === null ? 'Write whole numbers, such as 30, 7, 1.' : sentenceOf(change.error);
  return (
    <PageSection title="Expiry">
      <form
        className={styles.levels}
        onSubmit={(event) => {
          event.preventDefault();
          if (levels !== null) change.mutate({ expiryLevels: levels });
        }}
      >
        <TextField
          label="Warn this many days before a token expires"
          value={text}
          onChange={(value) => {
            setTyped(value);
            change.reset();
          }}
          error={problem}
          hint="The first only colours the token; from the second on, its app shows a warning."
        />
        <Button type="submit" isDisabled={levels === null || text === known || change.isPending}>
          Save
        </Button>
      </form>
      <CheckField
        label="Show a desktop notification on each of these days"
        hint="It names the tokens while the vault is open; while it is locked, it says only how many."
        isChecked={settings.expiryNotifications}
        onChange={(expiryNotifications) => change.mutate({ expiryNotifications })}
      />
      {problem === undefined && <ErrorBanner error={change.error} />}
    </PageSection>
  );
}

/** Numbers between commas or spaces; whether they are in bounds the schema says. */
function parseLevels(text: string): number[] | null {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
  return parts.every((part) => /^\d{1,5}$/.test(part)) ? parts.map(Number) : null;
}

function sentenceOf(error: Error | null): string | undefined {
  return error instanceof AppError && error.code === 'INVALID_INPUT' ? error.message : undefined;
}
