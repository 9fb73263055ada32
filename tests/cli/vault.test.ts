import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SECRET, TemporaryFolder, tessera, tesseraJson } from '../support/run-command.ts';
import { PASSPHRASE, TemporaryHome } from '../support/temporary-vault.ts';

const statusSchema = z.strictObject({
  state: z.enum(['missing', 'locked', 'unlocked']),
  home: z.string(),
  slots: z.array(z.looseObject({ kind: z.literal('passphrase') })),
  readOnly: z.string().nullable(),
  damaged: z.array(z.unknown()),
});

describe('vault init', () => {
  it('makes a vault, and makes no second one in its place', async () => {
    using home = new TemporaryFolder();
    const made = await tessera(['vault', 'init'], { home: home.path });
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(made.stdout).toContain(`There is a new vault in ${home.path}`);
    const before = readFileSync(join(home.path, 'vault.json'));
    const again = await tesseraJson(['vault', 'init'], { home: home.path });
    expect(again).toMatchObject({ code: 2, value: { error: { code: 'VAULT_EXISTS' } } });
    expect(readFileSync(join(home.path, 'vault.json'))).toEqual(before);
  });

  it('refuses a passphrase that is too short, and makes nothing', async () => {
    using home = new TemporaryFolder();
    const env = { TESSERA_PASSPHRASE: 'seven77' };
    expect(await tesseraJson(['vault', 'init'], { home: home.path, env })).toMatchObject({
      code: 2,
      value: {
        error: { code: 'INVALID_INPUT', message: 'Passphrase: a passphrase has at least 8 characters.' },
      },
    });
    const { value } = await tesseraJson(['vault', 'status'], { home: home.path });
    expect(statusSchema.parse(value).state).toBe('missing');
  });

  it('says that a passphrase is weak, and takes it', async () => {
    using home = new TemporaryFolder();
    const env = { TESSERA_PASSPHRASE: 'password1' };
    const { code, value, stderr } = await tesseraJson(['vault', 'init'], { home: home.path, env });
    expect(code).toBe(0);
    expect(statusSchema.parse(value).state).toBe('unlocked');
    expect(stderr).toMatch(/^Warning: This passphrase is very weak: /);
  });
});

describe('the passphrase', () => {
  it('comes from a file without its last line’s end', async () => {
    using home = new TemporaryHome();
    using folder = new TemporaryFolder();
    (await home.create()).vault.close();
    const file = join(folder.path, 'passphrase');
    writeFileSync(file, `${PASSPHRASE}\n`, { mode: 0o600 });
    const options = { home: home.path, env: { TESSERA_PASSPHRASE: undefined } };
    expect((await tessera(['app', 'list', '--passphrase-file', file], options)).code).toBe(0);
    writeFileSync(file, `${PASSPHRASE}\n\n`);
    expect((await tessera(['app', 'list', '--passphrase-file', file], options)).code).toBe(3);
  });

  it.skipIf(process.platform === 'win32')('is not taken from a file that everyone can read', async () => {
    using home = new TemporaryHome();
    using folder = new TemporaryFolder();
    (await home.create()).vault.close();
    const file = join(folder.path, 'passphrase');
    writeFileSync(file, PASSPHRASE);
    chmodSync(file, 0o644);
    const env = { TESSERA_PASSPHRASE: undefined };
    expect(
      await tesseraJson(['app', 'list', '--passphrase-file', file], { home: home.path, env }),
    ).toMatchObject({
      code: 2,
      value: { error: { code: 'INVALID_FILE', message: expect.stringContaining('chmod 600') } },
    });
  });

  it('is asked for by name of the variable where there is no way to ask', async () => {
    using home = new TemporaryHome();
    (await home.create()).vault.close();
    const env = { TESSERA_PASSPHRASE: undefined };
    const { code, stderr } = await tessera(['app', 'list'], { home: home.path, env });
    expect(code).toBe(3);
    expect(stderr).toMatch(/^VAULT_LOCKED: .*TESSERA_PASSPHRASE.*--passphrase-file/);
  });

  it('that is wrong exits with 3', async () => {
    using home = new TemporaryHome();
    (await home.create()).vault.close();
    const env = { TESSERA_PASSPHRASE: SECRET };
    expect(await tesseraJson(['app', 'list'], { home: home.path, env })).toMatchObject({
      code: 3,
      value: { error: { code: 'WRONG_PASSPHRASE' } },
    });
  });

  it('is not handed on to the practice API', async () => {
    // Prints the environment of every process of Node that starts with it, the child among them.
    const spy =
      'data:text/javascript,console.error(process.argv[1]+/:/.source+process.env.TESSERA_PASSPHRASE)';
    const { stderr } = await tessera(['practice', '--port', 'none'], {
      env: { NODE_OPTIONS: `--import=${spy}`, TESSERA_PASSPHRASE: 'the word' },
    });
    expect(stderr).toMatch(/tessera\.ts:the word\n/);
    expect(stderr).toMatch(/serve\.ts:undefined\n/);
  });
});

