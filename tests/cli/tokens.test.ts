import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SECRET, tessera, tesseraJson } from '../support/run-command.ts';
import { TemporaryHome } from '../support/temporary-vault.ts';

const home = new TemporaryHome();
const run = (args: readonly string[], input: string | Buffer = SECRET) =>
  tessera(args, { home: home.path, input });
const runJson = (args: readonly string[], input: string | Buffer = SECRET) =>
  tesseraJson(args, { home: home.path, input });

const tokenSchema = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  app: z.string(),
  scheme: z.enum(['basic', 'bearer', 'query', 'header']),
  provider: z.string().nullable(),
  field: z.string().nullable(),
  tokenId: z.string().nullable(),
  scopes: z.array(z.string()),
  expiresAt: z.iso.datetime().nullable(),
  isExpiryKnown: z.boolean(),
  state: z.enum(['valid', 'expiring', 'expired', 'never-expires', 'unknown']),
  daysLeft: z.int().nullable(),
  notes: z.string(),
  actsAs: z.enum(['person', 'bot']),
  createdAt: z.iso.datetime(),
  rotatedAt: z.null(),
  lastUsedAt: z.null(),
  compromisedAt: z.null(),
  retiresAt: z.null(),
  replacedBy: z.null(),
  check: z.null(),
  connectedAt: z.null(),
  refreshExpiresAt: z.null(),
  isRenewable: z.literal(false),
});

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

/** A new token with a secret from standard input. */
const add = (name: string, ...options: string[]) => [
  'token',
  'add',
  name,
  '--app',
  'Phone',
  '--secret-stdin',
  ...options,
];

beforeAll(async () => {
  const { vault, apps, tokens } = await home.create();
  const phone = apps.create({ name: 'Phone', provider: 'sipgate', baseUrl: 'http://127.0.0.1:1/v2' });
  const billing = apps.create({ name: 'Billing' });
  const common = { scheme: 'bearer', secret: SECRET } as const;
  tokens.add(phone.id, { ...common, name: 'old', expiresAt: inDays(-1) });
  tokens.add(phone.id, { ...common, name: 'soon', expiresAt: inDays(5.5) });
  tokens.add(phone.id, { ...common, name: 'late', expiresAt: inDays(99.5) });
  tokens.add(billing.id, { ...common, name: 'ever' });
  vault.close();
});
afterAll(() => home[Symbol.dispose]());

describe('token list', () => {
  it('gives each token with its state and without its secret', async () => {
    const { code, value } = await runJson(['token', 'list']);
    expect(code).toBe(0);
    const states = z
      .array(tokenSchema)
      .parse(value)
      .map((token) => [token.app, token.name, token.state, token.daysLeft]);
    expect(states).toEqual([
      ['Billing', 'ever', 'never-expires', null],
      ['Phone', 'late', 'valid', 100],
      ['Phone', 'old', 'expired', null],
      ['Phone', 'soon', 'expiring', 6],
    ]);
  });

  it('shows a table with the state in words', async () => {
    const { stdout } = await run(['token', 'list', '--app', 'Phone']);
    expect(stdout).toMatch(/^NAME +APP +SCHEME +SCOPES +EXPIRES +STATE\n/);
    expect(stdout).toMatch(/^soon +Phone +bearer +– +\d{4}-\d\d-\d\d +expires in 6 days$/m);
    expect(stdout).not.toContain('ever');
  });

  it('finds what has expired or soon will', async () => {
    const { value } = await runJson(['token', 'list', '--expiring', '30']);
    expect(
      z
        .array(tokenSchema)
        .parse(value)
        .map(({ name }) => name),
    ).toEqual(['old', 'soon']);
    expect(await run(['token', 'list', '--expiring', 'soon'])).toMatchObject({ code: 2 });
  });
});

