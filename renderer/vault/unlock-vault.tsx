import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { VaultKey, VaultStatus } from '../../shared/vault/vault.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import { Door } from './door.tsx';

/** Offers the ways that this vault has: what it is not opened by is not shown. */
export function UnlockVault({ status }: { readonly status: VaultStatus }) {
  const has = (kind: VaultKey['kind']) => status.slots.some((slot) => slot.kind === kind);
  const canType = has('passphrase') || status.slots.length === 0;
  const [byCode, setByCode] = useState(!canType && has('recovery'));
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const unlock = useMutation({
    mutationFn: (key: VaultKey) => unwrap(tessera.vault.unlock(key)),
    // The button cannot keep the focus while there is nothing to unlock with.
    onError: () => {
      setTyped('');
      field.current?.focus();
    },
  });
  const change = (toCode: boolean) => {
    setTyped('');
    unlock.reset();
    setByCode(toCode);
  };
  return (
    <Door
      title="Your vault is locked"
      text={status.home}
      onSubmit={() =>
        unlock.mutate(byCode ? { kind: 'recovery', code: typed } : { kind: 'passphrase', passphrase: typed })
      }
    >
      {byCode ? (
        <TextField
          key="code"
          ref={field}
          label="Recovery code"
          value={typed}
          onChange={setTyped}
          hint="Eight groups of four. Upper and lower case, spaces and hyphens do not matter."
          isValue
          autoFocus
        />
      ) : (
        <TextField
          key="passphrase"
          ref={field}
          label="Passphrase"
          type="password"
          value={typed}
          onChange={setTyped}
          autoFocus
        />
      )}
      <ErrorBanner error={unlock.error} />
      <Button type="submit" kind="primary" isDisabled={unlock.isPending || typed === ''}>
        {unlock.isPending ? 'Unlocking…' : 'Unlock'}
      </Button>
      {has('keychain') && (
        <Button isDisabled={unlock.isPending} onPress={() => unlock.mutate({ kind: 'keychain' })}>
          Unlock with this computer’s keychain
        </Button>
      )}
      {has('recovery') && canType && (
        <Button kind="quiet" onPress={() => change(!byCode)}>
          {byCode ? 'Use the passphrase' : 'Use a recovery code'}
        </Button>
      )}
    </Door>
  );
}
