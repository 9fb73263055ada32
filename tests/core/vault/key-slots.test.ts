import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KDF_COSTS, type VaultKey } from '../../../shared/vault/vault.ts';
import { CHEAP_KDF, PASSPHRASE, TemporaryHome } from '../../support/temporary-vault.ts';

const withCode = (code: string) => expect.objectContaining({ code });
const byPassphrase = (passphrase: string): VaultKey => ({ kind: 'passphrase', passphrase });
const byCode = (code: string): VaultKey => ({ kind: 'recovery', code });

const vaultFile = (home: TemporaryHome) => join(home.path, 'vault.json');

async function opens(home: TemporaryHome, key: VaultKey): Promise<boolean> {
  const { vault } = home.open();
  try {
    await vault.unlock(key);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: expect.stringMatching(/^WRONG_/) });
    return false;
  } finally {
    vault.close();
  }
}

describe('the passphrase of a vault', () => {
  it('can be changed: the new one opens it and the old one does not', async () => {
    using home = new TemporaryHome();
    const { vault, apps } = await home.create();
    apps.create({ name: 'Phone' });
    await vault.setPassphrase('another passphrase');
    vault.close();
    expect(await opens(home, byPassphrase(PASSPHRASE))).toBe(false);
    expect(await opens(home, byPassphrase('another passphrase'))).toBe(true);
  });

  it('is wrapped anew when it is changed, and nothing else is encrypted again', async () => {
    using home = new TemporaryHome();
    const { vault, apps } = await home.create();
    const { id } = apps.create({ name: 'Phone' });
    const appFile = join(home.path, 'apps', `${id}.json`);
    const [app, { apps: keys }] = [readFileSync(appFile), JSON.parse(readFileSync(vaultFile(home), 'utf8'))];
    await vault.setPassphrase('another passphrase');
    expect(readFileSync(appFile)).toEqual(app);
    expect(JSON.parse(readFileSync(vaultFile(home), 'utf8')).apps).toEqual(keys);
  });

  it('shows what a guess costs, and takes another cost', async () => {
    using home = new TemporaryHome();
    const { vault } = await home.create();
    expect(vault.status().slots).toMatchObject([{ kind: 'passphrase', cost: CHEAP_KDF }]);
    await vault.setPassphrase(PASSPHRASE, KDF_COSTS.standard);
    vault.close();
    expect(home.open().vault.status().slots).toMatchObject([{ cost: KDF_COSTS.standard }]);
    expect(await opens(home, byPassphrase(PASSPHRASE))).toBe(true);
  });

  it('is not changed where the vault was locked while the new key was being made, even if it is open again', async () => {
    using home = new TemporaryHome();
    const { vault } = await home.create();
    const before = readFileSync(vaultFile(home), 'utf8');
    // Takes many times as long as opening the vault again.
    const changing = vault.setPassphrase('another passphrase', { ...CHEAP_KDF, memoryKiB: 512 * 1024 });
    vault.lock();
    const outcome = expect(changing).rejects.toThrow(withCode('VAULT_LOCKED'));
    await vault.unlock(byPassphrase(PASSPHRASE));
    await outcome;
    expect(readFileSync(vaultFile(home), 'utf8')).toBe(before);
  });

  it('of a file that asks for too little or too much work is refused before any is done', async () => {
    for (const memoryKiB of [1024, 8 * 1024 * 1024]) {
      using home = new TemporaryHome();
      (await home.create()).vault.close();
      const document = JSON.parse(readFileSync(vaultFile(home), 'utf8'));
      document.slots[0].kdf.memoryKiB = memoryKiB;
      writeFileSync(vaultFile(home), JSON.stringify(document));
      await expect(home.unlock()).rejects.toThrow(withCode('VAULT_KDF_REFUSED'));
    }
  });

  it('whose cost was changed in the file opens nothing', async () => {
    using home = new TemporaryHome();
    (await home.create()).vault.close();
    const document = JSON.parse(readFileSync(vaultFile(home), 'utf8'));
    document.slots[0].createdAt = '2020-01-01T00:00:00.000Z';
    document.slots[0].kdf.iterations += 1;
    writeFileSync(vaultFile(home), JSON.stringify(document));
    expect(await opens(home, byPassphrase(PASSPHRASE))).toBe(false);
  });
});

