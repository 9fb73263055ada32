import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PracticeApi } from '../support/practice-api.ts';

let practice: PracticeApi;
beforeEach(async () => {
  practice = await PracticeApi.start();
});
afterEach(() => practice[Symbol.asyncDispose]());

const basic = (id: string, secret: string) => ({ authorization: `Basic ${btoa(`${id}:${secret}`)}` });
const get = (path: string, init?: RequestInit) => practice.call(path, init);

function token(note = 'a wrong token answers 401') {
  const { tokenId = '', secret } = practice.token('sipgate', note);
  return { id: tokenId, secret };
}
const by = (note?: string) => basic(token(note).id, token(note).secret);

describe('the practice API as sipgate', () => {
  it('makes a token in sipgate’s format', () => {
    expect(token().id).toMatch(/^token-[a-zA-Z\d]{6}$/);
    expect(token().secret).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });

  it('answers the account with the documented fields', async () => {
    const answer = await get('/v2/account', { headers: basic(token().id, token().secret) });
    expect(answer.status).toBe(200);
    expect(Object.keys((await answer.json()) as object)).toEqual([
      'company',
      'mainProductType',
      'logoUrl',
      'verified',
      'historyLifeTime',
    ]);
  });

  it('takes the token in capitals too', async () => {
    const answer = await get('/v2/account', { headers: basic(token().id, token().secret.toUpperCase()) });
    expect(answer.status).toBe(200);
  });

  it('answers who the token belongs to', async () => {
    const answer = await get('/v2/authorization/userinfo', { headers: basic(token().id, token().secret) });
    expect(await answer.json()).toMatchObject({ sub: 'w0', locale: 'en_GB' });
  });

  it.each([
    ['no credentials', () => ({})],
    ['a wrong token', () => basic(token().id, crypto.randomUUID())],
    ['a wrong token ID', () => basic('token-AAAAAA', token().secret)],
    ['credentials that are not Base64', () => ({ authorization: `Basic ${token().id}:${token().secret}` })],
    ['another scheme', () => ({ authorization: `Bearer ${token().secret}` })],
  ])('answers 401 to %s', async (_what, headers) => {
    expect((await get('/v2/account', { headers: headers() })).status).toBe(401);
  });

  it('answers 404 to an unknown endpoint and 405 to a wrong method', async () => {
    const headers = basic(token().id, token().secret);
    expect((await get('/v2/accounts', { headers })).status).toBe(404);
    const wrongMethod = await get('/v2/account', { method: 'POST', headers });
    expect(wrongMethod.status).toBe(405);
    expect(wrongMethod.headers.get('allow')).toBe('GET');
  });
});

describe('sipgate’s scopes', () => {
  it('are wanted by each endpoint: 403 without', async () => {
    expect((await get('/v2/account', { headers: by('Lacks account:read') })).status).toBe(403);
    expect((await get('/v2/users', { headers: by('Lacks account:read') })).status).toBe(200);
    expect((await get('/v2/history', { headers: by() })).status).toBe(403);
  });

  it('are all held by "all"', async () => {
    for (const path of ['account', 'users', 'history']) {
      expect((await get(`/v2/${path}`, { headers: by('all scopes') })).status).toBe(200);
    }
  });

  it('do not help an expired token: 401', async () => {
    expect((await get('/v2/account', { headers: by('Expired') })).status).toBe(401);
  });
});

describe('an OAuth access token at sipgate', () => {
  it('works as Bearer until its time is over', async () => {
    const { secret } = practice.token('sipgate', 'OAuth access token');
    expect((await practice.bearer('/v2/account', secret)).status).toBe(200);
    await practice.advance(3600);
    expect((await practice.bearer('/v2/account', secret)).status).toBe(401);
  });

  it('needs the scope, too', async () => {
    const { secret } = practice.token('oauth', 'Lacks account:read');
    expect((await practice.bearer('/v2/account', secret)).status).toBe(403);
  });
});

describe('sipgate’s text messages', () => {
  const message = { smsId: 's0', recipient: '+4915112345678', message: 'Hello' };
  const send = (body: unknown = message, note = 'all scopes') =>
    practice.postJson('/v2/sessions/sms', body, by(note));

  it('are sent until the balance is used up: 204, then 402', async () => {
    const statuses = [await send(), await send(), await send(), await send()].map(({ status }) => status);
    expect(statuses).toEqual([204, 204, 204, 402]);
    await practice.control('reset');
    expect((await send()).status).toBe(204);
  });

  it('are refused without their scope, without JSON, and without what they need', async () => {
    expect((await send(message, 'a wrong token')).status).toBe(403);
    expect((await practice.postForm('/v2/sessions/sms', message, by('all scopes'))).status).toBe(415);
    expect((await send({ ...message, recipient: 'somebody' })).status).toBe(400);
    expect((await send([])).status).toBe(400);
    expect((await get('/v2/sessions/sms', { headers: by('all scopes') })).status).toBe(405);
  });
});

describe('a bad day at sipgate', () => {
  it('answers 500 as often as planned', async () => {
    await practice.control('failures?path=/v2/account');
    expect((await get('/v2/account', { headers: by() })).status).toBe(500);
    expect((await get('/v2/account', { headers: by() })).status).toBe(200);
  });
});
