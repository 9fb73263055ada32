import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { KdfCostName } from '../../shared/vault/vault.ts';
import { tessera } from '../api/tessera.ts';
import { ErrorBanner } from '../ui/banner.tsx';
import { FormDialog } from '../ui/dialog.tsx';
import { SelectField } from '../ui/fields.tsx';
import { toast } from '../ui/toasts.tsx';
import { confirmed } from './confirmation.tsx';
import { NewPassphraseFields, useNewPassphrase } from './new-passphrase.tsx';

export function ChangePassphraseDialog({ onClose }: { readonly onClose: () => void }) {
  const chosen = useNewPassphrase();
  const [cost, setCost] = useState<KdfCostName>('standard');
  const change = useMutation({
    mutationFn: () => confirmed(() => tessera.vault.setPassphrase({ passphrase: chosen.passphrase, cost })),
    onSuccess: () => {
      toast('The vault has a new passphrase.');
      onClose();
    },
  });
  return (
    <FormDialog
      title="Change the passphrase"
      action={change.isPending ? 'Changing…' : 'Change'}
      isReady={chosen.isReady}
      isBusy={change.isPending}
      onClose={onClose}
      onSubmit={() => change.mutate()}
    >
      <NewPassphraseFields chosen={chosen} label="New passphrase" />
      <SelectField
        label="Cost of each guess"
        value={cost}
        options={[
          { value: 'standard', label: 'Standard: 64 MiB, 3 passes' },
          { value: 'high', label: 'High: 256 MiB, 4 passes' },
          { value: 'highest', label: 'Highest: 1 GiB, 4 passes' },
        ]}
        onChange={setCost}
        hint="More slows down guessing, and each unlocking. Every computer that opens the vault needs the memory."
      />
      <ErrorBanner error={change.error} />
    </FormDialog>
  );
}
