import { useSettings } from '../api/queries.ts';
import { Page } from '../shell/page.tsx';
import { BackupSection } from './backup-section.tsx';
import { ExpirySection } from './expiry-section.tsx';
import { KeySlotsSection } from './key-slots-section.tsx';
import { ProtectionSection } from './protection-section.tsx';
import { VaultCheckSection } from './vault-check-section.tsx';

/** What the user prefers, and what is done with the vault as a whole. */
export function SettingsView() {
  const { data: settings } = useSettings();
  return (
    <Page title="Settings">
      {settings !== undefined && <ProtectionSection settings={settings} />}
      {settings !== undefined && <ExpirySection settings={settings} />}
      <KeySlotsSection />
      <BackupSection />
      <VaultCheckSection />
    </Page>
  );
}
