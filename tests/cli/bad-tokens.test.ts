import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SECRET, tessera, tesseraJson } from '../support/run-command.ts';
import { TemporaryHome } from '../support/temporary-vault.ts';

const HTML = '<img src=x onerror=alert(1)>';
// The longest that systems let an argument be is less than a megabyte.
const HUGE = 'x'.repeat(120_000);

let home: TemporaryHome;
const run = (args: readonly string[], input = '') => tessera(['token', ...args], { home: home.path, input });
const runJson = (args: readonly string[], input = '') =>
  tesseraJson(['token', ...args], { home: home.path, input });

beforeAll(async () => {
  home = new TemporaryHome();
  const { vault, apps, tokens } = await home.create();
  const { id } = apps.create({ name: 'Phone', provider: 'airfocus', baseUrl: 'http://127.0.0.1:1' });
  for (const name of ['main', 'second'])
    tokens.add(id, { name, scheme: 'bearer', secret: `${SECRET}${name}` });
  vault.close();
});
afterAll(() => home[Symbol.dispose]());

/** Every command that is told a token or an app, without `--app`. */
const commands: readonly (readonly string[])[] = [
  ['add', 'new', '--scheme', 'bearer', '--secret-stdin'],
  ['calendar', '--output', 'nowhere.ics'],
  ['check', 'main'],
  ['copy', 'main', 'new', '--secret-stdin'],
  ['edit', 'main', '--note', 'x'],
  ['list'],
  ['login', 'main'],
  ['logout', 'main'],
  ['mark', 'main', '--compromised'],
  ['refresh', 'main'],
  ['remove', 'main'],
  ['reveal', 'main'],
  ['rotate', 'main', '--secret-stdin'],
];

const phone = ['--app', 'Phone'] as const;
const secret = ['--secret-stdin'] as const;

