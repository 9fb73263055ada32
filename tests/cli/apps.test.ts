import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { tessera, tesseraJson } from '../support/run-command.ts';
import { TemporaryHome } from '../support/temporary-vault.ts';

const home = new TemporaryHome();
const run = (...args: string[]) => tessera(args, { home: home.path });
const runJson = (...args: string[]) => tesseraJson(args, { home: home.path });

const appSchema = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  provider: z.string().nullable(),
  baseUrl: z.string().nullable(),
  allowedOrigins: z.array(z.string()),
  defaultToken: z.string().nullable(),
  collections: z.array(z.string()),
  check: z.strictObject({ method: z.string(), path: z.string() }).nullable(),
  dismissedFindings: z.array(z.string()),
  connection: z.looseObject({ proxy: z.strictObject({ kind: z.literal('system') }) }),
  createdAt: z.iso.datetime(),
});

beforeAll(async () => {
  (await home.create()).vault.close();
});
afterAll(() => home[Symbol.dispose]());

describe('app', () => {
  it('is kept, listed, shown and removed', async () => {
    const added = await runJson('app', 'add', 'Phone', '--provider', 'sipgate');
    expect(added).toMatchObject({ code: 0, stderr: '' });
    expect(appSchema.parse(added.value)).toMatchObject({
      name: 'Phone',
      baseUrl: 'https://api.sipgate.com/v2',
      allowedOrigins: ['https://api.sipgate.com'],
    });
    expect(z.array(appSchema).parse((await runJson('app', 'list')).value)).toEqual([added.value]);
    expect((await runJson('app', 'show', 'phone')).value).toEqual(added.value);
    const { stdout } = await run('app', 'list');
    expect(stdout).toMatch(/^NAME +PROVIDER +BASE URL +ALLOWED ORIGINS\nPhone +sipgate +https/);
    expect(await run('app', 'remove', 'Phone')).toMatchObject({
      code: 0,
      stdout: 'Removed Phone and its tokens.\n',
    });
    expect((await runJson('app', 'list')).value).toEqual([]);
    expect(readdirSync(join(home.path, 'apps'))).toEqual([]);
  });

  it('fills the variables of its provider’s base URL in', async () => {
    const variables = ['--variable', 'host=pbx.example.com', '--variable', 'port=9443'];
    const { value } = await runJson('app', 'add', 'PBX', '--provider', 'portsip', ...variables);
    expect(appSchema.parse(value).baseUrl).toBe('https://pbx.example.com:9443/api');
    const unknown = await run('app', 'add', 'X', '--provider', 'portsip', '--variable', 'domain=x');
    expect(unknown).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('variables protocol, host, port'),
    });
  });

  it('can be changed afterwards', async () => {
    await run('app', 'add', 'Mine', '--check', '/me');
    const changes = ['--name', 'Yours', '--base-url', 'https://b.example', '--allow', 'https://b.example'];
    const { value } = await runJson('app', 'edit', 'Mine', ...changes, '--check', 'head /status');
    expect(appSchema.parse(value)).toMatchObject({
      name: 'Yours',
      baseUrl: 'https://b.example',
      allowedOrigins: ['https://b.example'],
      check: { method: 'HEAD', path: '/status' },
    });
    expect(await run('app', 'edit', 'Yours')).toMatchObject({ code: 2 });
    expect(await run('app', 'edit', 'Yours', '--check', 'DELETE /me')).toMatchObject({ code: 2 });
  });

  it('takes each --allow with one origin, wherever the name stands', async () => {
    const origins = ['--allow', 'https://a.example', '--allow', 'https://*.b.example'];
    const { value } = await runJson('app', 'add', ...origins, 'Billing');
    expect(value).toMatchObject({
      name: 'Billing',
      allowedOrigins: ['https://a.example', 'https://*.b.example'],
    });
  });

  it('warns of an origin without encryption that is not this computer', async () => {
    const plain = await run('app', 'add', 'Plain', '--base-url', 'http://api.example.com');
    expect(plain.stderr).toMatch(/^Warning: http:\/\/api\.example\.com is not encrypted/);
    expect((await run('app', 'add', 'Loop', '--base-url', 'http://127.0.0.1:1')).stderr).toBe('');
  });

  it.each([
    ['an empty name', ['  '], 'INVALID_INPUT', /name: a name is needed/],
    ['a name with a line break', ['a\nb'], 'INVALID_INPUT', /one line of visible characters/],
    ['a name that is taken', ['billing'], 'NAME_TAKEN', /Choose another name/],
    ['no URL', ['X', '--base-url', 'nonsense'], 'INVALID_INPUT', /looks like https:/],
    [
      'a URL of another kind',
      ['X', '--base-url', 'file:///etc/passwd'],
      'INVALID_INPUT',
      /starts with https/,
    ],
    ['a URL with a password', ['X', '--base-url', 'https://u:p@a.example'], 'INVALID_INPUT', /no user name/],
    ['an origin with a path', ['X', '--allow', 'https://a.example/v2'], 'INVALID_INPUT', /without a path/],
    ['an unknown provider', ['X', '--provider', 'acme'], 'INVALID_INPUT', /one of sipgate/],
    ['a missing domain', ['X', '--provider', 'virtuozzo'], 'INVALID_INPUT', /--base-url https:\/\/app\./],
  ])('refuses %s', async (_what, args, errorCode, sentence) => {
    const { code, stdout, stderr } = await run('app', 'add', ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(new RegExp(`^${errorCode}: `));
    expect(stderr).toMatch(sentence);
  });
});

describe('an app whose file is corrupt', () => {
  it('is reported, is left as it is, and the others work', async () => {
    const { value } = await runJson('app', 'add', 'Broken');
    const { id } = appSchema.parse(value);
    const path = join(home.path, 'apps', `${id}.json`);
    writeFileSync(path, '{"cut":');
    const { code, stdout, stderr } = await run('app', 'list');
    expect(code).toBe(0);
    expect(stdout).toContain('Billing');
    expect(stdout).not.toContain('Broken');
    expect(stderr).toMatch(new RegExp(`^Warning: App ${id} cannot be opened: .*left as it is`));
    expect((await runJson('app', 'add', 'Another')).code).toBe(0);
    expect(readFileSync(path, 'utf8')).toBe('{"cut":');
  });
});
