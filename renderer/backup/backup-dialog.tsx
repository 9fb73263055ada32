import { useMutation } from '@tanstack/react-query';
import type { App } from '../../shared/apps/app.ts';
import { tessera } from '../api/tessera.ts';
import { ErrorBanner } from '../ui/banner.tsx';
import { FormDialog } from '../ui/dialog.tsx';
import { toast } from '../ui/toasts.tsx';
import { confirmed } from '../vault/confirmation.tsx';
import { NewPassphraseFields, useNewPassphrase } from '../vault/new-passphrase.tsx';

interface BackupDialogProps {
  /** Exported for somebody else; left out: the whole vault is backed up. */
  readonly app?: App;
  readonly onClose: () => void;
}

/** Writes a sealed file with a passphrase of its own. */
export function BackupDialog({ app, onClose }: BackupDialogProps) {
  const chosen = useNewPassphrase();
  const { passphrase } = chosen;
  const save = useMutation({
    mutationFn: () =>
      confirmed(() =>
        app === undefined
          ? tessera.backup.save({ passphrase })
          : tessera.backup.exportApp({ appId: app.id, passphrase }),
      ),
    onSuccess: ({ path }) => {
      if (path === null) return;
      toast(`Saved to ${path}`);
      onClose();
    },
  });
  return (
    <FormDialog
      title={app === undefined ? 'Back up the vault' : `Export ${app.name}`}
      action={save.isPending ? 'Saving…' : 'Save as…'}
      isReady={chosen.isReady}
      isBusy={save.isPending}
      onClose={onClose}
      onSubmit={() => save.mutate()}
    >
      <p>
        {app === undefined
          ? 'All apps and tokens go into one encrypted file. It has a passphrase of its own, which you will need to restore it.'
          : 'This app and its tokens go into one encrypted file. Tell its passphrase on another way than the file.'}
      </p>
      <NewPassphraseFields chosen={chosen} label="Passphrase of the file" />
      <ErrorBanner error={save.error} />
    </FormDialog>
  );
}
