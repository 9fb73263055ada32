import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { BackupApp, BackupPreview, RestoreMode } from '../../shared/backup/backup.ts';
import { queryClient, refresh } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { Banner, ErrorBanner } from '../ui/banner.tsx';
import { FormDialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/fields.tsx';
import { toast } from '../ui/toasts.tsx';
import { confirmed } from '../vault/confirmation.tsx';
import styles from './backup.module.css';

interface RestoreDialogProps {
  readonly fileName: string;
  readonly onClose: () => void;
}

/** Shows what is in a backup, then takes it in. */
export function RestoreDialog({ fileName, onClose }: RestoreDialogProps) {
  const [passphrase, setPassphrase] = useState('');
  const look = useMutation({
    mutationFn: () => unwrap(tessera.backup.preview({ passphrase })),
    onError: () => setPassphrase(''),
  });
  if (look.data !== undefined) return <RestorePreview preview={look.data} onClose={onClose} />;
  return (
    <FormDialog
      title={`Restore ${fileName}`}
      action={look.isPending ? 'Opening…' : 'Open'}
      isReady={passphrase !== ''}
      isBusy={look.isPending}
      onClose={onClose}
      onSubmit={() => look.mutate()}
    >
      <TextField
        label="Passphrase of the backup"
        type="password"
        value={passphrase}
        onChange={setPassphrase}
        autoFocus
      />
      <ErrorBanner error={look.error} />
    </FormDialog>
  );
}

function RestorePreview({
  preview,
  onClose,
}: {
  readonly preview: BackupPreview;
  readonly onClose: () => void;
}) {
  const [mode, setMode] = useState<RestoreMode>('merge');
  const restore = useMutation({
    mutationFn: () => confirmed(() => tessera.backup.restore({ mode })),
    onSuccess: ({ apps, tokens, canUndo }) => {
      refresh('apps', 'tokens', 'collections');
      toast(
        `Restored ${counted(apps, 'app')} and ${counted(tokens, 'token')}.`,
        canUndo ? undoRestore : undefined,
      );
      onClose();
    },
  });
  const canReplace = preview.kind === 'vault' && preview.damaged.length === 0;
  return (
    <FormDialog
      title={`Backup of ${new Date(preview.createdAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}`}
      action={mode === 'replace' ? 'Replace everything' : 'Restore'}
      isDangerous={mode === 'replace'}
      isBusy={restore.isPending}
      onClose={onClose}
      onSubmit={() => restore.mutate()}
    >
      {preview.damaged.length > 0 && (
        <Banner tone="bad">A part of it is damaged: {preview.damaged[0]}. The rest can be restored.</Banner>
      )}
      {canReplace && (
        <SelectField
          label="How"
          value={mode}
          options={[
            { value: 'merge', label: 'Add what is missing, change nothing' },
            { value: 'replace', label: 'Make the vault what the backup is' },
          ]}
          onChange={setMode}
        />
      )}
      <ul className={styles.apps}>
        {preview.apps.map((app) => (
          <li key={app.name}>
            <strong>{app.name}</strong>
            <span>{mode === 'replace' ? counted(app.tokens, 'token') : whatChanges(app)}</span>
          </li>
        ))}
        {mode === 'replace' &&
          preview.removes.map((name) => (
            <li key={name} data-removed="true">
              <strong>{name}</strong>
              <span>will be removed</span>
            </li>
          ))}
      </ul>
      <p className={styles.note}>What is there now is kept aside, so that you can undo this.</p>
      <ErrorBanner error={restore.error} />
    </FormDialog>
  );
}

async function undoRestore(): Promise<void> {
  try {
    await confirmed(() => tessera.backup.undo());
    await queryClient.invalidateQueries();
    toast('Everything is as it was before.');
  } catch (error) {
    toast(error instanceof Error ? error.message : 'It could not be undone.');
  }
}

function whatChanges({ isKnown, tokens, adds, differs }: BackupApp): string {
  if (!isKnown) return `new, with ${counted(tokens, 'token')}`;
  if (adds.length + differs.length === 0) return 'all there already';
  const added = adds.length === 0 ? '' : `adds ${adds.join(', ')}`;
  const kept = differs.length === 0 ? '' : `keeps both of ${differs.join(', ')}`;
  return [added, kept].filter((part) => part !== '').join('; ');
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString()} ${what}${count === 1 ? '' : 's'}`;
}
