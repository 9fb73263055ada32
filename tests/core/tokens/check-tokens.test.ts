import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { providerOf } from '../../../core/providers/providers.ts';
import { openConfDocument } from '../../../core/storage/conf-document.ts';
import { Tessera } from '../../../core/tessera.ts';
import { systemKeychain } from '../../../core/vault/system-keychain.ts';
import type { NewApp } from '../../../shared/apps/app.ts';
import type { ProviderId, ProviderScheme } from '../../../shared/providers/provider.ts';
import { requestSchema } from '../../../shared/requests/request.ts';
import type { NewToken } from '../../../shared/tokens/token.ts';
import type { TokenCheckResult } from '../../../shared/tokens/token-check.ts';
import { LoopbackServer } from '../../support/loopback-server.ts';
import { CHEAP_KDF, PASSPHRASE, TemporaryHome } from '../../support/temporary-vault.ts';

const SECRET = 'kY7-the-secret-of-these-tests';
const BEARER: ProviderScheme = { scheme: 'bearer', labels: { secret: 'Token' } };

interface PlannedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

type Answering = (request: IncomingMessage, response: ServerResponse) => void;

let home: TemporaryHome;
let tessera: Tessera;
let server: LoopbackServer;
let answering: Answering;
const asked: string[] = [];

/** The same answer to every request. */
const always =
  ({ status = 200, headers = {}, body }: PlannedAnswer): Answering =>
  (_request, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
  };

beforeAll(async () => {
  home = new TemporaryHome();
  tessera = new Tessera({
    home: home.path,
    openDocument: openConfDocument,
    keychain: systemKeychain,
    kdf: CHEAP_KDF,
  });
  await tessera.vault.create(PASSPHRASE);
  server = await LoopbackServer.start((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answering(request, response);
  });
});
afterAll(async () => {
  await tessera.close();
  await server[Symbol.asyncDispose]();
  home[Symbol.dispose]();
});
beforeEach(() => {
  asked.length = 0;
  answering = always({});
});

let count = 0;
/** An app of a provider that lives on the server, with tokens `1`, `2`, … */
function makeApp(
  provider: ProviderId | null,
  tokens: readonly Partial<NewToken>[],
  changes: Partial<NewApp> = {},
) {
  count += 1;
  const base = providerOf(provider)?.baseUrls[0]?.url ?? '';
  const path = /^[^/]+:\/\/[^/]+(.*)$/.exec(base)?.[1] ?? '';
  const app = tessera.apps.create({ name: `App ${count}`, provider, baseUrl: server.url + path, ...changes });
  const scheme: ProviderScheme = providerOf(provider)?.schemes[0] ?? BEARER;
  const made = tokens.map((token, index) =>
    tessera.tokens.add(app.id, {
      name: String(index + 1),
      scheme: scheme.scheme,
      field: scheme.field ?? null,
      tokenId: scheme.scheme === 'basic' ? 'me@example.com' : null,
      secret: SECRET,
      ...token,
    }),
  );
  return { app, tokens: made };
}

/** Checks the only token of a new app. */
async function checkOne(
  provider: ProviderId | null,
  token: Partial<NewToken> = {},
  changes: Partial<NewApp> = {},
) {
  const { app } = makeApp(provider, [token], changes);
  const { results } = await tessera.checkTokens(app.id, null);
  const [result] = results;
  if (result === undefined) throw new Error('There is no result.');
  return { ...result, app, kept: tessera.tokens.find(app.id, '1') };
}

