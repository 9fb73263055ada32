import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PracticeApi } from '../support/practice-api.ts';

const USER_INFO = 'users/account/rest/getuserinfo';
const STOP = 'environment/control/rest/stopenv';
const TOKENS = 'users/authentication/rest';

const tokenSchema = z.strictObject({
  id: z.int(),
  key: z.string(),
  description: z.string(),
  expiresAt: z.nullable(z.string()),
  lastUsed: z.nullable(z.string()),
  tokenTemplate: z.string(),
  apiListItems: z.array(z.strictObject({ method: z.string(), isSafe: z.boolean() })),
  isSystem: z.boolean(),
});

let practice: PracticeApi;
beforeEach(async () => {
  practice = await PracticeApi.start();
});
afterEach(() => practice[Symbol.asyncDispose]());

type Answer = { result: number; [field: string]: unknown };

/** Every answer has status 200: what it means is in its body. */
async function call(path: string, fields: Record<string, string> = {}): Promise<Answer> {
  const answer = await practice.postForm(`/1.0/${path}`, fields);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Answer;
}
const working = () => practice.token('virtuozzo', 'Works').secret;
const limited = () => practice.token('virtuozzo', 'May only stop').secret;
const account = () => practice.login('virtuozzo', 'practice@practice.example');
const manage = (method: string, fields: Record<string, string> = {}) =>
  call(`${TOKENS}/${method}`, { session: working(), password: account().password, ...fields });
const create = async (fields: Record<string, string> = {}) =>
  tokenSchema.parse((await manage('createtoken', { description: 'deploy', ...fields })).token);
const works = async (session: string) => (await call(USER_INFO, { session })).result === 0;

describe('the practice API as Virtuozzo', () => {
  it('takes the session in the query and in a form, by GET and by POST', async () => {
    const query = await practice.call(`/1.0/${USER_INFO}?session=${working()}`);
    expect(await query.json()).toEqual({
      result: 0,
      uid: 1,
      email: 'practice@practice.example',
      name: 'Practice User',
      status: 1,
    });
    const posted = await practice.call(`/1.0/${USER_INFO}?session=${working()}`, { method: 'POST' });
    expect(await posted.json()).toMatchObject({ result: 0 });
    expect(await call(USER_INFO, { session: working() })).toMatchObject({ result: 0 });
    expect((await practice.call(`/1.0/${USER_INFO}`, { method: 'PUT' })).status).toBe(405);
  });

  it('answers result 3 to a session that is missing, wrong or expired', async () => {
    const expected = { result: 3, error: 'invalid parameter [session]' };
    expect(await call(USER_INFO)).toMatchObject(expected);
    expect(await call(USER_INFO, { session: 'wrong' })).toMatchObject(expected);
    expect(await call(USER_INFO, { session: practice.token('virtuozzo', 'Expired').secret })).toMatchObject(
      expected,
    );
  });

  it('answers result 8202 where a token may not call a method', async () => {
    expect(await call(USER_INFO, { session: limited() })).toMatchObject({ result: 8202 });
    expect(await call(STOP, { session: limited(), envName: 'practice-env' })).toEqual({ result: 0 });
  });

  it('answers result 11 to an unknown environment, and 3 to a missing name', async () => {
    expect(await call(STOP, { session: working(), envName: 'elsewhere' })).toMatchObject({ result: 11 });
    expect(await call(STOP, { session: working() })).toMatchObject({ result: 3 });
  });

  it('has no other paths', async () => {
    expect((await practice.call('/1.0/users/nothing')).status).toBe(404);
  });
});

describe('Virtuozzo’s sign-in', () => {
  const signIn = (change = {}) => {
    const { username, password } = account();
    return call(`${TOKENS}/signin`, { login: username, password, ...change });
  };

  it('gives a session until sign-out', async () => {
    const answer = z
      .strictObject({
        uid: z.int(),
        result: z.literal(0),
        session: z.string(),
        email: z.string(),
        name: z.string(),
      })
      .parse(await signIn());
    expect(await works(answer.session)).toBe(true);
    expect(await call(`${TOKENS}/signout`, { session: answer.session })).toEqual({ result: 0 });
    expect(await works(answer.session)).toBe(false);
  });

  it('gives a session for an hour', async () => {
    const session = String((await signIn()).session);
    await practice.advance(3600);
    expect(await works(session)).toBe(false);
  });

  it('answers result 701 to a wrong login or password', async () => {
    expect(await signIn({ password: 'wrong' })).toMatchObject({ result: 701 });
    expect(await signIn({ login: 'nobody' })).toMatchObject({ result: 701 });
  });

  it('is enough to change tokens without the password again', async () => {
    const session = String((await signIn()).session);
    expect(await call(`${TOKENS}/createtoken`, { session, description: 'a' })).toMatchObject({ result: 0 });
    const wrong = await call(`${TOKENS}/createtoken`, { session, description: 'a', password: 'wrong' });
    expect(wrong).toMatchObject({ result: 701 });
  });
});

