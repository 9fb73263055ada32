import { useMutation } from '@tanstack/react-query';
import type { Settings, SettingsChanges } from '../../shared/settings/settings.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { PageSection } from '../shell/page.tsx';
import { ErrorBanner } from '../ui/banner.tsx';
import { CheckField, SelectField } from '../ui/fields.tsx';
import styles from './settings.module.css';

const NEVER = 'never';

export function ProtectionSection({ settings }: { readonly settings: Settings }) {
  const change = useMutation({
    mutationFn: (changes: SettingsChanges) => unwrap(tessera.settings.change(changes)),
  });
  return (
    <PageSection title="Protection and appearance">
      <div className={styles.fields}>
        <DurationField
          label="Lock when unused for"
          value={settings.autoLockMinutes}
          offered={[1, 5, 15, 30, 60, 240, null]}
          unit="minute"
          onChange={(autoLockMinutes) => change.mutate({ autoLockMinutes })}
          hint="It also locks when the computer sleeps or its screen is locked."
        />
        <DurationField
          label="Take copied secrets off the clipboard after"
          value={settings.clipboardSeconds}
          offered={[10, 30, 60, 120, null]}
          unit="second"
          onChange={(clipboardSeconds) => change.mutate({ clipboardSeconds })}
          hint="Only what is still there; locking does it at once."
        />
        <DurationField
          label="Ask for the passphrase again after"
          value={settings.confirmationMinutes}
          offered={[0, 1, 5, 10, 15]}
          unit="minute"
          onChange={(minutes) => change.mutate({ confirmationMinutes: minutes ?? 0 })}
          hint="Before a secret is shown, copied or exported, and before something is removed."
        />
        <SelectField
          label="Theme"
          value={settings.theme}
          options={[
            { value: 'system', label: 'Same as the system' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
          onChange={(theme) => change.mutate({ theme })}
        />
      </div>
      <CheckField
        label="Keep the window out of screenshots and shared screens"
        hint="On macOS and Windows. While a secret is shown it is kept out in any case."
        isChecked={settings.contentProtection}
        onChange={(contentProtection) => change.mutate({ contentProtection })}
      />
      <ErrorBanner error={change.error} />
    </PageSection>
  );
}

interface DurationFieldProps {
  readonly label: string;
  /** `null`: never. */
  readonly value: number | null;
  readonly offered: readonly (number | null)[];
  readonly unit: 'minute' | 'second';
  readonly hint: string;
  readonly onChange: (value: number | null) => void;
}

/** What was set elsewhere, such as by the command, is offered beside the usual. */
function DurationField({ label, value, offered, unit, hint, onChange }: DurationFieldProps) {
  const all = offered.includes(value) ? offered : [value, ...offered];
  return (
    <SelectField
      label={label}
      value={value === null ? NEVER : String(value)}
      options={all.map((each) => ({
        value: each === null ? NEVER : String(each),
        label: describe(each, unit),
      }))}
      onChange={(chosen) => onChange(chosen === NEVER ? null : Number(chosen))}
      hint={hint}
    />
  );
}

function describe(value: number | null, unit: string): string {
  if (value === null) return 'Never';
  if (value === 0) return 'Every time';
  if (unit === 'minute' && value >= 60 && value % 60 === 0) {
    return value === 60 ? '1 hour' : `${value / 60} hours`;
  }
  return `${value} ${unit}${value === 1 ? '' : 's'}`;
}
