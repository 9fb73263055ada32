import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PracticeApi } from '../support/practice-api.ts';

const KEYS = '/airfocus/api/profile/api-keys';
const keySchema = z.strictObject({
  id: z.uuid(),
  userId: z.uuid(),
  name: z.string(),
  scopes: z.array(z.string()),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().optional(),
});

let practice: PracticeApi;
beforeEach(async () => {
  practice = await PracticeApi.start();
});
afterEach(() => practice[Symbol.asyncDispose]());

const secretOf = (note: string) => practice.token('airfocus', note).secret;
const get = (path: string, note = 'Works') => practice.bearer(`/airfocus${path}`, secretOf(note));
const create = (body: unknown, note = 'Works') =>
  practice.postJson(KEYS, body, { authorization: `Bearer ${secretOf(note)}` });
const remove = (id: string, note = 'Works') =>
  practice.bearer(`${KEYS}/${id}`, secretOf(note), { method: 'DELETE' });
const list = async () => z.array(keySchema).parse(await (await get('/api/profile/api-keys')).json());

async function refused(answer: Promise<Response>): Promise<[number, string]> {
  const { status, ...rest } = await answer.then(async (it) => ({ status: it.status, body: await it.json() }));
  const { code } = z
    .strictObject({ code: z.string(), message: z.string(), data: z.object() })
    .parse(rest.body);
  return [status, code];
}

describe('the practice API as airfocus', () => {
  it('answers who one is, the team, and how many workspaces there are', async () => {
    expect(await (await get('/api/profile')).json()).toMatchObject({
      userId: expect.any(String),
      teamId: expect.any(String),
      email: 'practice@practice.example',
      fullName: 'Practice User',
      role: 'admin',
      state: 'active',
    });
    expect((await get('/api/team')).status).toBe(200);
    expect(await (await get('/api/workspaces/count')).json()).toEqual({ count: 3 });
  });

  it('answers 401 missing_token without a token, and 401 to one that is wrong or expired', async () => {
    expect(await refused(practice.call('/airfocus/api/profile'))).toEqual([401, 'missing_token']);
    expect(await refused(practice.bearer('/airfocus/api/profile', 'wrong'))).toEqual([401, 'invalid_token']);
    expect(await refused(get('/api/profile', 'Expired'))).toEqual([401, 'invalid_token']);
  });

  it('answers 403 forbidden where a scope is missing', async () => {
    expect(await refused(get('/api/profile', 'team:read'))).toEqual([403, 'forbidden']);
    expect((await get('/api/team', 'team:read')).status).toBe(200);
  });

  it('answers 404 to an unknown path and 405 to a wrong method', async () => {
    expect(await refused(get('/api/nothing'))).toEqual([404, 'not_found']);
    const wrongMethod = practice.bearer('/airfocus/api/team', secretOf('Works'), { method: 'DELETE' });
    expect(await refused(wrongMethod)).toEqual([405, 'method_not_allowed']);
  });

  it('answers a bot to an impersonated token', async () => {
    expect(await (await get('/api/profile', 'Impersonated')).json()).toMatchObject({
      fullName: 'Practice Bot',
    });
  });
});

describe('airfocus’ rate headers', () => {
  const rate = ({ headers }: Response) =>
    ['limit', 'remaining', 'reset'].map((name) => Number(headers.get(`x-ratelimit-${name}`)));

  it('count down on every answer, whatever it is, beside an ID of the request', async () => {
    const first = await get('/api/profile');
    expect(rate(first)).toEqual([600, 599, expect.any(Number)]);
    const answers = [await practice.call('/airfocus/api/profile'), await get('/api/nothing')];
    expect(answers.map((answer) => rate(answer)[1])).toEqual([598, 597]);
    await practice.control('failures?path=/airfocus/api/team');
    const failed = await get('/api/team');
    expect([failed.status, rate(failed)[1]]).toEqual([500, 596]);
    const ids = [first, ...answers, failed].map(({ headers }) => headers.get('x-request-id'));
    expect(new Set(ids).size).toBe(4);
    expect(ids).not.toContain(null);
  });

  it('say when to go on after 429', async () => {
    await practice.control('limits?airfocus=1');
    await get('/api/profile');
    const refusal = await get('/api/profile');
    expect(refusal.status).toBe(429);
    const [limit, remaining, reset = 0] = rate(refusal);
    expect([limit, remaining]).toEqual([1, 0]);
    const wait = reset - Date.now() / 1000;
    expect(wait).toBeGreaterThan(30);
    expect(wait).toBeLessThanOrEqual(61);
    expect(Number(refusal.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(await refusal.json()).toMatchObject({ code: 'too_many_requests' });
    await practice.advance(61);
    expect((await get('/api/profile')).status).toBe(200);
  });
});

describe('airfocus’ API keys', () => {
  it('are made with a secret that works and is not listed', async () => {
    const answer = await create({ name: 'deploy', scopes: ['team:read'] });
    const { apiKey, secret } = z
      .strictObject({ apiKey: keySchema, secret: z.string() })
      .parse(await answer.json());
    expect(apiKey).toMatchObject({ name: 'deploy', scopes: ['team:read'] });
    expect((await practice.bearer('/airfocus/api/team', secret)).status).toBe(200);
    const listed = (await list()).find(({ id }) => id === apiKey.id);
    expect(listed?.lastUsedAt).toBeDefined();
    expect(JSON.stringify(await list())).not.toContain(secret);
  });

  it('are deleted, and then unknown', async () => {
    const { apiKey, secret } = z
      .object({ apiKey: keySchema, secret: z.string() })
      .parse(await (await create({ name: 'a', scopes: ['team'] })).json());
    expect((await remove(apiKey.id)).status).toBe(200);
    expect((await practice.bearer('/airfocus/api/team', secret)).status).toBe(401);
    expect(await refused(remove(apiKey.id))).toEqual([400, 'unknown_resource']);
  });

  it.each([
    ['no name', { scopes: ['team'] }],
    ['no scopes', { name: 'a', scopes: [] }],
    ['an unknown scope', { name: 'a', scopes: ['everything'] }],
    ['a body that is no object', 'text'],
  ])('are not made with %s', async (_what, body) => {
    expect(await refused(create(body))).toEqual([400, 'invalid_request']);
  });

  it('are for tokens with the scope profile', async () => {
    const bot = 'Impersonated';
    expect(await refused(get('/api/profile/api-keys', bot))).toEqual([403, 'forbidden']);
    expect(await refused(create({ name: 'a', scopes: ['team'] }, bot))).toEqual([403, 'forbidden']);
    const [first] = await list();
    expect(await refused(remove(first?.id ?? '', bot))).toEqual([403, 'forbidden']);
  });
});