describe('a home that cannot be used', () => {
  it('without a vault exits with 3 and says how to make one', async () => {
    using home = new TemporaryFolder();
    const { code, stderr } = await tessera(['app', 'list'], { home: home.path });
    expect(code).toBe(3);
    expect(stderr).toMatch(/^VAULT_NOT_FOUND: .*tessera vault init/);
  });

  it.each([
    ['is cut short', '{"format":"tessera-vault"', 'VAULT_DAMAGED'],
    ['is something else', '{"hello":"world"}', 'VAULT_DAMAGED'],
    ['is of a newer version', '{"format":"tessera-vault","version":99}', 'VAULT_NEWER_FORMAT'],
  ])('exits with 3 where vault.json %s, and leaves it as it is', async (_how, content, errorCode) => {
    using home = new TemporaryFolder();
    const path = join(home.path, 'vault.json');
    writeFileSync(path, content);
    for (const args of [
      ['app', 'list'],
      ['app', 'add', 'Phone'],
      ['vault', 'status'],
    ]) {
      expect(await tesseraJson(args, { home: home.path })).toMatchObject({
        code: 3,
        value: { error: { code: errorCode } },
      });
    }
    expect((await tessera(['vault', 'init'], { home: home.path })).code).toBe(2);
    expect(readFileSync(path, 'utf8')).toBe(content);
  });

  // Even the superuser cannot make a folder in a file; a mode alone would not stop them.
  it('that cannot be written exits with 2 and says which', async () => {
    using folder = new TemporaryFolder();
    const home = join(folder.path, 'file', 'home');
    writeFileSync(join(folder.path, 'file'), 'not a folder');
    expect(await tesseraJson(['vault', 'init'], { home })).toMatchObject({
      code: 2,
      value: { error: { code: 'WRITE_FAILED', message: expect.stringContaining(home) } },
    });
  });

  it('whose apps cannot be written loses nothing', async () => {
    using home = new TemporaryFolder();
    writeFileSync(join(home.path, 'apps'), 'not a folder');
    expect(await tesseraJson(['vault', 'init'], { home: home.path })).toMatchObject({
      code: 2,
      value: { error: { code: 'WRITE_FAILED' } },
    });
  });
});

describe('a second process', () => {
  it('reads beside the one that writes, and is told who that is when it wants to write', async () => {
    using home = new TemporaryHome();
    const first = await home.create();
    first.apps.create({ name: 'Phone' });
    const listed = await tesseraJson(['app', 'list'], { home: home.path });
    expect(listed).toMatchObject({ code: 0, value: [{ name: 'Phone' }] });
    const refused = await tesseraJson(['app', 'add', 'Billing'], { home: home.path });
    expect(refused).toMatchObject({
      code: 3,
      value: {
        error: { code: 'VAULT_READ_ONLY', message: expect.stringContaining(`process ${process.pid}`) },
      },
    });
    const { value } = await tesseraJson(['vault', 'status'], { home: home.path });
    expect(statusSchema.parse(value).readOnly).toContain(String(process.pid));
    first.vault.close();
    expect((await tessera(['app', 'add', 'Billing'], { home: home.path })).code).toBe(0);
  });

  it('takes over the lock of one that died', async () => {
    using home = new TemporaryHome();
    (await home.create()).vault.close();
    writeFileSync(
      join(home.path, 'vault.lock'),
      JSON.stringify({ pid: 2 ** 22 + 1, startedAt: null, nonce: 'gone' }),
    );
    expect((await tessera(['app', 'add', 'Phone'], { home: home.path })).code).toBe(0);
  });
});