describe('a provider', () => {
  interface Row {
    readonly provider: ProviderId;
    readonly asks: string;
    readonly accepts: PlannedAnswer;
    readonly identity: string | null;
    readonly expiresAt?: string | null;
    readonly scopes?: readonly string[];
    readonly remoteId?: string;
    readonly refuses: PlannedAnswer;
    readonly limits?: PlannedAnswer;
  }

  const ROWS: readonly Row[] = [
    {
      provider: 'sipgate',
      asks: 'GET /v2/account',
      accepts: { body: { company: 'Ada GmbH', mainProductType: 'TEAM', logoUrl: '', verified: true } },
      identity: 'Ada GmbH (TEAM)',
      refuses: { status: 401, body: '' },
      limits: { status: 403, body: '' },
    },
    {
      provider: 'virtuozzo',
      asks: `GET /1.0/users/account/rest/getuserinfo?session=${SECRET}`,
      accepts: { body: { result: 0, uid: 1, email: 'ada@example.com', name: 'Ada', status: 1 } },
      identity: 'Ada (ada@example.com)',
      refuses: { body: { result: 3, error: 'invalid parameter [session]' } },
      limits: { body: { result: 8202, error: 'permission denied' } },
    },
    {
      provider: 'airfocus',
      asks: 'GET /api/profile',
      accepts: {
        body: { userId: 'u', teamId: 't', email: 'ada@example.com', fullName: 'Ada', role: 'admin' },
      },
      identity: 'Ada (ada@example.com)',
      refuses: { status: 401, body: { code: 'missing_token', message: '' } },
      limits: { status: 403, body: { code: 'forbidden', message: '' } },
    },
    {
      provider: 'github',
      asks: 'GET /user',
      accepts: {
        headers: {
          'GitHub-Authentication-Token-Expiration': '2099-10-07 19:07:53 +0900',
          'X-OAuth-Scopes': 'repo, read:user',
        },
        body: { login: 'ada' },
      },
      identity: 'ada',
      expiresAt: '2099-10-07T10:07:53.000Z',
      scopes: ['repo', 'read:user'],
      refuses: { status: 401, body: { message: 'Bad credentials' } },
      limits: { status: 403, body: { message: 'Resource not accessible by personal access token' } },
    },
    {
      provider: 'gitlab',
      asks: 'GET /api/v4/personal_access_tokens/self',
      accepts: {
        body: {
          id: 4,
          name: 'ci',
          revoked: false,
          scopes: ['api'],
          user_id: 2,
          active: true,
          expires_at: '2099-01-31',
        },
      },
      identity: 'ci (user 2)',
      expiresAt: '2099-01-31T00:00:00.000Z',
      scopes: ['api'],
      remoteId: '4',
      refuses: { body: { id: 4, name: 'ci', revoked: true, active: false } },
      limits: { status: 403, body: { message: '403 Forbidden' } },
    },
    {
      provider: 'slack',
      asks: 'POST /api/auth.test',
      accepts: {
        headers: { 'X-OAuth-Scopes': 'chat:write' },
        body: { ok: true, team: 'Engines', user: 'ada' },
      },
      identity: 'ada (Engines)',
      scopes: ['chat:write'],
      refuses: { body: { ok: false, error: 'token_revoked' } },
      limits: { body: { ok: false, error: 'missing_scope', needed: 'x' } },
    },
    {
      provider: 'stripe',
      asks: 'GET /v1/balance',
      accepts: { body: { object: 'balance', livemode: false } },
      identity: 'test mode',
      refuses: { status: 401, body: { error: { type: 'invalid_request_error' } } },
      limits: { status: 403, body: { error: {} } },
    },
    {
      provider: 'npm',
      asks: 'GET /-/whoami',
      accepts: { body: { username: 'ada' } },
      identity: 'ada',
      refuses: { status: 401, body: {} },
    },
    {
      provider: 'openai',
      asks: 'GET /v1/models',
      accepts: { body: { object: 'list', data: [] } },
      identity: null,
      refuses: { status: 401, body: { error: { code: 'invalid_api_key' } } },
      limits: { status: 403, body: { error: {} } },
    },
    {
      provider: 'atlassian',
      asks: 'GET /rest/api/3/myself',
      accepts: { body: { accountId: 'a', displayName: 'Ada', emailAddress: 'me@example.com' } },
      identity: 'Ada (me@example.com)',
      refuses: { status: 401, body: {} },
    },
    {
      provider: 'digitalocean',
      asks: 'GET /v2/account',
      accepts: { body: { account: { email: 'ada@example.com', status: 'active' } } },
      identity: 'ada@example.com',
      refuses: { status: 401, body: { id: 'unauthorized', message: 'Unable to authenticate you.' } },
      limits: { status: 403, body: { id: 'forbidden' } },
    },
    {
      provider: 'cloudflare',
      asks: 'GET /client/v4/user/tokens/verify',
      accepts: {
        body: { success: true, result: { id: 'ed17', status: 'active', expires_on: '2099-01-01T00:00:00Z' } },
      },
      identity: null,
      expiresAt: '2099-01-01T00:00:00.000Z',
      remoteId: 'ed17',
      refuses: { body: { success: true, result: { id: 'ed17', status: 'disabled' } } },
    },
  ];

  it.each(ROWS)('$provider is asked by its own request, and its answer is read', async (row) => {
    answering = always(row.accepts);
    const { check, kept } = await checkOne(row.provider);
    expect(asked).toEqual([row.asks]);
    expect(check).toMatchObject({ outcome: 'accepted', identity: row.identity });
    expect(kept.check).toEqual(check);
    expect(kept.expiresAt).toBe(row.expiresAt ?? null);
    expect(kept.scopes).toEqual(row.scopes ?? []);
    expect(kept.remoteId).toBe(row.remoteId ?? null);
  });

  it.each(ROWS)('$provider says by its own rule that a token is bad, and why', async (row) => {
    answering = always(row.refuses);
    const { check, isLimited } = await checkOne(row.provider);
    expect(check.outcome).toBe('refused');
    expect(isLimited).toBe(false);
    expect(check.message.length).toBeGreaterThan(20);
  });

  it.each(
    ROWS.filter(({ limits }) => limits !== undefined),
  )('$provider knows a token that may not do just this', async ({ provider, limits }) => {
    answering = always(limits ?? {});
    expect(await checkOne(provider)).toMatchObject({ check: { outcome: 'accepted' }, isLimited: true });
  });

  it('of a PBX is asked twice: who, and until when', async () => {
    answering = ({ url }, response) => {
      const body =
        url === '/api/login'
          ? { access_token: SECRET, expires_at: '2099-01-01T00:00:00Z', expires_in: 1800, role: 'admin' }
          : { role: 'admin' };
      response.end(JSON.stringify(body));
    };
    const { kept } = await checkOne('portsip');
    expect(asked).toEqual(['GET /api/auth/user', 'GET /api/login']);
    expect(kept).toMatchObject({ expiresAt: '2099-01-01T00:00:00.000Z', check: { identity: 'admin' } });
  });

  it('of a PBX whose second answer fails is accepted all the same', async () => {
    answering = ({ url }, response) => {
      response.statusCode = url === '/api/login' ? 500 : 200;
      response.end('{}');
    };
    expect(await checkOne('portsip')).toMatchObject({
      check: { outcome: 'accepted' },
      kept: { expiresAt: null },
    });
  });
});

