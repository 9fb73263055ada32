import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { homeWithToken, TemporaryFolder, tessera, tesseraJson } from '../support/run-command.ts';
import { SecretService } from '../support/secret-service.ts';

const BASE_URL = 'https://api.sipgate.com/v2';
const without = { TESSERA_PASSPHRASE: undefined };
const slotsSchema = z.array(z.looseObject({ id: z.uuid(), kind: z.string() }));

async function recoveryCode(home: string): Promise<string> {
  const { code, value } = await tesseraJson(['vault', 'key', 'add', 'recovery'], { home });
  expect(code).toBe(0);
  return z.strictObject({ code: z.string() }).parse(value).code;
}

describe('vault key', () => {
  it('lists the ways to open the vault, without a passphrase', async () => {
    using home = await homeWithToken(BASE_URL);
    const listed = await tesseraJson(['vault', 'key', 'list'], { home: home.path, env: without });
    expect(listed).toMatchObject({ code: 0, value: [{ kind: 'passphrase', cost: { memoryKiB: 19_456 } }] });
    const { stdout } = await tessera(['vault', 'status'], { home: home.path, env: without });
    expect(stdout).toContain('Opens by: passphrase (Argon2id, 19 MiB, 2 passes, 1 lanes)');
  });

  it('makes a recovery code, which opens the vault and sets another passphrase', async () => {
    using home = await homeWithToken(BASE_URL);
    const code = await recoveryCode(home.path);
    const byCode = { TESSERA_PASSPHRASE: undefined, TESSERA_RECOVERY_CODE: code.toLowerCase() };
    expect((await tessera(['token', 'list'], { home: home.path, env: byCode })).code).toBe(0);
    const env = { ...byCode, TESSERA_NEW_PASSPHRASE: 'a passphrase of my own' };
    expect((await tessera(['vault', 'change-passphrase'], { home: home.path, env })).code).toBe(0);
    const renewed = { TESSERA_PASSPHRASE: 'a passphrase of my own' };
    expect((await tessera(['token', 'list'], { home: home.path, env: renewed })).code).toBe(0);
    expect((await tessera(['token', 'list'], { home: home.path })).code).toBe(3);
  });

  it.each([
    [
      'mistyped',
      2,
      'INVALID_INPUT',
      (code: string) => `${code.slice(0, -1)}${code.endsWith('Q') ? 'P' : 'Q'}`,
    ],
    ['another vault’s', 3, 'WRONG_RECOVERY_CODE', () => 'UTDG-6PQS-ATL7-CZ6C-M7A4-Q6C2-KCQA-2FXM'],
  ])('refuses a recovery code that is %s', async (_how, exit, errorCode, change) => {
    using home = await homeWithToken(BASE_URL);
    const env = { ...without, TESSERA_RECOVERY_CODE: change(await recoveryCode(home.path)) };
    expect(await tesseraJson(['token', 'list'], { home: home.path, env })).toMatchObject({
      code: exit,
      value: { error: { code: errorCode } },
    });
  });

  it('is removed, but never the last that can be typed', async () => {
    using home = await homeWithToken(BASE_URL);
    const { value } = await tesseraJson(['vault', 'key', 'list'], { home: home.path });
    const id = slotsSchema.parse(value)[0]?.id ?? '';
    expect(await tesseraJson(['vault', 'key', 'remove', id], { home: home.path })).toMatchObject({
      code: 4,
      value: { error: { code: 'LAST_KEY_SLOT' } },
    });
    await recoveryCode(home.path);
    expect((await tessera(['vault', 'key', 'remove', id], { home: home.path })).code).toBe(0);
    expect((await tessera(['token', 'list'], { home: home.path })).code).toBe(3);
  });

  it('of an unknown kind or id is refused', async () => {
    using home = await homeWithToken(BASE_URL);
    for (const args of [
      ['add', 'fingerprint'],
      ['remove', 'main'],
      ['remove', '00000000-0000-4000-8000-000000000000'],
    ]) {
      expect((await tessera(['vault', 'key', ...args], { home: home.path })).code).toBe(2);
    }
  });
});

