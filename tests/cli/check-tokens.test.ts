import type { RequestListener } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { LoopbackServer } from '../support/loopback-server.ts';
import { SECRET, tessera, tesseraJson } from '../support/run-command.ts';
import { TemporaryHome } from '../support/temporary-vault.ts';

const home = new TemporaryHome();
const run = (...args: readonly string[]) => tessera(args, { home: home.path });
const runJson = (...args: readonly string[]) => tesseraJson(args, { home: home.path });

const resultsSchema = z.array(
  z.strictObject({
    id: z.uuid(),
    name: z.string(),
    app: z.string(),
    outcome: z.enum(['accepted', 'refused', 'unclear']),
    limited: z.boolean(),
    identity: z.string().nullable(),
    message: z.string(),
    code: z.string().nullable(),
    expiresAt: z.iso.datetime().nullable(),
    scopes: z.array(z.string()),
    checkedAt: z.iso.datetime(),
  }),
);

/** Knows the token `good`, has forgotten `bad`, and has trouble with `odd`. */
const github: RequestListener = ({ headers }, response) => {
  const status = { 'Bearer good': 200, 'Bearer bad': 401 }[headers.authorization ?? ''] ?? 500;
  const expiry = { 'GitHub-Authentication-Token-Expiration': '2099-10-07 19:07:53 UTC' };
  response.writeHead(status, status === 200 ? expiry : {});
  response.end(status === 200 ? '{"login":"ada"}' : `{"message":"not ${SECRET}"}`);
};

let server: LoopbackServer;
beforeAll(async () => {
  server = await LoopbackServer.start(github);
  const { vault, apps, tokens } = await home.create();
  const code = apps.create({ name: 'Code', provider: 'github', baseUrl: server.url });
  const past = apps.create({ name: 'Past', provider: 'github', baseUrl: server.url });
  tokens.add(past.id, { name: 'past', scheme: 'bearer', secret: 'good', expiresAt: '2020-01-01T00:00:00Z' });
  const own = apps.create({ name: 'Own', baseUrl: server.url });
  for (const name of ['good', 'bad', 'odd']) tokens.add(code.id, { name, scheme: 'bearer', secret: name });
  tokens.add(own.id, { name: 'mine', scheme: 'bearer', secret: 'good' });
  vault.close();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  home[Symbol.dispose]();
});

describe('token check', () => {
  it('says whose a token is and until when, and keeps it', async () => {
    const { code, value } = await runJson('token', 'check', 'good', '--app', 'Code');
    expect(code).toBe(0);
    expect(resultsSchema.parse(value)).toMatchObject([
      {
        name: 'good',
        app: 'Code',
        outcome: 'accepted',
        identity: 'ada',
        expiresAt: '2099-10-07T19:07:53.000Z',
      },
    ]);
    const listed = await runJson('token', 'list', '--app', 'Code');
    expect(listed.value).toMatchObject([
      {},
      { name: 'good', check: { outcome: 'accepted', identity: 'ada' } },
      {},
    ]);
  });

  it('ends with 1 where one is refused, and says why', async () => {
    const { code, stdout } = await run('token', 'check', 'good', 'bad', '--app', 'Code');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^✓ good \(Code\) ada\. The provider accepts it\./m);
    expect(stdout).toMatch(/^✗ bad \(Code\) GitHub does not know this token/m);
    expect(stdout).toMatch(/^1 accepted, 1 refused, 0 unclear$/m);
  });

  it('ends with 5 where an answer does not say', async () => {
    const { code, value } = await runJson('token', 'check', 'odd', '--app', 'Code');
    expect(code).toBe(5);
    expect(resultsSchema.parse(value)).toMatchObject([
      { outcome: 'unclear', message: 'The answer is 500 Internal Server Error.' },
    ]);
  });

  it('ends with 4 where a token was not sent, because it has expired', async () => {
    const { code, stdout } = await run('token', 'check', 'past', '--app', 'Past');
    expect(code).toBe(4);
    expect(stdout).toMatch(/^\? past \(Past\) The token past expired at/m);
  });

  it('of all apps leaves out one that it cannot check, and says so', async () => {
    const { code, value, stderr } = await runJson('token', 'check', '--all');
    expect(code).toBe(1);
    expect(
      resultsSchema
        .parse(value)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['bad', 'good', 'odd', 'past']);
    expect(stderr).toMatch(/^Warning: Own was left out\. .*--check/m);
  });

  it('of an app without a provider wants a request to check with, which can be set', async () => {
    expect(await run('token', 'check', 'mine', '--app', 'Own')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^CHECK_NOT_SET: .* `tessera app edit` .*--check "GET \/me"/),
    });
    expect((await run('app', 'edit', 'Own', '--check', 'GET /me')).stdout).toMatch(/check +GET \/me$/m);
    expect(await run('token', 'check', 'mine', '--app', 'Own')).toMatchObject({ code: 0 });
    expect((await run('app', 'edit', 'Own', '--check', 'none')).stdout).toMatch(/check +the provider’s$/m);
  });

  it('keeps what was typed, and takes the provider’s values over when told to', async () => {
    const edit = ['token', 'edit', 'good', '--app', 'Code', '--expires', '2090-01-31'] as const;
    expect((await run(...edit)).code).toBe(0);
    const check = ['token', 'check', 'good', '--app', 'Code'] as const;
    const typed = await run(...check);
    expect(typed.stdout).toMatch(/The date that was typed stays/);
    const { value } = await runJson(...check, '--take-over');
    expect(resultsSchema.parse(value)).toMatchObject([
      {
        expiresAt: '2099-10-07T19:07:53.000Z',
        message: expect.stringMatching(/Its expiry was taken over: 2099-10-07 19:07 UTC/),
      },
    ]);
    expect((await run(...check)).stdout).not.toMatch(/typed/);
  });

  it.each([
    ['no names', []],
    ['names and --all', ['good', '--all', '--app', 'Code']],
    ['names without an app', ['good']],
  ])('wants to know which: %s', async (_what, args) => {
    expect(await run('token', 'check', ...args)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^INVALID_INPUT: /),
    });
  });

  it('does not check another app’s token', async () => {
    expect(await run('token', 'check', 'mine', '--app', 'Code')).toMatchObject({ code: 4 });
  });
});
