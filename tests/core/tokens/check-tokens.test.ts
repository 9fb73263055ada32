import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { requestSchema } from '../../../shared/requests/request.ts';
import type { TokenCheckResult } from '../../../shared/tokens/token-check.ts';
import { PASSPHRASE } from '../../support/temporary-vault.ts';
import { type Answering, always, CHECKED_SECRET, TokenChecks } from '../../support/token-checks.ts';

let checks: TokenChecks;

beforeAll(async () => {
  checks = await TokenChecks.start();
});
afterAll(() => checks[Symbol.asyncDispose]());
beforeEach(() => checks.reset());

describe('an app without a provider', () => {
  it('says that it needs a request to check with, in words that hold for window and command', async () => {
    const { app } = checks.makeApp(null, [{}]);
    await expect(checks.tessera.checkTokens(app.id, null)).rejects.toMatchObject({
      code: 'CHECK_NOT_SET',
      message: expect.stringMatching(/^(?!.*(--|checks.tessera)).* Set the app's check: .* GET \/me\.$/),
    });
    expect(checks.asked).toEqual([]);
  });

  it('is asked by the request that it was given', async () => {
    const check = { method: 'GET', path: '/me' } as const;
    checks.answering = always({ body: 'hello' });
    expect(await checks.checkOne(null, {}, { check })).toMatchObject({ check: { outcome: 'accepted' } });
    checks.answering = always({ status: 401 });
    expect(await checks.checkOne(null, {}, { check })).toMatchObject({ check: { outcome: 'refused' } });
    checks.answering = always({ status: 403 });
    expect(await checks.checkOne(null, {}, { check })).toMatchObject({ check: { outcome: 'unclear' } });
    expect(checks.asked).toEqual(['GET /me', 'GET /me', 'GET /me']);
  });

  it('learns of a JWT from the token itself', async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const secret = `${part({ alg: 'none' })}.${part({ exp: 4_102_444_800, scope: 'a b' })}.c2ln`;
    const { kept } = await checks.checkOne(null, { secret }, { check: { method: 'GET', path: '/me' } });
    expect(kept).toMatchObject({ expiresAt: '2100-01-01T00:00:00.000Z', scopes: ['a', 'b'] });
  });
});

describe('what says nothing of the token', () => {
  it.each<[string, Answering]>([
    ['a server that fails', always({ status: 500 })],
    ['too many requests', always({ status: 429 })],
    ['a page', always({ body: '<html>Welcome</html>' })],
    ['an answer that breaks off', (_request, response) => response.socket?.destroy()],
  ])('is unclear: %s', async (_what, answer) => {
    checks.answering = answer;
    const { check, kept } = await checks.checkOne('github');
    expect(check.outcome).toBe('unclear');
    expect(kept.check?.message).not.toBe('');
  });

  it('is unclear: a redirect, which is not followed to a page that greets everybody', async () => {
    checks.answering = ({ url }, response) => {
      if (url === '/user') response.writeHead(302, { Location: '/login' });
      response.end('{}');
    };
    expect(await checks.checkOne('github')).toMatchObject({ check: { outcome: 'unclear' } });
    expect(checks.asked).toEqual(['GET /user']);
  });

  it('is not covered up by a cookie of the app', async () => {
    const cookies: (string | undefined)[] = [];
    checks.answering = ({ headers }, response) => {
      cookies.push(headers.cookie);
      response.setHeader('Set-Cookie', 'session=ada');
      response.end('{}');
    };
    const { app } = checks.makeApp('github', [{}]);
    (await checks.tessera.send(app.id, requestSchema.parse({ url: '/login' }))).body.close();
    await checks.tessera.checkTokens(app.id, null);
    (await checks.tessera.send(app.id, requestSchema.parse({ url: '/me' }))).body.close();
    expect(cookies).toEqual([undefined, undefined, 'session=ada']);
  });

  it('is unclear, with its code: a network that fails', async () => {
    const { code, check } = await checks.checkOne('github', {}, { baseUrl: 'http://127.0.0.1:1' });
    expect([code, check.outcome]).toEqual(['NETWORK_REFUSED', 'unclear']);
  });

  it('is unclear, and nothing is sent: an origin that is not allowed', async () => {
    const { code } = await checks.checkOne('github', {}, { allowedOrigins: ['https://api.github.com'] });
    expect([code, checks.asked]).toEqual(['ORIGIN_NOT_ALLOWED', []]);
  });

  it('is unclear, and nothing is sent: a token that has expired', async () => {
    const { code } = await checks.checkOne('github', { expiresAt: '2020-01-01T00:00:00Z' });
    expect([code, checks.asked]).toEqual(['TOKEN_EXPIRED', []]);
  });
});