describe('a token of another provider than its app’s', () => {
  it('is asked about at its own provider, where the app allows it', async () => {
    const { code, check } = await checkOne('github', { provider: 'digitalocean' });
    expect([code, asked]).toEqual(['ORIGIN_NOT_ALLOWED', []]);
    expect(check.message).toContain('https://api.digitalocean.com');
  });

  it('is asked about by the request of an app that has no provider of its own', async () => {
    const check = { method: 'GET', path: '/me' } as const;
    expect(await checkOne(null, { provider: 'github' }, { check })).toMatchObject({ code: null });
    expect(asked).toEqual(['GET /me']);
  });

  it('cannot be asked about where only its user knows the place', async () => {
    const { app } = makeApp('github', [{ provider: 'gitlab' }, {}]);
    const { results } = await tessera.checkTokens(app.id, null);
    expect(results.map(({ name, code }) => [name, code]).toSorted()).toEqual([
      ['1', 'CHECK_NOT_SET'],
      ['2', null],
    ]);
  });
});

describe('an app without a provider', () => {
  it('says that it needs a request to check with, in words that hold for window and command', async () => {
    const { app } = makeApp(null, [{}]);
    await expect(tessera.checkTokens(app.id, null)).rejects.toMatchObject({
      code: 'CHECK_NOT_SET',
      message: expect.stringMatching(/^(?!.*(--|tessera)).* Set the app's check: .* GET \/me\.$/),
    });
    expect(asked).toEqual([]);
  });

  it('is asked by the request that it was given', async () => {
    const check = { method: 'GET', path: '/me' } as const;
    answering = always({ body: 'hello' });
    expect(await checkOne(null, {}, { check })).toMatchObject({ check: { outcome: 'accepted' } });
    answering = always({ status: 401 });
    expect(await checkOne(null, {}, { check })).toMatchObject({ check: { outcome: 'refused' } });
    answering = always({ status: 403 });
    expect(await checkOne(null, {}, { check })).toMatchObject({ check: { outcome: 'unclear' } });
    expect(asked).toEqual(['GET /me', 'GET /me', 'GET /me']);
  });

  it('learns of a JWT from the token itself', async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const secret = `${part({ alg: 'none' })}.${part({ exp: 4_102_444_800, scope: 'a b' })}.c2ln`;
    const { kept } = await checkOne(null, { secret }, { check: { method: 'GET', path: '/me' } });
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
    answering = answer;
    const { check, kept } = await checkOne('github');
    expect(check.outcome).toBe('unclear');
    expect(kept.check?.message).not.toBe('');
  });

  it('is unclear: a redirect, which is not followed to a page that greets everybody', async () => {
    answering = ({ url }, response) => {
      if (url === '/user') response.writeHead(302, { Location: '/login' });
      response.end('{}');
    };
    expect(await checkOne('github')).toMatchObject({ check: { outcome: 'unclear' } });
    expect(asked).toEqual(['GET /user']);
  });

  it('is not covered up by a cookie of the app', async () => {
    const cookies: (string | undefined)[] = [];
    answering = ({ headers }, response) => {
      cookies.push(headers.cookie);
      response.setHeader('Set-Cookie', 'session=ada');
      response.end('{}');
    };
    const { app } = makeApp('github', [{}]);
    (await tessera.send(app.id, requestSchema.parse({ url: '/login' }))).body.close();
    await tessera.checkTokens(app.id, null);
    (await tessera.send(app.id, requestSchema.parse({ url: '/me' }))).body.close();
    expect(cookies).toEqual([undefined, undefined, 'session=ada']);
  });

  it('is unclear, with its code: a network that fails', async () => {
    const { code, check } = await checkOne('github', {}, { baseUrl: 'http://127.0.0.1:1' });
    expect([code, check.outcome]).toEqual(['NETWORK_REFUSED', 'unclear']);
  });

  it('is unclear, and nothing is sent: an origin that is not allowed', async () => {
    const { code } = await checkOne('github', {}, { allowedOrigins: ['https://api.github.com'] });
    expect([code, asked]).toEqual(['ORIGIN_NOT_ALLOWED', []]);
  });

  it('is unclear, and nothing is sent: a token that has expired', async () => {
    const { code } = await checkOne('github', { expiresAt: '2020-01-01T00:00:00Z' });
    expect([code, asked]).toEqual(['TOKEN_EXPIRED', []]);
  });
});

