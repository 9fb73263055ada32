import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { tessera, unwrap } from '../api/tessera.ts';
import { BackupDialog } from '../backup/backup-dialog.tsx';
import { RestoreDialog } from '../backup/restore-dialog.tsx';
import { PageSection } from '../shell/page.tsx';
import { ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import styles from './settings.module.css';

export function BackupSection() {
  const [isSaving, setSaving] = useState(false);
  const choose = useMutation({ mutationFn: () => unwrap(tessera.backup.choose()) });
  return (
    <PageSection title="Backup">
      <p className={styles.note}>
        All apps and tokens in one encrypted file with a passphrase of its own. Collections are files of
        yours, and are not in it.
      </p>
      <div className={styles.actions}>
        <Button onPress={() => setSaving(true)}>Back up…</Button>
        <Button onPress={() => choose.mutate()}>Restore…</Button>
      </div>
      <ErrorBanner error={choose.error} />
      {isSaving && <BackupDialog onClose={() => setSaving(false)} />}
      {choose.data !== undefined && choose.data !== null && (
        <RestoreDialog fileName={choose.data.fileName} onClose={() => choose.reset()} />
      )}
    </PageSection>
  );
}
