import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Backups } from '../../../core/backup/backups.ts';
import { openBackup } from '../../../core/backup/open-backup.ts';
import { Cookies } from '../../../core/cookies/cookies.ts';
import type { RestoreMode } from '../../../shared/backup/backup.ts';
import { newTessera } from '../../support/new-tessera.ts';
import { CHEAP_KDF, PASSPHRASE, TemporaryHome } from '../../support/temporary-vault.ts';

const BACKUP_PASSPHRASE = 'the passphrase of the backup';
const withCode = (code: string) => expect.objectContaining({ code });

type Opened = Awaited<ReturnType<TemporaryHome['create']>>;

const backupsOf = ({ vault }: Opened) => new Backups(vault, CHEAP_KDF, () => new Date());

/** A vault with two apps, the first with two tokens. */
async function fill(home: TemporaryHome): Promise<Opened> {
  const opened = await home.create();
  const phone = opened.apps.create({ name: 'Phone', provider: 'sipgate' });
  opened.apps.create({ name: 'Billing' });
  for (const name of ['main', 'old']) {
    opened.tokens.add(phone.id, { name, scheme: 'bearer', secret: `secret of ${name}` });
  }
  opened.apps.setCollections(phone.id, ['/home/somebody/collections/phone']);
  return opened;
}

const phone = ({ apps }: Opened) => apps.find('Phone').id;

/** Everything in a vault, secrets included, by name. */
function contents({ apps, tokens }: Opened) {
  return apps.list().map(({ name, id }) => ({
    name,
    tokens: Object.fromEntries(
      tokens
        .list(id)
        .map((token) => [token.name, tokens.secrets.open({ appId: id, tokenId: token.id }).toString('utf8')]),
    ),
  }));
}

async function restore(opened: Opened, file: string, mode: RestoreMode) {
  const backup = await openBackup(file, BACKUP_PASSPHRASE);
  try {
    return backupsOf(opened).restore(backup, mode);
  } finally {
    backup.close();
  }
}

async function preview(opened: Opened, file: string) {
  const backup = await openBackup(file, BACKUP_PASSPHRASE);
  try {
    return backupsOf(opened).preview(backup);
  } finally {
    backup.close();
  }
}

async function backedUp(home: TemporaryHome) {
  const opened = await fill(home);
  const file = join(home.path, 'backup.tessera');
  await backupsOf(opened).save(file, BACKUP_PASSPHRASE);
  return { opened, file };
}

const COOKIE = { domain: 'api.example.com', name: 'session', value: 'of this vault' } as const;

describe('cookies', () => {
  it('come back with a backup, and stay as they are where there are some', async () => {
    using home = new TemporaryHome();
    using elsewhere = new TemporaryHome();
    const opened = await fill(home);
    const { id } = opened.apps.find('Phone');
    new Cookies(opened.vault).set(id, COOKIE);
    const file = join(home.path, 'backup.tessera');
    await backupsOf(opened).save(file, BACKUP_PASSPHRASE);
    const other = await elsewhere.create();
    await restore(other, file, 'merge');
    const theirs = new Cookies(other.vault);
    expect(theirs.list(id)).toMatchObject([COOKIE]);
    theirs.set(id, { ...COOKIE, value: 'a later one' });
    await restore(other, file, 'merge');
    expect(new Cookies(other.vault).list(id)).toMatchObject([{ value: 'a later one' }]);
  });

  it('are not in an app that is exported', async () => {
    using home = new TemporaryHome();
    using elsewhere = new TemporaryHome();
    const opened = await fill(home);
    const { id } = opened.apps.find('Phone');
    new Cookies(opened.vault).set(id, COOKIE);
    const file = join(home.path, 'phone.tessera');
    await backupsOf(opened).exportApp(id, file, BACKUP_PASSPHRASE);
    const other = await elsewhere.create();
    await restore(other, file, 'merge');
    expect(new Cookies(other.vault).list(id)).toEqual([]);
  });
});

