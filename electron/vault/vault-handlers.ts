import { passphraseStrength } from '../../core/vault/passphrase-strength.ts';
import type { FeatureHandlers } from '../ipc/handle-calls.ts';
import type { ShellContext } from '../shell-context.ts';

export function vaultHandlers({ tessera, responses, emit }: ShellContext): FeatureHandlers<'vault'> {
  const { vault } = tessera;
  vault.onChange((status) => {
    if (status.state !== 'unlocked') responses.clear();
    emit('vault.changed', status);
  });
  return {
    'vault.status': () => vault.status(),
    'vault.create': async ({ passphrase }) => {
      await vault.create(passphrase);
      return vault.status();
    },
    'vault.unlock': async ({ passphrase }) => {
      await vault.unlock(passphrase);
      return vault.status();
    },
    'vault.lock': () => {
      vault.lock();
      return vault.status();
    },
    'vault.strength': ({ passphrase }) => passphraseStrength(passphrase),
  };
}
