import { useSettings } from '../api/queries.ts';
import { BackupSection } from './backup-section.tsx';
import { ExpirySection } from './expiry-section.tsx';
import { KeySlotsSection } from './key-slots-section.tsx';
import { ProtectionSection } from './protection-section.tsx';
import styles from './settings.module.css';
import { VaultCheckSection } from './vault-check-section.tsx';

/** What the user prefers, and what is done with the vault as a whole. */
export function SettingsView() {
  const { data: settings } = useSettings();
  return (
    <main className={styles.view}>
      <div className={styles.column}>
        <h1>Settings</h1>
        {settings !== undefined && <ProtectionSection settings={settings} />}
        {settings !== undefined && <ExpirySection settings={settings} />}
        <KeySlotsSection />
        <BackupSection />
        <VaultCheckSection />
      </div>
    </main>
  );
}
