import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { tessera, unwrap } from '../api/tessera.ts';
import { ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import { Door } from './door.tsx';
import { NewPassphraseFields, useNewPassphrase } from './new-passphrase.tsx';
import styles from './vault-screens.module.css';

/** The first thing that anyone sees: a new vault, or one out of a backup. */
export function CreateVault() {
  const [fileName, setFileName] = useState<string | null>(null);
  const choose = useMutation({
    mutationFn: () => unwrap(tessera.backup.choose()),
    onSuccess: (chosen) => setFileName(chosen?.fileName ?? null),
  });
  if (fileName !== null) return <RestoreVault fileName={fileName} onBack={() => setFileName(null)} />;
  return <NewVault onRestore={() => choose.mutate()} restoreError={choose.error} />;
}

interface NewVaultProps {
  readonly onRestore: () => void;
  readonly restoreError: unknown;
}

function NewVault({ onRestore, restoreError }: NewVaultProps) {
  const chosen = useNewPassphrase();
  const create = useMutation({
    mutationFn: () => unwrap(tessera.vault.create({ passphrase: chosen.passphrase })),
  });
  return (
    <Door
      title="Welcome to Tessera"
      text="Choose a passphrase for your vault. Your tokens are encrypted with it on this computer and go nowhere else."
      onSubmit={() => create.mutate()}
    >
      <NewPassphraseFields chosen={chosen} />
      <p className={styles.note}>
        At least eight characters; four or more uncommon words are easy to keep and hard to guess. Nobody can
        tell you a forgotten one.
      </p>
      <ErrorBanner error={create.error ?? restoreError} />
      <Button type="submit" kind="primary" isDisabled={create.isPending || !chosen.isReady}>
        {create.isPending ? 'Creating…' : 'Create vault'}
      </Button>
      <Button kind="quiet" onPress={onRestore}>
        Restore a backup instead
      </Button>
    </Door>
  );
}

function RestoreVault({ fileName, onBack }: { readonly fileName: string; readonly onBack: () => void }) {
  const [passphrase, setPassphrase] = useState('');
  const restore = useMutation({
    mutationFn: () => unwrap(tessera.backup.restoreAsNew({ passphrase })),
    onError: () => setPassphrase(''),
  });
  return (
    <Door
      title="Restore a backup"
      text={`The passphrase of ${fileName} opens it, and will open your vault from now on. You can change it later.`}
      onSubmit={() => restore.mutate()}
    >
      <TextField
        label="Passphrase of the backup"
        type="password"
        value={passphrase}
        onChange={setPassphrase}
        autoFocus
      />
      <ErrorBanner error={restore.error} />
      <Button type="submit" kind="primary" isDisabled={restore.isPending || passphrase === ''}>
        {restore.isPending ? 'Restoring…' : 'Restore'}
      </Button>
      <Button kind="quiet" onPress={onBack}>
        Back
      </Button>
    </Door>
  );
}