describe('the days before the end at which one is warned', () => {
  it('can be set, and then make the state and the list', async () => {
    using mine = new TemporaryHome();
    const { vault, apps, tokens } = await mine.create();
    const { id } = apps.create({ name: 'Phone' });
    for (const [name, days] of [
      ['soon', 13.5],
      ['later', 20.5],
    ] as const) {
      tokens.add(id, { scheme: 'bearer', secret: SECRET, name, expiresAt: inDays(days) });
    }
    vault.close();
    const states = async (...options: string[]) => {
      const { value } = await tesseraJson(['token', 'list', ...options], { home: mine.path });
      return z
        .array(tokenSchema)
        .parse(value)
        .map(({ name, state }) => [name, state]);
    };
    expect(await states('--expiring')).toEqual([
      ['later', 'expiring'],
      ['soon', 'expiring'],
    ]);
    const set = (levels: string) =>
      tesseraJson(['settings', 'set', 'expiryLevels', levels], { home: mine.path });
    expect((await set('3,14,3')).value).toMatchObject({ expiryLevels: [14, 3] });
    expect(await states()).toEqual([
      ['later', 'valid'],
      ['soon', 'expiring'],
    ]);
    expect(await states('--expiring')).toEqual([['soon', 'expiring']]);
    for (const levels of ['0', '366', '1,2,3,4,5,6', 'soon', '']) {
      expect(await set(levels)).toMatchObject({ code: 2, value: { error: { code: 'INVALID_INPUT' } } });
    }
  });

  it('make the state that a command says of a token it has changed, too', async () => {
    using mine = new TemporaryHome();
    const { vault, apps, tokens } = await mine.create();
    const app = apps.create({ name: 'Phone' });
    tokens.add(app.id, { scheme: 'bearer', secret: SECRET, name: 'later', expiresAt: inDays(20.5) });
    vault.close();
    await tesseraJson(['settings', 'set', 'expiryLevels', '3,14'], { home: mine.path });
    const editing = ['token', 'edit', 'later', '--app', 'Phone', '--note', 'as before'];
    const { value } = await tesseraJson(editing, { home: mine.path });
    expect(tokenSchema.loose().parse(value)).toMatchObject({ notes: 'as before', state: 'valid' });
  });

  it('of a date alone are counted to the end that its provider means', async () => {
    await run(['app', 'add', 'Lab', '--provider', 'gitlab', '--base-url', 'https://gitlab.example']);
    const options = { home: home.path, input: SECRET, env: { TZ: 'America/Los_Angeles' } };
    const adding = ['--secret-stdin', '--scheme', 'bearer', '--expires', '2099-01-31'];
    const { value } = await tesseraJson(['token', 'add', 'utc', '--app', 'Lab', ...adding], options);
    expect(tokenSchema.parse(value).expiresAt).toBe('2099-01-31T00:00:00.000Z');
  });
});