describe('what was typed', () => {
  const saying = (expiry: string) =>
    always({ headers: { 'GitHub-Authentication-Token-Expiration': expiry }, body: { login: 'ada' } });

  it('stays, and the difference is said', async () => {
    answering = saying('2099-10-07 19:07:53 UTC');
    const { kept } = await checkOne('github', { expiresAt: '2090-01-01T00:00:00.000Z' });
    expect(kept.expiresAt).toBe('2090-01-01T00:00:00.000Z');
    expect(kept.check).toMatchObject({
      expiresAt: '2099-10-07T19:07:53.000Z',
      message: expect.stringContaining('The date that was typed stays'),
    });
  });

  it('as a date gives way to the exact time of that day', async () => {
    answering = saying('2099-10-07 19:07:53 UTC');
    const { kept } = await checkOne('github', { expiresAt: '2099-10-07T23:59:59.000Z' });
    expect(kept.expiresAt).toBe('2099-10-07T19:07:53.000Z');
  });

  it('is not what an earlier check has read: that follows the provider', async () => {
    answering = saying('2099-10-07 19:07:53 UTC');
    const { app } = await checkOne('github');
    answering = saying('2098-01-01 00:00:00 UTC');
    await tessera.checkTokens(app.id, null);
    expect(tessera.tokens.find(app.id, '1').expiresAt).toBe('2098-01-01T00:00:00.000Z');
    answering = always({ body: { login: 'ada' } });
    await tessera.checkTokens(app.id, null);
    expect(tessera.tokens.find(app.id, '1').expiresAt).toBeNull();
  });

  it('gains what nobody had said: that it never expires', async () => {
    answering = always({ body: { login: 'ada' } });
    const { check, kept } = await checkOne('github', { isExpiryKnown: false });
    expect(check.message).toContain('It never expires.');
    expect(kept).toMatchObject({ expiresAt: null, isExpiryKnown: true });
  });

  it('stays among the scopes too', async () => {
    answering = always({ headers: { 'X-OAuth-Scopes': 'repo' }, body: { login: 'ada' } });
    const { kept } = await checkOne('github', { scopes: ['gist'] });
    expect(kept).toMatchObject({ scopes: ['gist'], check: { scopes: ['repo'] } });
    expect(kept.check?.message).toContain('Those that were typed stay');
  });
});