describe('several tokens', () => {
  it('are asked about at most four at a time', async () => {
    let open = 0;
    let most = 0;
    const held: (() => void)[] = [];
    checks.answering = (_request, response) => {
      open += 1;
      most = Math.max(most, open);
      held.push(() => {
        open -= 1;
        response.end('{"login":"ada"}');
      });
    };
    const { app } = checks.makeApp(
      'github',
      Array.from({ length: 10 }, () => ({})),
    );
    const progress: number[] = [];
    const checking = checks.tessera.checkTokens(app.id, null, {
      onResult: (_result, done) => progress.push(done),
    });
    for (let answered = 0; answered < 10; answered += 1) {
      await vi.waitFor(() => expect(held.length).toBeGreaterThan(0));
      if (answered === 0) await vi.waitFor(() => expect(held).toHaveLength(4));
      held.shift()?.();
    }
    const { results, cancelled, isKept } = await checking;
    expect([results.length, cancelled, isKept, most]).toEqual([10, false, true, 4]);
    expect(progress).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('can be cancelled, and what was found until then is kept', async () => {
    const controller = new AbortController();
    const { app } = checks.makeApp(
      'github',
      Array.from({ length: 8 }, () => ({})),
    );
    checks.answering = (_request, response) => {
      if (checks.asked.length === 4) response.end('{"login":"ada"}');
    };
    const onResult = (_result: TokenCheckResult) => controller.abort();
    const summary = await checks.tessera.checkTokens(app.id, null, { signal: controller.signal, onResult });
    expect(summary).toMatchObject({ cancelled: true, results: [{ check: { outcome: 'accepted' } }] });
    expect(checks.tessera.tokens.list(app.id).filter(({ check }) => check !== null)).toHaveLength(1);
  });

  it('keep nothing of a check whose token got another secret meanwhile', async () => {
    const { app, tokens } = checks.makeApp('github', [{}]);
    const [token] = tokens;
    const waiting = Promise.withResolvers<ServerResponse>();
    checks.answering = (_request, response) => waiting.resolve(response);
    const checking = checks.tessera.checkTokens(app.id, null);
    const response = await waiting.promise;
    checks.tessera.tokens.rotate({ appId: app.id, tokenId: token?.id ?? '' }, Buffer.from('next'), {
      overlapDays: 0,
    });
    response.statusCode = 401;
    response.end('{}');
    expect((await checking).results).toMatchObject([{ check: { outcome: 'refused' } }]);
    expect(checks.tessera.tokens.find(app.id, '1').check).toBeNull();
  });

  it('end with an error where the vault is locked meanwhile', async () => {
    const { app } = checks.makeApp('github', [{}, {}]);
    checks.answering = () => undefined;
    const checking = checks.tessera.checkTokens(app.id, null);
    await vi.waitFor(() => expect(checks.asked).toHaveLength(2));
    checks.tessera.vault.lock();
    await expect(checking).rejects.toMatchObject({ code: 'VAULT_LOCKED' });
    await checks.tessera.vault.unlock({ kind: 'passphrase', passphrase: PASSPHRASE });
  });

  it('of which one has no secret to show leave none in what is kept', async () => {
    checks.answering = always({ status: 401, body: { message: `bad token ${CHECKED_SECRET}` } });
    const { check } = await checks.checkOne('github');
    expect(JSON.stringify(check)).not.toContain(CHECKED_SECRET);
  });

  it('leave no half of a secret in an identity that is longer than what is kept', async () => {
    const spelt = Array.from(CHECKED_SECRET, (each) => `\\u00${each.charCodeAt(0).toString(16)}`).join('');
    checks.answering = (_request, response) =>
      response.end(`{"login":"${'-'.repeat(395)}${spelt}${'-'.repeat(900)}"}`);
    const { kept } = await checks.checkOne('github');
    expect(kept.check?.identity).toMatch(/^-{395}••••-…$/);
  });
});