describe('a command for tokens', () => {
  it.each(commands)('token %s says that there is no such app', async (...args) => {
    const { code, value } = await runJson([...args, '--app', 'Fax'], SECRET);
    expect(code).toBe(2);
    expect(value).toEqual({
      error: expect.objectContaining({
        code: 'APP_NOT_FOUND',
        message: expect.stringMatching(/no app named "Fax"/),
      }),
    });
  });

  it.each([
    ['add', ['add', 'new', ...phone, '--scheme', 'bearer', ...secret]],
    ['edit', ['edit', 'main', ...phone]],
    ['rotate', ['rotate', 'main', ...phone, ...secret]],
    ['copy', ['copy', 'main', 'new', ...phone, ...secret]],
  ])('token %s refuses a date in the past', async (_name, args) => {
    const { code, stderr } = await run([...args, '--expires', '31-01-2020'], SECRET);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^INVALID_INPUT: --expires is in the past \(2020-.*Check the date/);
  });

  it.each([
    ['add', ['add', 'old', ...phone, '--scheme', 'bearer', ...secret]],
    ['edit', ['edit', 'second', ...phone]],
    ['copy', ['copy', 'main', 'old copy', ...phone, ...secret]],
  ])('token %s takes a date in the past that is meant', async (_name, args) => {
    const { code, value } = await runJson(
      [...args, '--expires', '2020-01-31T12:00:00Z', '--allow-expired'],
      `${SECRET} of ${args[1]}`,
    );
    expect(code).toBe(0);
    expect(value).toMatchObject({ expiresAt: '2020-01-31T12:00:00.000Z', state: 'expired' });
  });

  it('token add refuses what says itself that it has expired, unless that is meant', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const jwt = `${part({ alg: 'HS256' })}.${part({ exp: 1_580_472_000 })}.c2lnbmF0dXJl`;
    const add = ['add', 'jwt', ...phone, ...secret];
    const refused = await runJson(add, jwt);
    expect([refused.code, refused.value]).toEqual([
      2,
      {
        error: expect.objectContaining({
          code: 'INVALID_INPUT',
          message: expect.stringMatching(/^This token says itself that it has expired \(2020-01-31/),
        }),
      },
    ]);
    expect((await runJson([...add, '--allow-expired'], jwt)).value).toMatchObject({ state: 'expired' });
  });

  it.each([
    ['add', (name: string) => ['add', name, ...phone, '--scheme', 'bearer', ...secret]],
    ['edit', (name: string) => ['edit', 'main', ...phone, '--name', name]],
    ['copy', (name: string) => ['copy', 'main', name, ...phone, ...secret]],
  ])('token %s refuses a name that is long, taken or none', async (_name, args) => {
    for (const [name, code, sentence] of [
      [HUGE, 'INVALID_INPUT', /at most 100 characters/],
      ['SECOND', 'NAME_TAKEN', /"SECOND" already/],
      [' ', 'INVALID_INPUT', /a name is needed/],
      ['two\nlines', 'INVALID_INPUT', /one line of visible characters/],
    ] as const) {
      const { code: exit, value } = await runJson(args(name), `${SECRET} of its own`);
      expect(exit).toBe(2);
      expect(value).toEqual({
        error: expect.objectContaining({ code, message: expect.stringMatching(sentence) }),
      });
      expect(JSON.stringify(value).length).toBeLessThan(1000);
    }
  });

  it('token add and copy keep HTML in a name as text, and warn of a scope that the provider does not list', async () => {
    const added = await runJson(
      ['add', HTML, ...phone, '--scheme', 'bearer', '--scope', 'taem', ...secret],
      SECRET,
    );
    expect(added.value).toMatchObject({ name: HTML, scopes: ['taem'] });
    expect(added.stderr).toMatch(/^Warning: airfocus has no scope taem/m);
    const copied = await runJson(['copy', HTML, `${HTML} 2`, ...phone, ...secret], `${SECRET} too`);
    expect(copied.value).toMatchObject({ name: `${HTML} 2` });
    expect((await run(['list', ...phone])).stdout).toContain(HTML);
  });

  it('token rotate takes nothing for an overlap but days in digits: an empty one would drop the value before', async () => {
    for (const overlap of ['', '0x7', '91']) {
      const { code, value } = await runJson(
        ['rotate', 'main', ...phone, ...secret, `--overlap=${overlap}`],
        `${SECRET} rotated`,
      );
      expect([overlap, code, value]).toEqual([
        overlap,
        2,
        { error: expect.objectContaining({ code: 'INVALID_INPUT', details: { path: 'overlapDays' } }) },
      ]);
    }
  });

  it('token edit takes no scopes beside none', async () => {
    const { code, stderr } = await run(['edit', 'main', ...phone, '--scope', 'team', '--no-scopes']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^INVALID_INPUT: Say --no-scopes, or which ones/);
  });

  it('token remove removes a token once that is named twice', async () => {
    const added = await runJson(
      ['add', 'twice', ...phone, '--scheme', 'bearer', ...secret],
      `${SECRET} twice`,
    );
    const { id } = added.value as { id: string };
    const { code, value } = await runJson(['remove', 'twice', id, 'TWICE', ...phone]);
    expect([code, value]).toEqual([0, { removed: id, defaultOf: [] }]);
  });

  it('token calendar says what is wrong with its file, and nothing of requests', async () => {
    for (const file of [home.path, join(home.path, 'nowhere', 'x.ics')]) {
      const { code, stderr } = await run(['calendar', '--output', file]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^WRITE_FAILED: /);
      expect(stderr).not.toContain('sent');
    }
  });

  it('token edit and rotate take a number of days for an expiry', async () => {
    for (const args of [
      ['edit', 'second', ...phone],
      ['rotate', 'second', ...phone, ...secret],
    ]) {
      const { value } = await runJson([...args, '--expires', 'in 90 days'], `${SECRET} soon`);
      expect(value).toMatchObject({ state: 'valid', daysLeft: 90 });
    }
  });
});
