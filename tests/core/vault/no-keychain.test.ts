import { beforeAll, describe, expect, it, vi } from 'vitest';
import { systemKeychain } from '../../../core/vault/system-keychain.ts';
import { TemporaryHome } from '../../support/temporary-vault.ts';

describe.skipIf(process.platform !== 'linux')('a session without a Secret Service', () => {
  beforeAll(() => {
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', 'unix:path=/nonexistent/bus');
  });

  it('has no keychain to offer, and says why', async () => {
    expect(await systemKeychain.state()).toEqual({
      available: false,
      reason: expect.stringContaining('no Secret Service'),
    });
  });

  it('adds none to a vault, which stays as it is', async () => {
    using home = new TemporaryHome();
    const { vault } = await home.create();
    await expect(vault.addKeychainSlot()).rejects.toThrow(
      expect.objectContaining({ code: 'KEYCHAIN_UNAVAILABLE' }),
    );
    expect(vault.status().slots.map(({ kind }) => kind)).toEqual(['passphrase']);
  });
});