describe('Virtuozzo’s tokens', () => {
  it('are made with a value that works and is not shown again', async () => {
    const token = await create();
    expect(token).toMatchObject({ description: 'deploy', expiresAt: null, tokenTemplate: 'Extended Access' });
    expect(await works(token.key)).toBe(true);
    const listed = z
      .array(tokenSchema)
      .parse((await manage('gettokens', { ids: String(token.id) })).apiTokens);
    expect(listed).toMatchObject([
      { id: token.id, key: '', lastUsed: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/) },
    ]);
  });

  it('may be given single methods, or those of a template', async () => {
    const token = await create({ apiList: 'environment.control.StopEnv; users.authentication.GetTokens' });
    expect(token.tokenTemplate).toBe('Custom');
    expect(token.apiListItems).toEqual([
      { method: 'environment.control.StopEnv', isSafe: false },
      { method: 'users.authentication.GetTokens', isSafe: true },
    ]);
    expect(await call(USER_INFO, { session: token.key })).toMatchObject({ result: 8202 });
    expect((await create({ tokenTemplate: 'Marketplace' })).apiListItems).toHaveLength(1);
  });

  it('end at the time that they were given', async () => {
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString().slice(0, 19).replace('T', ' ');
    const token = await create({ expiresAt });
    expect(token.expiresAt).toBe(expiresAt);
    expect(await works(token.key)).toBe(true);
    await practice.advance(86_400);
    expect(await works(token.key)).toBe(false);
  });

  it.each([
    ['no description', { description: ' ' }, 3],
    ['a date in another form', { expiresAt: '31-12-2099' }, 3],
    ['a day that does not exist', { expiresAt: '2099-02-31 00:00:00' }, 3],
    ['a time that is over', { expiresAt: '2001-01-01 00:00:00' }, 3],
    ['an unknown template', { tokenTemplate: 'Everything' }, 3],
    ['an unknown method', { apiList: 'environment.control.Explode' }, 3],
    ['a wrong password', { password: 'wrong' }, 701],
  ])('are not made with %s', async (_what, change, result) => {
    const before = (await manage('gettokens')).apiTokens;
    expect(await manage('createtoken', { description: 'deploy', ...change })).toMatchObject({ result });
    expect((await manage('gettokens')).apiTokens).toHaveLength((before as unknown[]).length);
  });

  it('are not changed with a token and without the password', async () => {
    const { id } = await create();
    const without = (method: string, fields: Record<string, string>) =>
      call(`${TOKENS}/${method}`, { session: working(), ...fields });
    expect(await without('createtoken', { description: 'a' })).toMatchObject({ result: 701 });
    expect(await without('edittoken', { id: String(id), description: 'a' })).toMatchObject({ result: 701 });
    expect(await without('regeneratetoken', { id: String(id) })).toMatchObject({ result: 701 });
    expect(await without('deletetokens', { ids: String(id) })).toMatchObject({ result: 701 });
  });

  it('are edited, and keep what is not given', async () => {
    const { id, key } = await create({ tokenTemplate: 'Marketplace' });
    const answer = await manage('edittoken', { id: String(id), description: 'renamed' });
    expect(answer.token).toMatchObject({ id, key: '', description: 'renamed', tokenTemplate: 'Marketplace' });
    await manage('edittoken', { id: String(id), apiList: 'environment.control.StopEnv' });
    expect(await call(USER_INFO, { session: key })).toMatchObject({ result: 8202 });
  });

  it('are regenerated: the old value ends, and an expired one lives as long again', async () => {
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString().slice(0, 19).replace('T', ' ');
    const { id, key } = await create({ expiresAt });
    await practice.advance(2 * 86_400);
    const { key: renewed } = tokenSchema.parse((await manage('regeneratetoken', { id: String(id) })).token);
    expect([await works(key), await works(renewed)]).toEqual([false, true]);
    await practice.advance(86_400);
    expect(await works(renewed)).toBe(false);
  });

  it('are removed several at once, or none of them', async () => {
    const [first, second] = [await create(), await create()];
    expect(await manage('deletetokens', { ids: `${first.id},9999` })).toMatchObject({ result: 5 });
    expect(await works(first.key)).toBe(true);
    expect(await manage('deletetokens', { ids: `${first.id};${second.id}` })).toEqual({ result: 0 });
    expect([await works(first.key), await works(second.key)]).toEqual([false, false]);
  });

  it('are not found by an unknown ID: result 5, and without one: result 3', async () => {
    for (const method of ['edittoken', 'regeneratetoken']) {
      expect(await manage(method, { id: '9999' })).toMatchObject({ result: 5 });
      expect(await manage(method)).toMatchObject({ result: 3 });
    }
    expect(await manage('deletetokens')).toMatchObject({ result: 3 });
    expect(await manage('gettokens', { ids: '9999' })).toMatchObject({ result: 5 });
  });

  it('are made from templates and methods that the API lists', async () => {
    const { tokenTemplates } = await manage('gettokentemplates');
    expect(tokenTemplates).toMatchObject(
      ['Extended Access', 'IDE Plugins', 'Marketplace', 'Maven Plugin'].map((name) => ({ name })),
    );
    const { apiList } = await manage('gettokenapilist');
    expect(apiList).toContainEqual({ method: 'environment.control.StopEnv', isSafe: false });
  });
});
