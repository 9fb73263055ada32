import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { IpcChannel, IpcInput } from '../../../shared/ipc-contract.ts';
import { handlersOver } from '../../support/handlers-over-vault.ts';
import { recordingElectron } from '../../support/recording-electron.ts';
import { PASSPHRASE } from '../../support/temporary-vault.ts';

vi.mock('electron', () => recordingElectron());

const AT_PROVIDER = { callId: '00000000-0000-4000-8000-000000000000', authority: {} };

describe('a call that cannot be taken back', () => {
  let vault: Awaited<ReturnType<typeof handlersOver>>;
  beforeEach(async () => {
    vault = await handlersOver();
    return () => vault.home[Symbol.dispose]();
  });

  const dangerous: readonly [IpcChannel, (key: { appId: string; tokenId: string }) => unknown][] = [
    ['tokens.reveal', (key) => key],
    ['tokens.copySecret', (key) => key],
    ['tokens.remove', (key) => ({ keys: [key] })],
    ['tokens.edit', (key) => ({ ...key, changes: { name: 'other' } })],
    ['tokens.markCompromised', (key) => ({ keys: [key], isCompromised: true })],
    [
      'tokens.rotate',
      (key) => ({ ...key, value: { kind: 'given', secret: 'next' }, rotation: { overlapDays: 7 } }),
    ],
    [
      'tokens.generate',
      ({ appId }) => ({
        appId,
        token: { name: 'made', scheme: 'bearer' },
        shape: { alphabet: 'hex', randomBytes: 32 },
      }),
    ],
    ['remoteTokens.create', ({ appId }) => ({ ...AT_PROVIDER, appId, wish: { name: 'made' } })],
    ['remoteTokens.edit', (key) => ({ ...AT_PROVIDER, ...key, wish: { name: 'other' } })],
    ['remoteTokens.regenerate', (key) => ({ ...AT_PROVIDER, ...key })],
    ['remoteTokens.revoke', ({ appId, tokenId }) => ({ ...AT_PROVIDER, appId, tokenIds: [tokenId] })],
    ['cookies.reveal', ({ appId }) => ({ appId, domain: 'example.com', path: '/', name: 'session' })],
    ['responses.showSecrets', () => ({ responseId: '00000000-0000-4000-8000-000000000000' })],
    ['apps.remove', ({ appId }) => ({ appId })],
    [
      'apps.update',
      ({ appId }) => ({
        appId,
        changes: { allowedOrigins: ['https://api.example.com', 'https://evil.example'] },
      }),
    ],
    ['connections.change', ({ appId }) => ({ appId, changes: { verifiesCertificates: false } })],
    ['connections.setClientCertificate', ({ appId }) => ({ appId, passphrase: null })],
    ['connections.removeClientCertificate', ({ appId }) => ({ appId })],
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
    await expect(vault.call(channel, input(vault.key) as IpcInput<IpcChannel>)).rejects.toThrow(
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
    await vault.call('vault.lock', undefined);
    expect(vault.copied()).toBe('');
    await vault.call('vault.unlock', { kind: 'passphrase', passphrase: PASSPHRASE });
    await expect(vault.call('tokens.reveal', vault.key)).rejects.toThrow(
      expect.objectContaining({ code: 'CONFIRMATION_NEEDED' }),
    );
  });

  it('takes no file of authorities that nobody chose', async () => {
    await vault.call('vault.confirm', { kind: 'passphrase', passphrase: PASSPHRASE });
    const change = vault.call('connections.change', {
      appId: vault.key.appId,
      changes: { caFiles: ['/etc/passwd'] },
    });
    await expect(change).rejects.toThrow(expect.objectContaining({ code: 'FILE_NOT_ALLOWED' }));
  });

  it('is not one that takes an allowed origin away, or gives another name', async () => {
    await vault.call('apps.update', {
      appId: vault.key.appId,
      changes: { name: 'Other', allowedOrigins: [] },
    });
    expect(vault.tessera.apps.get(vault.key.appId)).toMatchObject({ name: 'Other', allowedOrigins: [] });
  });
});
