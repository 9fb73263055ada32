import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemKeychain } from '../../../core/vault/system-keychain.ts';
import { SecretService } from '../../support/secret-service.ts';
import { PASSPHRASE, TemporaryHome } from '../../support/temporary-vault.ts';

// The library keeps its first connection: the case without a service has a file, and a process, of its own.
const withCode = (code: string) => expect.objectContaining({ code });

// Elsewhere it would be the keychain of whoever runs the tests.
describe.skipIf(process.platform !== 'linux')('the keychain of this computer', () => {
  let service: SecretService;
  beforeAll(async () => {
    service = await SecretService.start();
  }, 30_000);
  afterAll(() => service.stop());

  describe('with GNOME Keyring', () => {
    beforeAll(() => {
      vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', service.address);
    });

    it('can be used', async () => {
      expect(await systemKeychain.state()).toEqual({ available: true });
    });

    it('keeps a key, and forgets it when told to', async () => {
      const key = Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7));
      expect(await systemKeychain.read('an account')).toBeNull();
      await systemKeychain.write('an account', key);
      expect(await systemKeychain.read('an account')).toEqual(key);
      await systemKeychain.remove('an account');
      expect(await systemKeychain.read('an account')).toBeNull();
      await systemKeychain.remove('an account');
    });

    it('opens a vault that it was added to', async () => {
      using home = new TemporaryHome();
      const { vault } = await home.create();
      await vault.addKeychainSlot();
      vault.lock();
      await vault.unlock({ kind: 'keychain' });
      expect(vault.status().state).toBe('unlocked');
      expect(vault.status().slots.map(({ kind }) => kind)).toEqual(['passphrase', 'keychain']);
    });

    it('cannot stay alone: it is lost with its computer', async () => {
      using home = new TemporaryHome();
      const { vault } = await home.create();
      const [passphrase] = vault.status().slots;
      await vault.addKeychainSlot();
      await expect(vault.removeSlot(passphrase?.id ?? '')).rejects.toThrow(withCode('LAST_KEY_SLOT'));
    });

    it('opens no vault that it was not added to, nor one that it was taken from', async () => {
      using home = new TemporaryHome();
      const { vault } = await home.create();
      const tryIt = async () => {
        vault.lock();
        await expect(vault.unlock({ kind: 'keychain' })).rejects.toThrow(withCode('KEYCHAIN_KEY_MISSING'));
        await vault.unlock({ kind: 'passphrase', passphrase: PASSPHRASE });
      };
      await tryIt();
      await vault.addKeychainSlot();
      const slot = vault.status().slots.find(({ kind }) => kind === 'keychain');
      await vault.removeSlot(slot?.id ?? '');
      expect(await systemKeychain.read(slot?.id ?? '')).toBeNull();
      await tryIt();
    });

    it('holds half a key: with another vault’s file it opens nothing', async () => {
      using home = new TemporaryHome();
      const { vault } = await home.create();
      await vault.addKeychainSlot();
      const slot = vault.status().slots.find(({ kind }) => kind === 'keychain');
      await systemKeychain.write(slot?.id ?? '', Buffer.alloc(32, 1));
      vault.lock();
      await expect(vault.unlock({ kind: 'keychain' })).rejects.toThrow(withCode('KEYCHAIN_KEY_MISSING'));
    });
  });
});