describe('several tokens', () => {
  it('are asked about at most four at a time', async () => {
    let open = 0;
    let most = 0;
    const held: (() => void)[] = [];
    answering = (_request, response) => {
      open += 1;
      most = Math.max(most, open);
      held.push(() => {
        open -= 1;
        response.end('{"login":"ada"}');
      });
    };
    const { app } = makeApp(
      'github',
      Array.from({ length: 10 }, () => ({})),
    );
    const progress: number[] = [];
    const checking = tessera.checkTokens(app.id, null, { onResult: (_result, done) => progress.push(done) });
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
    const { app } = makeApp(
      'github',
      Array.from({ length: 8 }, () => ({})),
    );
    answering = (_request, response) => {
      if (asked.length === 4) response.end('{"login":"ada"}');
    };
    const onResult = (_result: TokenCheckResult) => controller.abort();
    const summary = await tessera.checkTokens(app.id, null, { signal: controller.signal, onResult });
    expect(summary).toMatchObject({ cancelled: true, results: [{ check: { outcome: 'accepted' } }] });
    expect(tessera.tokens.list(app.id).filter(({ check }) => check !== null)).toHaveLength(1);
  });

  it('keep nothing of a check whose token got another secret meanwhile', async () => {
    const { app, tokens } = makeApp('github', [{}]);
    const [token] = tokens;
    const waiting = Promise.withResolvers<ServerResponse>();
    answering = (_request, response) => waiting.resolve(response);
    const checking = tessera.checkTokens(app.id, null);
    const response = await waiting.promise;
    tessera.tokens.rotate({ appId: app.id, tokenId: token?.id ?? '' }, Buffer.from('next'), {
      overlapDays: 0,
    });
    response.statusCode = 401;
    response.end('{}');
    expect((await checking).results).toMatchObject([{ check: { outcome: 'refused' } }]);
    expect(tessera.tokens.find(app.id, '1').check).toBeNull();
  });

  it('end with an error where the vault is locked meanwhile', async () => {
    const { app } = makeApp('github', [{}, {}]);
    answering = () => undefined;
    const checking = tessera.checkTokens(app.id, null);
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    tessera.vault.lock();
    await expect(checking).rejects.toMatchObject({ code: 'VAULT_LOCKED' });
    await tessera.vault.unlock({ kind: 'passphrase', passphrase: PASSPHRASE });
  });

  it('of which one has no secret to show leave none in what is kept', async () => {
    answering = always({ status: 401, body: { message: `bad token ${SECRET}` } });
    const { check } = await checkOne('github');
    expect(JSON.stringify(check)).not.toContain(SECRET);
  });

  it('leave no half of a secret in an identity that is longer than what is kept', async () => {
    const spelt = Array.from(SECRET, (each) => `\\u00${each.charCodeAt(0).toString(16)}`).join('');
    answering = (_request, response) =>
      response.end(`{"login":"${'-'.repeat(395)}${spelt}${'-'.repeat(900)}"}`);
    const { kept } = await checkOne('github');
    expect(kept.check?.identity).toMatch(/^-{395}••••-…$/);
  });
});
