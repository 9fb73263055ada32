import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { IssuedSecret } from '../../../shared/tokens/token-value.ts';
import { handlersOver } from '../../support/handlers-over-vault.ts';
import { recorded, recordingElectron } from '../../support/recording-electron.ts';
import { PASSPHRASE } from '../../support/temporary-vault.ts';

vi.mock('electron', () => recordingElectron());

describe('a secret that Tessera has made', () => {
  let vault: Awaited<ReturnType<typeof handlersOver>>;
  beforeEach(async () => {
    vault = await handlersOver();
    // One confirmation is for one action.
    vault.tessera.settings.change({ confirmationMinutes: 0 });
    return () => vault.home[Symbol.dispose]();
  });

  const confirm = () => vault.call('vault.confirm', { kind: 'passphrase', passphrase: PASSPHRASE });

  async function generate(): Promise<IssuedSecret> {
    await confirm();
    const { issued } = await vault.call('tokens.generate', {
      appId: vault.key.appId,
      token: { name: 'made', scheme: 'bearer' },
      shape: { alphabet: 'hex', randomBytes: 32 },
    });
    return issued;
  }

  it('is answered once, and may be copied and saved while it is looked at, without asking again', async () => {
    const { issueId, secret } = await generate();
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    await vault.call('tokens.copyIssued', { issueId });
    expect(vault.copied()).toBe(secret);
    const path = join(vault.home.path, 'made.txt');
    writeFileSync(path, 'old', { mode: 0o644 });
    recorded.savePath = path;
    expect(await vault.call('tokens.saveIssued', { issueId })).toEqual({ path });
    expect(readFileSync(path, 'utf8')).toBe(secret);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is saved nowhere where the user thinks better of it', async () => {
    const { issueId } = await generate();
    recorded.savePath = '';
    expect(await vault.call('tokens.saveIssued', { issueId })).toEqual({ path: null });
  });

  it.each([
    'tokens.copyIssued',
    'tokens.saveIssued',
  ] as const)('is out of reach of %s once it was put away', async (channel) => {
    const { issueId } = await generate();
    await vault.call('tokens.closeIssued', { issueId });
    await expect(vault.call(channel, { issueId })).rejects.toThrow(
      expect.objectContaining({ code: 'TOKEN_NOT_FOUND' }),
    );
  });

  it('is put away when the vault is locked', async () => {
    const { issueId } = await generate();
    await vault.call('vault.lock', undefined);
    await vault.call('vault.unlock', { kind: 'passphrase', passphrase: PASSPHRASE });
    await expect(vault.call('tokens.copyIssued', { issueId })).rejects.toThrow(
      expect.objectContaining({ code: 'TOKEN_NOT_FOUND' }),
    );
  });

  it('comes back from a rotation, and one that was given does not', async () => {
    const rotation = { overlapDays: 1 };
    await confirm();
    const made = await vault.call('tokens.rotate', {
      ...vault.key,
      value: { kind: 'generated', shape: { alphabet: 'uuid', randomBytes: 32 } },
      rotation,
    });
    expect(made.issued?.secret).toMatch(/^[0-9a-f-]{36}$/);
    await confirm();
    const given = await vault.call('tokens.rotate', {
      ...vault.key,
      value: { kind: 'given', secret: 'typed by hand' },
      rotation,
    });
    expect(given.issued).toBeNull();
    expect(JSON.stringify(given)).not.toContain('typed by hand');
  });
});

describe('a page', () => {
  it.each([
    'http://example.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
  ])('at %s is not opened', async (url) => {
    const { ipcContract } = await import('../../../shared/ipc-contract.ts');
    expect(ipcContract['shell.openPage'].input.safeParse({ url }).success).toBe(false);
  });
});
