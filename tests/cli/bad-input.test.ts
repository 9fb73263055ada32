import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TemporaryHome } from '../support/temporary-vault.ts';
import { type CommandResult, TesseraCommand } from '../support/tessera-command.ts';

/** The code of the one JSON value that was printed. */
function codeIn({ stdout }: CommandResult): string {
  return JSON.parse(stdout).error.code;
}

const token = (...more: string[]) => [
  'token',
  'add',
  'main',
  '--app',
  'Phone',
  '--scheme',
  'bearer',
  '--secret-stdin',
  '--json',
  ...more,
];

describe('what is wrong on the command line', () => {
  it.each([
    ['an unknown command', ['frobnicate'], ''],
    ['an unknown option', ['vault', 'status', '--loud'], ''],
    ['a missing option', ['send', '/account'], ''],
    [
      'an unknown scheme',
      ['token', 'add', 'x', '--app', 'Phone', '--scheme', 'digest', '--secret-stdin'],
      'x',
    ],
    [
      'a bad date',
      [
        'token',
        'add',
        'x',
        '--app',
        'Phone',
        '--scheme',
        'bearer',
        '--secret-stdin',
        '--expires',
        '31-02-2099',
      ],
      'x',
    ],
    [
      'a date in the past',
      [
        'token',
        'add',
        'x',
        '--app',
        'Phone',
        '--scheme',
        'bearer',
        '--secret-stdin',
        '--expires',
        '2020-01-01',
      ],
      'x',
    ],
    ['an empty name', ['app', 'add', ' '], ''],
    ['a bad URL', ['app', 'add', 'x', '--base-url', 'not a url'], ''],
    [
      'a URL with a placeholder left in it',
      ['app', 'add', 'x', '--base-url', 'https://app.{platformDomain}/1.0'],
      '',
    ],
    ['an origin with a path', ['app', 'add', 'x', '--allow', 'https://a.example/path'], ''],
    ['10 MB on standard input', token(), 'x'.repeat(10_000_000)],
    ['an empty secret', token(), ''],
    ['a secret with a line break', token(), 'one\r\nX-Header: two'],
    ['a secret as an argument', token('--secret', 'hunter2'), ''],
    ['a header with a line break', ['send', '/x', '--app', 'Phone', '-H', 'a: b\r\nc: d'], ''],
  ])('%s is INVALID_INPUT, exits 2 and changes nothing', async (_what, args, input) => {
    using tessera = new TesseraCommand();
    await tessera.run(['vault', 'init']);
    await tessera.run(['app', 'add', 'Phone', '--base-url', 'http://127.0.0.1:9']);
    const before = readFileSync(join(tessera.home, 'vault.json'), 'utf8');
    const result = await tessera.run([...args, '--json'], { input });
    expect([codeIn(result), result.code]).toEqual(['INVALID_INPUT', 2]);
    expect(result.stdout + result.stderr).not.toContain('hunter2');
    expect(readFileSync(join(tessera.home, 'vault.json'), 'utf8')).toBe(before);
  });

  it.each([
    [['app', 'show', 'Nope'], 'APP_NOT_FOUND', 2],
    [['send', '/x', '--app', 'Phone', '--token', 'nope'], 'TOKEN_NOT_FOUND', 2],
    [['app', 'add', 'PHONE'], 'NAME_TAKEN', 2],
    [['vault', 'init'], 'VAULT_EXISTS', 2],
    [['run', '/nowhere', '--app', 'Phone'], 'COLLECTION_NOT_FOUND', 2],
    [['send', '{{missing}}/x', '--app', 'Phone'], 'VARIABLE_NOT_FOUND', 2],
    [['send', 'http://127.0.0.1:9/', '--app', 'Phone'], 'NETWORK_REFUSED', 5],
  ])('%j is %s and exits %d', async (args, code, exitCode) => {
    using tessera = new TesseraCommand();
    await tessera.run(['vault', 'init']);
    await tessera.run(['app', 'add', 'Phone', '--base-url', 'http://127.0.0.1:9']);
    const result = await tessera.run([...args, '--json']);
    expect([codeIn(result), result.code]).toEqual([code, exitCode]);
  });
});

describe('what is wrong with the vault', () => {
  it('is said by code: none, a wrong passphrase, no passphrase', async () => {
    using tessera = new TesseraCommand();
    const none = await tessera.run(['app', 'list', '--json']);
    expect([codeIn(none), none.code]).toEqual(['VAULT_NOT_FOUND', 3]);
    await tessera.run(['vault', 'init']);
    const wrong = await tessera.run(['app', 'list', '--json'], {
      env: { TESSERA_PASSPHRASE: 'wrong passphrase' },
    });
    expect([codeIn(wrong), wrong.code]).toEqual(['WRONG_PASSPHRASE', 3]);
    const missing = await tessera.run(['app', 'list', '--json'], { env: { TESSERA_PASSPHRASE: '' } });
    expect([codeIn(missing), missing.code]).toEqual(['VAULT_LOCKED', 3]);
  });

  it('a corrupt file is left as it is', async () => {
    using tessera = new TesseraCommand();
    await tessera.run(['vault', 'init']);
    writeFileSync(join(tessera.home, 'vault.json'), '{"format":');
    const result = await tessera.run(['app', 'list', '--json']);
    expect([codeIn(result), result.code]).toEqual(['VAULT_DAMAGED', 3]);
    expect(readFileSync(join(tessera.home, 'vault.json'), 'utf8')).toBe('{"format":');
  });

  it('a home that cannot be written leaves nothing behind', async () => {
    using tessera = new TesseraCommand();
    // A file where the folder should be: it refuses root too, whom permissions do not stop.
    const home = join(tessera.home, 'file');
    writeFileSync(home, '');
    const result = await tessera.run(['--home', home, 'vault', 'init', '--json']);
    expect([codeIn(result), result.code]).toEqual(['WRITE_FAILED', 2]);
    expect(readFileSync(home, 'utf8')).toBe('');
  });

  it('another process that writes is named, and reading goes on', async () => {
    using home = new TemporaryHome();
    const { apps } = await home.create();
    apps.create({ name: 'Phone' });
    using tessera = new TesseraCommand();
    const refused = await tessera.run(['--home', home.path, 'app', 'add', 'Other', '--json']);
    expect([codeIn(refused), refused.code]).toEqual(['VAULT_READ_ONLY', 3]);
    const listed = await tessera.run(['app', 'list', '--json', '--home', home.path]);
    expect(JSON.parse(listed.stdout)).toEqual([expect.objectContaining({ name: 'Phone' })]);
  });

  it('nothing of a collection is run that is none', async () => {
    using tessera = new TesseraCommand();
    await tessera.run(['vault', 'init']);
    await tessera.run(['app', 'add', 'Phone']);
    const folder = join(tessera.home, 'mine');
    mkdirSync(folder);
    writeFileSync(join(folder, 'opencollection.yml'), 'info:\n  name: [unclosed');
    const result = await tessera.run(['run', folder, '--app', 'Phone', '--json']);
    expect([codeIn(result), result.code]).toEqual(['COLLECTION_INVALID', 2]);
    expect(readdirSync(folder)).toEqual(['opencollection.yml']);
  });
});