describe.skipIf(process.platform !== 'linux')('the keychain', () => {
  let service: SecretService;
  beforeAll(async () => {
    service = await SecretService.start();
  });
  afterAll(() => service.stop());

  it('opens the vault for commands, and not for what cannot be taken back', async () => {
    using home = await homeWithToken(BASE_URL);
    const env = { DBUS_SESSION_BUS_ADDRESS: service.address };
    expect((await tessera(['vault', 'key', 'add', 'keychain'], { home: home.path, env })).code).toBe(0);
    const byKeychain = { ...env, ...without };
    expect(await tesseraJson(['token', 'list'], { home: home.path, env: byKeychain })).toMatchObject({
      code: 0,
      value: [{ name: 'main' }],
    });
    const remove = ['token', 'remove', 'main', '--app', 'Phone'];
    expect((await tessera(remove, { home: home.path, env: byKeychain })).code).toBe(3);
    expect((await tessera(remove, { home: home.path, env })).code).toBe(0);
  });

  it('that is not there leaves the passphrase to be asked for', async () => {
    using home = await homeWithToken(BASE_URL);
    const env = { DBUS_SESSION_BUS_ADDRESS: service.address };
    await tessera(['vault', 'key', 'add', 'keychain'], { home: home.path, env });
    const gone = { ...without, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' };
    const { code, stderr } = await tessera(['token', 'list'], { home: home.path, env: gone });
    expect(code).toBe(3);
    expect(stderr).toContain('TESSERA_PASSPHRASE');
  });
});

describe('vault change-passphrase', () => {
  it('needs to be told the new one', async () => {
    using home = await homeWithToken(BASE_URL);
    const { code, stderr } = await tessera(['vault', 'change-passphrase'], { home: home.path });
    expect(code).toBe(2);
    expect(stderr).toContain('TESSERA_NEW_PASSPHRASE');
  });

  it('changes what a guess costs', async () => {
    using home = await homeWithToken(BASE_URL);
    const env = { TESSERA_NEW_PASSPHRASE: 'a passphrase of my own' };
    const args = ['vault', 'change-passphrase', '--cost'];
    expect((await tessera([...args, 'free'], { home: home.path, env })).code).toBe(2);
    const { value } = await tesseraJson([...args, 'standard'], { home: home.path, env });
    expect(value).toMatchObject({ slots: [{ cost: { memoryKiB: 65_536, iterations: 3, parallelism: 4 } }] });
  });
});

describe('vault verify', () => {
  it('says that all is well', async () => {
    using home = await homeWithToken(BASE_URL);
    expect(await tesseraJson(['vault', 'verify'], { home: home.path })).toEqual({
      code: 0,
      value: { apps: 1, records: 1, damaged: [], strayFiles: [], setAside: null },
      stderr: '',
    });
  });

  it('exits with 1 where something is damaged, and moves it out when told to', async () => {
    using home = await homeWithToken(BASE_URL);
    const [name = ''] = readdirSync(join(home.path, 'apps'));
    truncateSync(join(home.path, 'apps', name), 200);
    const found = await tesseraJson(['vault', 'verify'], { home: home.path });
    expect(found).toMatchObject({ code: 1, value: { apps: 0, damaged: [{ recordId: null }] } });
    expect((await tessera(['vault', 'verify', '--set-aside'], { home: home.path })).code).toBe(1);
    expect((await tessera(['vault', 'verify'], { home: home.path })).code).toBe(0);
    expect(readdirSync(join(home.path, 'quarantine'))).toHaveLength(1);
  });
});

describe('vault backup and restore', () => {
  it('brings a vault back into an empty home', async () => {
    using home = await homeWithToken(BASE_URL);
    using folder = new TemporaryFolder();
    const file = join(folder.path, 'all.tessera');
    expect((await tessera(['vault', 'backup', file], { home: home.path })).code).toBe(0);
    const empty = join(folder.path, 'home');
    expect(await tesseraJson(['vault', 'restore', file], { home: empty })).toMatchObject({
      code: 0,
      value: { apps: 1, tokens: 1, canUndo: false },
    });
    expect((await tesseraJson(['token', 'list'], { home: empty })).value).toMatchObject([{ name: 'main' }]);
  });

  it('has a passphrase of its own where one is given', async () => {
    using home = await homeWithToken(BASE_URL);
    using folder = new TemporaryFolder();
    const file = join(folder.path, 'all.tessera');
    const env = { TESSERA_BACKUP_PASSPHRASE: 'only for the backup' };
    expect((await tessera(['vault', 'backup', file], { home: home.path, env })).code).toBe(0);
    expect(await tesseraJson(['vault', 'restore', file], { home: home.path })).toMatchObject({
      code: 3,
      value: { error: { code: 'WRONG_PASSPHRASE' } },
    });
    const looked = await tesseraJson(['vault', 'restore', file, '--dry-run'], { home: home.path, env });
    expect(looked).toMatchObject({ code: 0, value: { apps: [{ name: 'Phone', isKnown: true, adds: [] }] } });
  });

  it('replaces, and is undone', async () => {
    using home = await homeWithToken(BASE_URL);
    using folder = new TemporaryFolder();
    const file = join(folder.path, 'all.tessera');
    const run = (...args: string[]) => tessera(args, { home: home.path });
    const names = async () =>
      z
        .array(z.looseObject({ name: z.string() }))
        .parse((await tesseraJson(['app', 'list'], { home: home.path })).value)
        .map(({ name }) => name);
    await run('vault', 'backup', file);
    await run('app', 'add', 'Newcomer');
    expect((await run('vault', 'restore', file, '--replace')).code).toBe(0);
    expect(await names()).toEqual(['Phone']);
    expect((await run('vault', 'restore', '--undo')).code).toBe(0);
    expect(await names()).toEqual(['Newcomer', 'Phone']);
    expect((await run('vault', 'restore', '--undo')).code).toBe(2);
  });

  it('takes in an app that was exported', async () => {
    using home = await homeWithToken(BASE_URL);
    using folder = new TemporaryFolder();
    const file = join(folder.path, 'phone.tessera');
    const env = { TESSERA_BACKUP_PASSPHRASE: 'told on the telephone' };
    expect((await tessera(['app', 'export', 'Phone', file], { home: home.path, env })).code).toBe(0);
    using other = await homeWithToken(BASE_URL);
    await tessera(['app', 'remove', 'Phone'], { home: other.path });
    expect((await tessera(['vault', 'restore', file], { home: other.path, env })).code).toBe(0);
    expect((await tesseraJson(['token', 'list'], { home: other.path })).value).toMatchObject([
      { name: 'main' },
    ]);
  });

  it('refuses a file that is no backup, and one that is not there', async () => {
    using home = await homeWithToken(BASE_URL);
    const file = join(home.path, 'notes.txt');
    writeFileSync(file, 'hello');
    const before = readFileSync(join(home.path, 'vault.json'), 'utf8');
    for (const [path, code] of [
      [file, 'INVALID_FILE'],
      [`${file}.gone`, 'BACKUP_NOT_FOUND'],
    ] as const) {
      expect(await tesseraJson(['vault', 'restore', path], { home: home.path })).toMatchObject({
        code: 2,
        value: { error: { code } },
      });
    }
    expect(readFileSync(join(home.path, 'vault.json'), 'utf8')).toBe(before);
  });
});

describe('settings', () => {
  it('are listed and changed without a passphrase', async () => {
    using home = new TemporaryFolder();
    const options = { home: home.path, env: without };
    expect((await tesseraJson(['settings', 'list'], options)).value).toEqual({
      theme: 'system',
      autoLockMinutes: 15,
      clipboardSeconds: 30,
      confirmationMinutes: 5,
      contentProtection: false,
      expiryLevels: [30, 7, 1],
      expiryNotifications: true,
    });
    await tessera(['settings', 'set', 'clipboardSeconds', 'never'], options);
    await tessera(['settings', 'set', 'contentProtection', 'true'], options);
    expect((await tesseraJson(['settings', 'set', 'autoLockMinutes', '1'], options)).value).toMatchObject({
      autoLockMinutes: 1,
      clipboardSeconds: null,
      contentProtection: true,
    });
  });

  it.each([
    ['autoLockMinutes', '0'],
    ['autoLockMinutes', '1.5'],
    ['autoLockMinutes', 'soon'],
    ['clipboardSeconds', '601'],
    ['confirmationMinutes', '16'],
    ['confirmationMinutes', 'never'],
    ['contentProtection', 'perhaps'],
    ['theme', 'pink'],
    ['nonsense', '1'],
    ['__proto__', '1'],
  ])('refuse %s %s, and stay as they are', async (name, value) => {
    using home = new TemporaryFolder();
    expect(await tesseraJson(['settings', 'set', name, value], { home: home.path })).toMatchObject({
      code: 2,
      value: { error: { code: 'INVALID_INPUT' } },
    });
    expect((await tesseraJson(['settings', 'list'], { home: home.path })).value).toMatchObject({
      autoLockMinutes: 15,
    });
  });
});
