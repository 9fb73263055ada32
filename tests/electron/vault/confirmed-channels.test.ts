import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ResponseStore } from '../../../core/responses/response-store.ts';
import { openConfDocument } from '../../../core/storage/conf-document.ts';
import { Tessera } from '../../../core/tessera.ts';
import { AutoLock } from '../../../core/vault/auto-lock.ts';
import { systemKeychain } from '../../../core/vault/system-keychain.ts';
import { SecretClipboard } from '../../../electron/clipboard/secret-clipboard.ts';
import type { ShellContext } from '../../../electron/shell-context.ts';
import { ContentProtection } from '../../../electron/window/content-protection.ts';
import type { IpcChannel, IpcParsedInput } from '../../../shared/ipc-contract.ts';
import { recordingElectron } from '../../support/recording-electron.ts';
import { CHEAP_KDF, PASSPHRASE, TemporaryHome } from '../../support/temporary-vault.ts';

vi.mock('electron', () => recordingElectron());
const { createHandlers } = await import('../../../electron/ipc/handlers.ts');

/** Handlers over a vault with one app and one token. */
async function prepare() {
  const home = new TemporaryHome();
  const tessera = new Tessera({
    home: home.path,
    openDocument: openConfDocument,
    keychain: systemKeychain,
    kdf: CHEAP_KDF,
  });
  await tessera.vault.create(PASSPHRASE);
  const { id: appId } = tessera.apps.create({ name: 'Phone', baseUrl: 'https://api.example.com' });
  const { id: tokenId } = tessera.tokens.add(appId, { name: 'main', scheme: 'bearer', secret: 'the secret' });
  let copied = '';
  const context: ShellContext = {
    tessera,
    responses: new ResponseStore(),
    autoLock: new AutoLock(tessera.vault, () => null),
    secretClipboard: new SecretClipboard({
      readText: async () => copied,
      writeText: async (text) => {
        copied = text;
      },
      clear: () => {
        copied = '';
      },
    }),
    contentProtection: new ContentProtection(
      () => null,
      () => false,
    ),
    window: () => null,
    emit: () => undefined,
  };
  const handlers = createHandlers(context);
  const call = async <Name extends IpcChannel>(channel: Name, input?: unknown) =>
    handlers[channel](input as IpcParsedInput<Name>);
  return { home, tessera, call, key: { appId, tokenId }, copied: () => copied };
}

describe('a call that cannot be taken back', () => {
  let vault: Awaited<ReturnType<typeof prepare>>;
  beforeEach(async () => {
    vault = await prepare();
    return () => vault.home[Symbol.dispose]();
  });

  const dangerous: readonly [IpcChannel, (key: { appId: string; tokenId: string }) => unknown][] = [
    ['tokens.reveal', (key) => key],
    ['tokens.copySecret', (key) => key],
    ['tokens.remove', (key) => key],
    ['apps.remove', ({ appId }) => ({ appId })],
    [
      'apps.update',
      ({ appId }) => ({
        appId,
        changes: { allowedOrigins: ['https://api.example.com', 'https://evil.example'] },
      }),
    ],
    ['backup.save', () => ({ passphrase: 'another passphrase' })],
    ['backup.exportApp', ({ appId }) => ({ appId, passphrase: 'another passphrase' })],
    ['backup.restore', () => ({ mode: 'replace' })],
    ['backup.undo', () => undefined],
    ['vault.addKeychainSlot', () => undefined],
    ['vault.setRecoveryCode', () => undefined],
    ['vault.removeSlot', () => ({ slotId: '00000000-0000-4000-8000-000000000000' })],
    ['vault.setPassphrase', () => ({ passphrase: 'another passphrase', cost: 'standard' })],
    ['vault.setDamagedAside', () => undefined],
  ];

  it.each(dangerous)('%s asks first whether the owner is there', async (channel, input) => {
    const before = { apps: vault.tessera.apps.list(), tokens: vault.tessera.tokens.list(null) };
    await expect(vault.call(channel, input(vault.key))).rejects.toThrow(
      expect.objectContaining({ code: 'CONFIRMATION_NEEDED' }),
    );
    expect({ apps: vault.tessera.apps.list(), tokens: vault.tessera.tokens.list(null) }).toEqual(before);
    expect(vault.copied()).toBe('');
  });

  it('passes once the owner has confirmed, until the vault is locked', async () => {
    await vault.call('vault.confirm', { kind: 'passphrase', passphrase: PASSPHRASE });
    expect(await vault.call('tokens.reveal', vault.key)).toEqual({ secret: 'the secret', hidesAfter: 30 });
    expect(await vault.call('tokens.copySecret', vault.key)).toEqual({ clearsAfter: 30 });
    expect(vault.copied()).toBe('the secret');
    await vault.call('vault.lock');
    expect(vault.copied()).toBe('');
    await vault.call('vault.unlock', { kind: 'passphrase', passphrase: PASSPHRASE });
    await expect(vault.call('tokens.reveal', vault.key)).rejects.toThrow(
      expect.objectContaining({ code: 'CONFIRMATION_NEEDED' }),
    );
  });

  it('is not one that takes an allowed origin away, or gives another name', async () => {
    await vault.call('apps.update', {
      appId: vault.key.appId,
      changes: { name: 'Other', allowedOrigins: [] },
    });
    expect(vault.tessera.apps.get(vault.key.appId)).toMatchObject({ name: 'Other', allowedOrigins: [] });
  });
});