describe('a recovery code', () => {
  it('opens the vault, however it is typed', async () => {
    using home = new TemporaryHome();
    const { vault } = await home.create();
    const code = await vault.setRecoveryCode();
    vault.close();
    expect(await opens(home, byCode(code.toLowerCase().replaceAll('-', ' ')))).toBe(true);
    expect(await opens(home, byPassphrase(PASSPHRASE))).toBe(true);
  });

  it('is replaced by the next one', async () => {
    using home = new TemporaryHome();
    const { vault } = await home.create();
    const first = await vault.setRecoveryCode();
    const second = await vault.setRecoveryCode();
    vault.close();
    expect(await opens(home, byCode(first))).toBe(false);
    expect(await opens(home, byCode(second))).toBe(true);
    expect(
      home
        .open()
        .vault.status()
        .slots.map(({ kind }) => kind),
    ).toEqual(['passphrase', 'recovery']);
  });

  it('of another vault opens nothing', async () => {
    using home = new TemporaryHome();
    using other = new TemporaryHome();
    const code = await (await other.create()).vault.setRecoveryCode();
    const { vault } = await home.create();
    await vault.setRecoveryCode();
    vault.close();
    expect(await opens(home, byCode(code))).toBe(false);
  });

  it('stands in no file', async () => {
    using home = new TemporaryHome();
    const { vault } = await home.create();
    const code = await vault.setRecoveryCode();
    const text = readFileSync(vaultFile(home), 'utf8').toLowerCase();
    expect(text).not.toContain(code.toLowerCase());
    expect(text).not.toContain(code.toLowerCase().replaceAll('-', ''));
  });

  it('lets who forgot the passphrase set a new one', async () => {
    using home = new TemporaryHome();
    const made = await home.create();
    const code = await made.vault.setRecoveryCode();
    made.vault.close();
    const { vault } = home.open();
    await vault.unlock(byCode(code));
    await vault.setPassphrase('a new passphrase');
    vault.close();
    expect(await opens(home, byPassphrase('a new passphrase'))).toBe(true);
  });
});

describe('the ways to open a vault', () => {
  it('can be taken away, but never the last that can be typed', async () => {
    using home = new TemporaryHome();
    const { vault } = await home.create();
    const [passphrase] = vault.status().slots;
    const remove = (id = '') => vault.removeSlot(id);
    await expect(remove(passphrase?.id)).rejects.toThrow(withCode('LAST_KEY_SLOT'));
    const code = await vault.setRecoveryCode();
    await remove(passphrase?.id);
    await expect(remove(passphrase?.id)).rejects.toThrow(withCode('KEY_SLOT_NOT_FOUND'));
    await expect(remove(vault.status().slots[0]?.id)).rejects.toThrow(withCode('LAST_KEY_SLOT'));
    vault.close();
    expect(await opens(home, byPassphrase(PASSPHRASE))).toBe(false);
    expect(await opens(home, byCode(code))).toBe(true);
  });

  it('are listed for a vault that is locked', async () => {
    using home = new TemporaryHome();
    const { vault } = await home.create();
    await vault.setRecoveryCode();
    vault.lock();
    expect(vault.status().slots.map(({ kind }) => kind)).toEqual(['passphrase', 'recovery']);
    expect(JSON.stringify(vault.status())).not.toContain('wrappedKey');
  });

  it.each(['taken out', 'put in'])('are missed when one was %s of the file by hand', async (how) => {
    using home = new TemporaryHome();
    const { vault } = await home.create();
    await vault.setRecoveryCode();
    vault.close();
    const document = JSON.parse(readFileSync(vaultFile(home), 'utf8'));
    const { id, ...slot } = document.slots[1];
    if (how === 'taken out') document.slots.pop();
    else document.slots.push({ ...slot, id: id.replace(/^.{8}/, '00000000') });
    writeFileSync(vaultFile(home), JSON.stringify(document));
    const { damaged } = (await home.unlock()).vault.status();
    expect(damaged).toEqual([
      { recordId: null, appId: null, reason: expect.stringContaining(how.split(' ')[0] ?? '') },
    ]);
  });
});