describe('token calendar', () => {
  it('writes what expires to a file of its owner, and no secrets', async () => {
    const file = join(home.path, 'tokens.ics');
    const { code, value } = await runJson(['token', 'calendar', '--output', file, '--app', 'Phone']);
    expect([code, value]).toEqual([0, { path: file, events: 2 }]);
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^SUMMARY:soon of Phone expires\r$/m);
    expect(text).not.toContain(SECRET);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('says no to a file that cannot be written', async () => {
    const { code, stderr } = await run(['token', 'calendar', '--output', join(home.path, 'none', 'x.ics')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^WRITE_FAILED: /);
  });
});

describe('token add', () => {
  it('keeps what it was given and says until when it works', async () => {
    const scopes = ['--scope', 'account:read', '--scope', 'users:read'];
    const options = ['--scheme', 'basic', '--token-id', 'token-ABC123', '--note', 'for CI', ...scopes];
    const { code, value } = await runJson(add('full', ...options, '--expires', '31-01-2099'));
    expect(code).toBe(0);
    expect(tokenSchema.parse(value)).toMatchObject({
      name: 'full',
      app: 'Phone',
      provider: 'sipgate',
      tokenId: 'token-ABC123',
      scopes: ['account:read', 'users:read'],
      notes: 'for CI',
      state: 'valid',
    });
    const { stdout } = await run(['token', 'list', '--app', 'Phone']);
    expect(stdout).toContain('2099-01-31');
  });

  it.each(['\n', '\r\n'])('drops one line’s end after the secret, here %j, and no more', async (end) => {
    const name = `end ${end.length}`;
    expect((await run(add(name, '--scheme', 'bearer'), `${SECRET}${end}`)).code).toBe(0);
    expect((await run(add('two', '--scheme', 'bearer'), `${SECRET}\n${end}`)).stderr).toMatch(/line breaks/);
    const { vault, apps, tokens } = await home.unlock();
    const { id } = apps.find('Phone');
    const kept = tokens.secrets.open({ appId: id, tokenId: tokens.find(id, name).id });
    expect(kept.toString()).toBe(SECRET);
    vault.close();
  });

  it('says where a token does not look like one of its provider', async () => {
    const { code, stderr } = await run(add('odd', '--scheme', 'basic', '--token-id', 'oops'));
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Warning: This may be mistyped: /);
  });

  it('without a scheme recognises what it is given, and says so', async () => {
    const uuid = '3f1c2b4a-5d6e-4f70-8a9b-0c1d2e3f4a5b';
    const { value, stderr } = await runJson(add('pasted'), `token-ABC123:${uuid}\n`);
    expect(tokenSchema.parse(value)).toMatchObject({ scheme: 'basic', tokenId: 'token-ABC123' });
    expect(stderr).toBe('Recognised: It is an ID and a token of sipgate. Sent as basic.\n');
    const { vault, apps, tokens } = await home.unlock();
    const { id } = apps.find('Phone');
    expect(tokens.secrets.open({ appId: id, tokenId: tokens.find(id, 'pasted').id }).toString()).toBe(uuid);
    vault.close();
  });

  it('reads expiry and scopes in the answer of a login, unless told otherwise', async () => {
    const answer = JSON.stringify({ access_token: SECRET, expires_in: 80_000, scope: 'a b' });
    const { value } = await runJson(add('login', '--scope', 'c'), answer);
    expect(tokenSchema.parse(value)).toMatchObject({ scheme: 'bearer', scopes: ['c'], daysLeft: 1 });
  });

  it('warns of a token that is another provider’s', async () => {
    const { code, stderr } = await run(add('other'), 'ghp_abc');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Warning: .*another provider/m);
  });

  const bearer = ['--scheme', 'bearer'];
  it.each([
    ['what it does not recognise', add('x'), SECRET, /Say it with --scheme/],
    ['an unknown scheme', add('x', '--scheme', 'magic'), SECRET, /one of basic, bearer, query, header/],
    ['a date that is none', add('x', ...bearer, '--expires', '31-02-2027'), SECRET, /not a date/],
    ['a date in the past', add('x', ...bearer, '--expires', '2020-01-31'), SECRET, /in the past/],
    ['basic without its token ID', add('x', '--scheme', 'basic'), SECRET, /needs a token ID/],
    ['header without its name', add('x', '--scheme', 'header'), SECRET, /name of its header/],
    ['an empty name', add(' ', ...bearer), SECRET, /name is needed/],
    ['a name that is taken', add('SOON', ...bearer), SECRET, /already/],
    ['no secret', add('x', ...bearer), '', /secret is empty/],
    ['a secret of 10 MB', add('x', ...bearer), Buffer.alloc(10_000_000, 'a'), /longer than 65,538 bytes/],
    ['a secret that is not text', add('x', ...bearer), Buffer.from([0xff, 0xfe, 0x01]), /not UTF-8/],
    ['no way to give a secret', ['token', 'add', 'x', '--app', 'Phone', ...bearer], SECRET, /--secret-stdin/],
    [
      'a secret as an argument',
      [...add('x', ...bearer), '--secret', SECRET],
      '',
      /never given as an argument/,
    ],
    ['a secret after =', [...add('x', ...bearer), `--secret=${SECRET}`], '', /never given as an argument/],
  ])('refuses %s', async (_what, args, input, sentence) => {
    const { code, stdout, stderr } = await run(args, input);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^(INVALID_INPUT|NAME_TAKEN): /);
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('token remove', () => {
  it('takes a token by name within its app', async () => {
    await run(add('by name', '--scheme', 'bearer'));
    expect(await run(['token', 'remove', 'by name', '--app', 'Phone'])).toMatchObject({ code: 0 });
    expect(await run(['token', 'remove', 'by name', '--app', 'Phone'])).toMatchObject({ code: 2 });
  });

  it('takes a token by its id, and asks whose where it is given a name', async () => {
    const { value } = await runJson(add('by id', '--scheme', 'bearer'));
    expect((await run(['token', 'remove', 'by id'])).stderr).toMatch(/^TOKEN_NOT_FOUND: .*--app APP/);
    const { id } = tokenSchema.parse(value);
    expect((await runJson(['token', 'remove', id])).value).toEqual({
      removed: id,
      defaultOf: [],
    });
  });

  it('does not take another app’s token', async () => {
    const { code, stderr } = await run(['token', 'remove', 'ever', '--app', 'Phone']);
    expect(code).toBe(4);
    expect(stderr).toMatch(/^TOKEN_OF_OTHER_APP: /);
  });
});
