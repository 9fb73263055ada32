import { useMutation, useQuery } from '@tanstack/react-query';
import { FileKey, KeyRound, Laptop } from 'lucide-react';
import { useState } from 'react';
import type { KeySlot } from '../../shared/vault/vault.ts';
import { useVaultStatus } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { PageRows, PageSection } from '../shell/page.tsx';
import { ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { FormDialog } from '../ui/dialog.tsx';
import { toast } from '../ui/toasts.tsx';
import { ChangePassphraseDialog } from '../vault/change-passphrase-dialog.tsx';
import { confirmed } from '../vault/confirmation.tsx';
import { RecoveryCodeDialog } from '../vault/recovery-code-dialog.tsx';
import styles from './settings.module.css';

const ICONS = { passphrase: KeyRound, keychain: Laptop, recovery: FileKey } as const;

/** The ways to open the vault. */
export function KeySlotsSection() {
  const { data: status } = useVaultStatus();
  const { data: keychain } = useQuery({
    queryKey: ['keychain'],
    queryFn: () => unwrap(tessera.vault.keychain()),
  });
  const [dialog, setDialog] = useState<'passphrase' | null>(null);
  const [removing, setRemoving] = useState<KeySlot | null>(null);
  const addKeychain = useMutation({
    mutationFn: () => confirmed(() => tessera.vault.addKeychainSlot()),
    onSuccess: () => toast('This computer’s keychain opens the vault now.'),
  });
  const setCode = useMutation({ mutationFn: () => confirmed(() => tessera.vault.setRecoveryCode()) });
  const slots = status?.slots ?? [];
  const hasCode = slots.some(({ kind }) => kind === 'recovery');
  return (
    <PageSection title="Ways to open the vault">
      <PageRows>
        {slots.map((slot) => {
          const Icon = ICONS[slot.kind];
          return (
            <li key={slot.id} className={styles.slot}>
              <Icon size={16} aria-hidden />
              <div>
                <strong>{titleOf(slot)}</strong>
                <span>{detailsOf(slot)}</span>
              </div>
              {slot.kind === 'passphrase' && <Button onPress={() => setDialog('passphrase')}>Change…</Button>}
              <Button kind="quiet" aria-label={`Remove: ${titleOf(slot)}`} onPress={() => setRemoving(slot)}>
                Remove
              </Button>
            </li>
          );
        })}
      </PageRows>
      <div className={styles.actions}>
        <Button
          isDisabled={keychain?.available !== true || addKeychain.isPending}
          onPress={() => addKeychain.mutate()}
        >
          Add this computer’s keychain
        </Button>
        <Button isDisabled={setCode.isPending} onPress={() => setCode.mutate()}>
          {hasCode ? 'New recovery code' : 'Make a recovery code'}
        </Button>
        {!slots.some(({ kind }) => kind === 'passphrase') && (
          <Button onPress={() => setDialog('passphrase')}>Set a passphrase</Button>
        )}
      </div>
      {keychain?.available === false && (
        <p className={styles.note}>The keychain cannot be used here: {keychain.reason}.</p>
      )}
      <ErrorBanner error={addKeychain.error ?? setCode.error} />
      {dialog === 'passphrase' && <ChangePassphraseDialog onClose={() => setDialog(null)} />}
      {setCode.data !== undefined && (
        <RecoveryCodeDialog code={setCode.data.code} onClose={() => setCode.reset()} />
      )}
      {removing !== null && <RemoveSlot slot={removing} onClose={() => setRemoving(null)} />}
    </PageSection>
  );
}

function RemoveSlot({ slot, onClose }: { readonly slot: KeySlot; readonly onClose: () => void }) {
  const remove = useMutation({
    mutationFn: () => confirmed(() => tessera.vault.removeSlot({ slotId: slot.id })),
    onSuccess: onClose,
  });
  return (
    <FormDialog
      title={`Remove the ${titleOf(slot).replace(/^./, (first) => first.toLowerCase())}?`}
      action="Remove"
      isDangerous
      isBusy={remove.isPending}
      onClose={onClose}
      onSubmit={() => remove.mutate()}
    >
      <p>The vault will not be opened by it any more. Make sure that another way is left to you.</p>
      <ErrorBanner error={remove.error} />
    </FormDialog>
  );
}

function titleOf({ kind, computer }: KeySlot): string {
  if (kind === 'keychain') return `Keychain of ${computer || 'a computer'}`;
  return kind === 'passphrase' ? 'Passphrase' : 'Recovery code';
}

function detailsOf({ cost, createdAt }: KeySlot): string {
  const since = `since ${new Date(createdAt).toLocaleDateString(undefined, { dateStyle: 'medium' })}`;
  if (cost === null) return since;
  return `${since} · Argon2id, ${cost.memoryKiB / 1024} MiB, ${cost.iterations} passes, ${cost.parallelism} lanes`;
}