describe('a backup', () => {
  it('brings everything back into another vault', async () => {
    using home = new TemporaryHome();
    using elsewhere = new TemporaryHome();
    const { opened, file } = await backedUp(home);
    const other = await elsewhere.create();
    expect(await restore(other, file, 'merge')).toEqual({ apps: 2, tokens: 2, canUndo: false });
    expect(contents(other)).toEqual(contents(opened));
    expect(other.apps.find('Phone')).toEqual(opened.apps.find('Phone'));
    other.vault.close();
    expect(contents(await elsewhere.unlock())).toEqual(contents(opened));
  });

  it('makes a vault where there is none, which its passphrase opens', async () => {
    using home = new TemporaryHome();
    using empty = new TemporaryHome();
    const { file } = await backedUp(home);
    const tessera = newTessera(empty.path);
    await tessera.restoreAsNew(file, BACKUP_PASSPHRASE);
    await tessera.close();
    const { vault, apps } = empty.open();
    await vault.unlock({ kind: 'passphrase', passphrase: BACKUP_PASSPHRASE });
    expect(apps.list().map(({ name }) => name)).toEqual(['Billing', 'Phone']);
  });

  it('is readable by its owner only, and shows nothing', async () => {
    using home = new TemporaryHome();
    const { file } = await backedUp(home);
    const text = readFileSync(file, 'utf8');
    for (const hidden of ['Phone', 'sipgate', 'main', 'secret of', BACKUP_PASSPHRASE]) {
      expect(text).not.toContain(hidden);
      expect(text).not.toContain(Buffer.from(hidden).toString('base64').slice(0, -3));
    }
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('is not opened by the passphrase of the vault', async () => {
    using home = new TemporaryHome();
    const { file } = await backedUp(home);
    await expect(openBackup(file, PASSPHRASE)).rejects.toThrow(withCode('WRONG_PASSPHRASE'));
  });

  it('leaves the file that was there when it cannot be written', async () => {
    using home = new TemporaryHome();
    const opened = await fill(home);
    writeFileSync(join(home.path, 'file'), '');
    await expect(
      backupsOf(opened).save(join(home.path, 'file', 'backup.tessera'), BACKUP_PASSPHRASE),
    ).rejects.toThrow(withCode('WRITE_FAILED'));
  });

  it('of a vault that is locked meanwhile is not written', async () => {
    using home = new TemporaryHome();
    const opened = await fill(home);
    const file = join(home.path, 'backup.tessera');
    const saving = backupsOf(opened).save(file, BACKUP_PASSPHRASE);
    opened.vault.lock();
    await expect(saving).rejects.toThrow(withCode('VAULT_LOCKED'));
    expect(existsSync(file)).toBe(false);
  });
});

describe('restoring into a vault that is not empty', () => {
  it('shows first what it would do', async () => {
    using home = new TemporaryHome();
    const { opened, file } = await backedUp(home);
    const { id } = opened.apps.find('Phone');
    opened.tokens.remove({ appId: id, tokenId: opened.tokens.find(id, 'old').id });
    opened.tokens.remove({ appId: id, tokenId: opened.tokens.find(id, 'main').id });
    opened.tokens.add(id, { name: 'MAIN', scheme: 'bearer', secret: 'another secret' });
    opened.apps.remove(opened.apps.find('Billing').id);
    opened.apps.create({ name: 'Newcomer' });
    const before = contents(opened);
    expect(await preview(opened, file)).toMatchObject({
      kind: 'vault',
      damaged: [],
      removes: ['Newcomer'],
      apps: expect.arrayContaining([
        expect.objectContaining({ name: 'Phone', isKnown: true, adds: ['old'], differs: ['main'] }),
        expect.objectContaining({ name: 'Billing', isKnown: false, tokens: 0 }),
      ]),
    });
    expect(contents(opened)).toEqual(before);
  });

  it('adds what is missing, keeps both of what differs, and changes nothing', async () => {
    using home = new TemporaryHome();
    const { opened, file } = await backedUp(home);
    const { id } = opened.apps.find('Phone');
    opened.tokens.remove({ appId: id, tokenId: opened.tokens.find(id, 'old').id });
    opened.tokens.remove({ appId: id, tokenId: opened.tokens.find(id, 'main').id });
    opened.tokens.add(id, { name: 'main', scheme: 'bearer', secret: 'another secret' });
    await restore(opened, file, 'merge');
    expect(contents(opened)).toEqual([
      { name: 'Billing', tokens: {} },
      {
        name: 'Phone',
        tokens: { main: 'another secret', 'main (restored)': 'secret of main', old: 'secret of old' },
      },
    ]);
    expect(await restore(opened, file, 'merge')).toMatchObject({ tokens: 1 });
  });

  it('twice adds nothing the second time', async () => {
    using home = new TemporaryHome();
    const { opened, file } = await backedUp(home);
    const before = contents(opened);
    expect(await restore(opened, file, 'merge')).toMatchObject({ tokens: 0 });
    expect(contents(opened)).toEqual(before);
  });

  it.each([
    [
      'an app comes back with its default token',
      (opened: Opened) => opened.apps.remove(phone(opened)),
      'main',
    ],
    [
      'an app that is there keeps the default that it has by now',
      (opened: Opened) =>
        opened.tokens.remove({ appId: phone(opened), tokenId: opened.tokens.find(phone(opened), 'main').id }),
      null,
    ],
  ])('%s', async (_what, change, expected) => {
    using home = new TemporaryHome();
    const opened = await fill(home);
    opened.apps.update(phone(opened), { defaultToken: 'main' });
    const file = join(home.path, 'backup.tessera');
    await backupsOf(opened).save(file, BACKUP_PASSPHRASE);
    change(opened);
    await restore(opened, file, 'merge');
    expect(opened.apps.get(phone(opened)).defaultToken).toBe(expected);
    expect(opened.tokens.find(phone(opened), 'main').name).toBe('main');
  });

  it('an app does not come back with a default token that the backup does not have', async () => {
    using home = new TemporaryHome();
    const opened = await fill(home);
    opened.apps.update(phone(opened), { defaultToken: 'gone long ago' });
    const file = join(home.path, 'backup.tessera');
    await backupsOf(opened).save(file, BACKUP_PASSPHRASE);
    opened.apps.remove(phone(opened));
    await restore(opened, file, 'merge');
    expect(opened.apps.get(phone(opened)).defaultToken).toBeNull();
  });

  it('can make the vault what the backup is', async () => {
    using home = new TemporaryHome();
    const { opened, file } = await backedUp(home);
    const before = contents(opened);
    opened.apps.create({ name: 'Newcomer' });
    opened.apps.remove(opened.apps.find('Phone').id);
    await restore(opened, file, 'replace');
    expect(contents(opened)).toEqual(before);
  });

  it.each(['merge', 'replace'] as const)('by %s can be undone, once', async (mode) => {
    using home = new TemporaryHome();
    const { opened, file } = await backedUp(home);
    opened.apps.create({ name: 'Newcomer' });
    opened.apps.remove(opened.apps.find('Phone').id);
    const before = contents(opened);
    await restore(opened, file, mode);
    expect(contents(opened)).not.toEqual(before);
    backupsOf(opened).undo();
    expect(contents(opened)).toEqual(before);
    expect(() => backupsOf(opened).undo()).toThrow(withCode('BACKUP_NOT_FOUND'));
    opened.vault.close();
    const again = await home.unlock();
    expect(contents(again)).toEqual(before);
    expect(again.vault.repair.report()).toMatchObject({ damaged: [], strayFiles: [] });
  });

  it('that is undone leaves a passphrase alone that was changed since', async () => {
    using home = new TemporaryHome();
    const { opened, file } = await backedUp(home);
    await restore(opened, file, 'merge');
    await opened.vault.setPassphrase('changed since then');
    backupsOf(opened).undo();
    opened.vault.close();
    await home.open().vault.unlock({ kind: 'passphrase', passphrase: 'changed since then' });
  });
});

describe('one app that is exported', () => {
  it('comes with its tokens, and without the folders of this computer', async () => {
    using home = new TemporaryHome();
    using elsewhere = new TemporaryHome();
    const opened = await fill(home);
    const file = join(home.path, 'phone.tessera');
    await backupsOf(opened).exportApp(opened.apps.find('Phone').id, file, BACKUP_PASSPHRASE);
    const other = await elsewhere.create();
    await restore(other, file, 'merge');
    expect(contents(other)).toEqual([
      { name: 'Phone', tokens: { main: 'secret of main', old: 'secret of old' } },
    ]);
    expect(other.apps.find('Phone').collections).toEqual([]);
  });

  it('replaces no vault', async () => {
    using home = new TemporaryHome();
    const opened = await fill(home);
    const file = join(home.path, 'phone.tessera');
    await backupsOf(opened).exportApp(opened.apps.find('Phone').id, file, BACKUP_PASSPHRASE);
    const before = contents(opened);
    await expect(restore(opened, file, 'replace')).rejects.toThrow(withCode('INVALID_INPUT'));
    expect(contents(opened)).toEqual(before);
  });
});

describe('a backup file that is not right', () => {
  // Plain JSON, changed as an attacker with an editor would.
  type Document = Record<'kdf' | 'apps', Record<string, unknown>>;

  async function changed(home: TemporaryHome, change: (document: Document) => void): Promise<string> {
    const { file } = await backedUp(home);
    const document = JSON.parse(readFileSync(file, 'utf8')) as Document;
    change(document);
    writeFileSync(file, JSON.stringify(document));
    return file;
  }

  it.each<[string, (document: Document) => void, string]>([
    ['is of a newer version', (d) => Object.assign(d, { version: 2 }), 'VAULT_NEWER_FORMAT'],
    ['is something else', (d) => Object.assign(d, { format: 'zip' }), 'INVALID_FILE'],
    ['says that it is one app', (d) => Object.assign(d, { kind: 'app' }), 'WRONG_PASSPHRASE'],
    [
      'says another date',
      (d) => Object.assign(d, { createdAt: '2020-01-01T00:00:00.000Z' }),
      'WRONG_PASSPHRASE',
    ],
    ['asks for a terabyte', (d) => Object.assign(d.kdf, { memoryKiB: 2 ** 30 }), 'VAULT_KDF_REFUSED'],
    ['has no app left', (d) => Object.assign(d, { apps: {} }), 'BACKUP_DAMAGED'],
  ])('because it %s is refused', async (_how, change, code) => {
    using home = new TemporaryHome();
    await expect(openBackup(await changed(home, change), BACKUP_PASSPHRASE)).rejects.toThrow(withCode(code));
  });

  it('because it was cut short, is no file or is not there is refused', async () => {
    using home = new TemporaryHome();
    const { file } = await backedUp(home);
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, -10));
    await expect(openBackup(file, BACKUP_PASSPHRASE)).rejects.toThrow(withCode('INVALID_FILE'));
    await expect(openBackup(home.path, BACKUP_PASSPHRASE)).rejects.toThrow(withCode('BACKUP_NOT_FOUND'));
    await expect(openBackup(join(home.path, 'none'), BACKUP_PASSPHRASE)).rejects.toThrow(
      withCode('BACKUP_NOT_FOUND'),
    );
  });

  it('in one app gives the others, says so, and replaces nothing', async () => {
    using home = new TemporaryHome();
    using elsewhere = new TemporaryHome();
    const file = await changed(home, (document) => {
      const [first] = Object.keys(document.apps);
      delete document.apps[first ?? ''];
    });
    const other = await elsewhere.create();
    other.apps.create({ name: 'Here before' });
    expect((await preview(other, file)).damaged).toEqual(['an app was taken out of it']);
    await expect(restore(other, file, 'replace')).rejects.toThrow(withCode('BACKUP_DAMAGED'));
    expect(await restore(other, file, 'merge')).toMatchObject({ apps: 1 });
    expect(contents(other)).toHaveLength(2);
  });

  it('because an app’s older state was put into it is noticed', async () => {
    using home = new TemporaryHome();
    const { opened, file } = await backedUp(home);
    const old = JSON.parse(readFileSync(file, 'utf8')) as Document;
    const [appId] = Object.keys(old.apps);
    opened.apps.setCollections(appId ?? '', ['/elsewhere']);
    await backupsOf(opened).save(file, BACKUP_PASSPHRASE);
    const document = JSON.parse(readFileSync(file, 'utf8')) as Document;
    document.apps[appId ?? ''] = old.apps[appId ?? ''];
    writeFileSync(file, JSON.stringify(document));
    expect((await preview(opened, file)).damaged).toHaveLength(1);
  });
});
