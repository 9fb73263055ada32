import { passphraseStrength } from '../../core/vault/passphrase-strength.ts';
import { KDF_COSTS } from '../../shared/vault/vault.ts';
import type { FeatureHandlers } from '../ipc/handle-calls.ts';
import type { ShellContext } from '../shell-context.ts';

export function vaultHandlers(context: ShellContext): FeatureHandlers<'vault'> {
  const { tessera, responses, maskedAnswers, emit, autoLock, secretClipboard } = context;
  const { vault, confirmation, keychain } = tessera;
  vault.onChange((status) => {
    if (status.state !== 'unlocked') {
      maskedAnswers.clear();
      responses.clear();
      void secretClipboard.clear();
    }
    emit('vault.changed', status);
  });
  const andStatus = async (work: Promise<unknown>) => {
    await work;
    return vault.status();
  };
  const confirmed = <Value>(work: () => Value): Value => {
    confirmation.require();
    return work();
  };
  return {
    'vault.status': () => vault.status(),
    'vault.create': ({ passphrase }) => andStatus(vault.create(passphrase)),
    'vault.unlock': (key) => andStatus(vault.unlock(key)),
    'vault.lock': () => {
      vault.lock();
      return vault.status();
    },
    'vault.touch': () => autoLock.touch(),
    'vault.confirm': (key) => confirmation.confirm(key),
    'vault.keychain': () => keychain.state(),
    'vault.addKeychainSlot': () => confirmed(() => andStatus(vault.addKeychainSlot())),
    'vault.setRecoveryCode': () => confirmed(async () => ({ code: await vault.setRecoveryCode() })),
    'vault.removeSlot': ({ slotId }) => confirmed(() => andStatus(vault.removeSlot(slotId))),
    'vault.setPassphrase': ({ passphrase, cost }) =>
      confirmed(() => andStatus(vault.setPassphrase(passphrase, KDF_COSTS[cost]))),
    'vault.verify': () => vault.repair.report(),
    'vault.setDamagedAside': () => confirmed(() => ({ path: vault.repair.setDamagedAside() })),
    'vault.strength': ({ passphrase }) => passphraseStrength(passphrase),
  };
}
