import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ProviderId } from '../../../shared/providers/provider.ts';
import { always, CHECKED_SECRET, type PlannedAnswer, TokenChecks } from '../../support/token-checks.ts';

let checks: TokenChecks;

beforeAll(async () => {
  checks = await TokenChecks.start();
});
afterAll(() => checks[Symbol.asyncDispose]());
beforeEach(() => checks.reset());

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
      asks: `GET /1.0/users/account/rest/getuserinfo?session=${CHECKED_SECRET}`,
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
    checks.answering = always(row.accepts);
    const { check, kept } = await checks.checkOne(row.provider);
    expect(checks.asked).toEqual([row.asks]);
    expect(check).toMatchObject({ outcome: 'accepted', identity: row.identity });
    expect(kept.check).toEqual(check);
    expect(kept.expiresAt).toBe(row.expiresAt ?? null);
    expect(kept.scopes).toEqual(row.scopes ?? []);
    expect(kept.remoteId).toBe(row.remoteId ?? null);
  });

  it.each(ROWS)('$provider says by its own rule that a token is bad, and why', async (row) => {
    checks.answering = always(row.refuses);
    const { check, isLimited } = await checks.checkOne(row.provider);
    expect(check.outcome).toBe('refused');
    expect(isLimited).toBe(false);
    expect(check.message.length).toBeGreaterThan(20);
  });

  it.each(
    ROWS.filter(({ limits }) => limits !== undefined),
  )('$provider knows a token that may not do just this', async ({ provider, limits }) => {
    checks.answering = always(limits ?? {});
    expect(await checks.checkOne(provider)).toMatchObject({
      check: { outcome: 'accepted' },
      isLimited: true,
    });
  });

  it('of a PBX is asked twice: who, and until when', async () => {
    checks.answering = ({ url }, response) => {
      const body =
        url === '/api/login'
          ? {
              access_token: CHECKED_SECRET,
              expires_at: '2099-01-01T00:00:00Z',
              expires_in: 1800,
              role: 'admin',
            }
          : { role: 'admin' };
      response.end(JSON.stringify(body));
    };
    const { kept } = await checks.checkOne('portsip');
    expect(checks.asked).toEqual(['GET /api/auth/user', 'GET /api/login']);
    expect(kept).toMatchObject({ expiresAt: '2099-01-01T00:00:00.000Z', check: { identity: 'admin' } });
  });

  it('of a PBX whose second answer fails is accepted all the same', async () => {
    checks.answering = ({ url }, response) => {
      response.statusCode = url === '/api/login' ? 500 : 200;
      response.end('{}');
    };
    expect(await checks.checkOne('portsip')).toMatchObject({
      check: { outcome: 'accepted' },
      kept: { expiresAt: null },
    });
  });
});

describe('a token of another provider than its app’s', () => {
  it('is asked about at its own provider, where the app allows it', async () => {
    const { code, check } = await checks.checkOne('github', { provider: 'digitalocean' });
    expect([code, checks.asked]).toEqual(['ORIGIN_NOT_ALLOWED', []]);
    expect(check.message).toContain('https://api.digitalocean.com');
  });

  it('is asked about by the request of an app that has no provider of its own', async () => {
    const check = { method: 'GET', path: '/me' } as const;
    expect(await checks.checkOne(null, { provider: 'github' }, { check })).toMatchObject({ code: null });
    expect(checks.asked).toEqual(['GET /me']);
  });

  it('cannot be asked about where only its user knows the place', async () => {
    const { app } = checks.makeApp('github', [{ provider: 'gitlab' }, {}]);
    const { results } = await checks.tessera.checkTokens(app.id, null);
    expect(results.map(({ name, code }) => [name, code]).toSorted()).toEqual([
      ['1', 'CHECK_NOT_SET'],
      ['2', null],
    ]);
  });
});
