import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openConfDocument } from '../../../core/storage/conf-document.ts';
import { systemKeychain } from '../../../core/vault/system-keychain.ts';
import { Vault } from '../../../core/vault/vault.ts';
import { CHEAP_KDF, PASSPHRASE, TemporaryHome } from '../../support/temporary-vault.ts';

const withCode = (code: string) => expect.objectContaining({ code });

describe('a vault', () => {
  it('is missing, then unlocked when created, then locked', async () => {
    using home = new TemporaryHome();
    const { vault } = home.open();
    expect(vault.status()).toMatchObject({ state: 'missing', home: home.path, readOnly: null });
    await vault.create(PASSPHRASE);
    expect(vault.status().state).toBe('unlocked');
    vault.lock();
    expect(vault.status().state).toBe('locked');
  });

  it('keeps what was put into it', async () => {
    using home = new TemporaryHome();
    const { vault, apps, tokens } = await home.create();
    const app = apps.create({ name: 'Phone', provider: 'sipgate', baseUrl: 'https://api.sipgate.com/v2' });
    const token = tokens.add(app.id, { name: 'main', scheme: 'bearer', secret: 'a secret' });
    vault.close();
    const again = await home.unlock();
    expect(again.apps.list()).toEqual([app]);
    expect(again.tokens.list(null)).toEqual([token]);
    expect(again.tokens.secrets.open({ appId: app.id, tokenId: token.id }).toString()).toBe('a secret');
  });

  it('tells its listeners of every change of state, until they leave', async () => {
    using home = new TemporaryHome();
    const { vault } = home.open();
    const listener = vi.fn();
    const leave = vault.onChange(listener);
    await vault.create(PASSPHRASE);
    vault.lock();
    expect(listener.mock.calls.map(([{ state }]) => state)).toEqual(['unlocked', 'locked']);
    leave();
    await vault.unlock({ kind: 'passphrase', passphrase: PASSPHRASE });
    expect(listener).toHaveBeenCalledTimes(2);
  });

  it('is not created over another', async () => {
    using home = new TemporaryHome();
    const { vault } = await home.create();
    vault.close();
    const before = readFileSync(join(home.path, 'vault.json'));
    await expect(home.open().vault.create('another passphrase')).rejects.toThrow(withCode('VAULT_EXISTS'));
    expect(readFileSync(join(home.path, 'vault.json'))).toEqual(before);
  });

  it('refuses a wrong passphrase with the same words each time, and writes nothing', async () => {
    using home = new TemporaryHome();
    (await home.create()).vault.close();
    const before = readdirSync(home.path).map((name) => [name, statSync(join(home.path, name)).mtimeMs]);
    const { vault } = home.open();
    const messages = [];
    for (const wrong of ['wrong', 'correct horse battery stapl', `${PASSPHRASE} `]) {
      messages.push(
        await vault.unlock({ kind: 'passphrase', passphrase: wrong }).catch((error: Error) => error.message),
      );
    }
    expect(new Set(messages).size).toBe(1);
    expect(vault.status().state).toBe('locked');
    expect(readdirSync(home.path).map((name) => [name, statSync(join(home.path, name)).mtimeMs])).toEqual(
      before,
    );
  });

  it('answers nothing while it is locked', async () => {
    using home = new TemporaryHome();
    const { vault, apps, tokens } = await home.create();
    const app = apps.create({ name: 'Phone' });
    vault.lock();
    const attempts = [
      () => apps.list(),
      () => apps.get(app.id),
      () => apps.create({ name: 'Other' }),
      () => tokens.list(null),
      () => tokens.add(app.id, { name: 'main', scheme: 'bearer', secret: 'x' }),
    ];
    for (const attempt of attempts) expect(attempt).toThrow(withCode('VAULT_LOCKED'));
  });

  it('says that there is none yet where there is none', async () => {
    using home = new TemporaryHome();
    const { vault, apps } = home.open();
    expect(() => apps.list()).toThrow(withCode('VAULT_NOT_FOUND'));
    await expect(vault.unlock({ kind: 'passphrase', passphrase: PASSPHRASE })).rejects.toThrow(
      withCode('VAULT_NOT_FOUND'),
    );
  });

  it('is readable by its owner only', async () => {
    using home = new TemporaryHome();
    const { apps } = await home.create();
    const app = apps.create({ name: 'Phone' });
    for (const path of ['vault.json', 'apps', join('apps', `${app.id}.json`)]) {
      expect(statSync(join(home.path, path)).mode & 0o077, path).toBe(0);
    }
  });

  it('destroys an app’s key with the app, and its file', async () => {
    using home = new TemporaryHome();
    const { vault, apps } = await home.create();
    const app = apps.create({ name: 'Phone' });
    apps.remove(app.id);
    expect(readFileSync(join(home.path, 'vault.json'), 'utf8')).not.toContain(app.id);
    expect(existsSync(join(home.path, 'apps', `${app.id}.json`))).toBe(false);
    vault.close();
    expect((await home.unlock()).vault.status().damaged).toEqual([]);
  });

  it('writes only the app’s file when a token is added', async () => {
    using home = new TemporaryHome();
    const { apps, tokens } = await home.create();
    const [one, other] = [apps.create({ name: 'One' }), apps.create({ name: 'Other' })];
    const files = ['vault.json', join('apps', `${one.id}.json`), join('apps', `${other.id}.json`)];
    const read = () => files.map((file) => readFileSync(join(home.path, file), 'utf8'));
    const before = read();
    tokens.add(one.id, { name: 'main', scheme: 'bearer', secret: 'x' });
    const after = read();
    expect(after.map((text, index) => text === before[index])).toEqual([true, false, true]);
  });

  it('in a home that is a file cannot be created, and says so', async () => {
    using home = new TemporaryHome();
    const path = join(home.path, 'file');
    writeFileSync(path, '');
    const vault = new Vault({
      home: path,
      openDocument: openConfDocument,
      keychain: systemKeychain,
      kdf: CHEAP_KDF,
    });
    await expect(vault.create(PASSPHRASE)).rejects.toThrow(withCode('WRITE_FAILED'));
    expect(vault.status().state).not.toBe('unlocked');
  });
});

describe('a second process', () => {
  it('can read, and is told who is writing when it wants to write', async () => {
    using home = new TemporaryHome();
    const first = await home.create();
    const app = first.apps.create({ name: 'Phone' });
    const second = await home.unlock();
    expect(second.apps.list()).toEqual([app]);
    expect(() => second.apps.create({ name: 'Other' })).toThrow(withCode('VAULT_READ_ONLY'));
    expect(second.vault.status().readOnly).toContain(String(process.pid));
    expect(second.apps.list()).toEqual([app]);
  });

  it('writes once the first has closed, and keeps what the first wrote meanwhile', async () => {
    using home = new TemporaryHome();
    const first = await home.create();
    const app = first.apps.create({ name: 'Phone' });
    const second = await home.unlock();
    first.tokens.add(app.id, { name: 'by the first', scheme: 'bearer', secret: 'x' });
    first.apps.create({ name: 'Late' });
    first.vault.close();
    second.tokens.add(app.id, { name: 'by the second', scheme: 'bearer', secret: 'y' });
    expect(second.tokens.list(app.id).map(({ name }) => name)).toEqual(['by the first', 'by the second']);
    second.vault.close();
    const third = await home.unlock();
    expect(third.tokens.list(app.id)).toHaveLength(2);
    expect(third.apps.list().map(({ name }) => name)).toEqual(['Late', 'Phone']);
  });
});
