import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PracticeApi } from '../support/practice-api.ts';

let practice: PracticeApi;
beforeEach(async () => {
  practice = await PracticeApi.start();
});
afterEach(() => practice[Symbol.asyncDispose]());

const sessionSchema = z.object({
  session: z.strictObject({ key: z.string(), endsAt: z.iso.datetime(), renewal: z.string().optional() }),
});
const login = (secret = practice.login('acme', 'practice').password) =>
  practice.postJson('/acme/sessions', { user: { name: 'practice', secret } });
const read = async (answer: Promise<Response>) => sessionSchema.parse(await (await answer).json()).session;
const me = async (key: string, init?: RequestInit) =>
  (await practice.call('/acme/me', { ...init, headers: { 'x-acme-key': key } })).status;

describe('a provider that no list knows', () => {
  it('gives a key for a header of its own, by a login of its own shape', async () => {
    const { key, endsAt, renewal } = await read(login());
    expect(await me(key)).toBe(200);
    expect(Date.parse(endsAt) - Date.now()).toBeLessThanOrEqual(900_000);
    expect(renewal).toBeDefined();
    await practice.advance(900);
    expect(await me(key)).toBe(401);
  });

  it('renews keys, with a renewal that stays the same', async () => {
    const { renewal } = await read(login());
    const renew = () => practice.postJson('/acme/sessions/renew', { renewal });
    const [first, second] = [await read(renew()), await read(renew())];
    expect(first.renewal).toBeUndefined();
    expect([await me(first.key), await me(second.key)]).toEqual([200, 200]);
    await practice.advance(86_400);
    expect((await renew()).status).toBe(422);
  });

  it.each([
    ['a wrong secret', () => login('wrong')],
    ['another shape', () => practice.postJson('/acme/sessions', { user: 'practice' })],
    ['no object', () => practice.postJson('/acme/sessions', [])],
    ['a wrong renewal', () => practice.postJson('/acme/sessions/renew', { renewal: 'wrong' })],
  ])('answers 422 to %s', async (_what, send) => {
    expect((await send()).status).toBe(422);
  });

  it('ends a session with all of its keys', async () => {
    const { key, renewal } = await read(login());
    const ended = await practice.call('/acme/sessions', { method: 'DELETE', headers: { 'x-acme-key': key } });
    expect([ended.status, await me(key)]).toEqual([204, 401]);
    expect((await practice.postJson('/acme/sessions/renew', { renewal })).status).toBe(422);
  });

  it('announces a key that works', async () => {
    const { secret, scheme, field } = practice.token('acme', 'Works');
    expect([scheme, field, await me(secret)]).toEqual(['header', 'X-Acme-Key', 200]);
  });
});
