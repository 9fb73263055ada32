import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PracticeApi } from '../support/practice-api.ts';

const API = '/portsip/api';
const sessionSchema = z.strictObject({
  token_type: z.literal('Bearer'),
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.int(),
});
const errorsSchema = z.object({ errors: z.tuple([z.object({ code: z.string(), message: z.string() })]) });

let practice: PracticeApi;
beforeEach(async () => {
  practice = await PracticeApi.start();
});
afterEach(() => practice[Symbol.asyncDispose]());

const account = (username = 'practice') => {
  const { password, domain } = practice.login('portsip', username);
  return { username, password, domain };
};
const signIn = async () =>
  sessionSchema.parse(await (await practice.postJson(`${API}/auth/sign_in`, account())).json());
const userStatus = async (token: string) => (await practice.bearer(`${API}/auth/user`, token)).status;
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function refused(answer: Promise<Response>): Promise<[number, string]> {
  const { status, ...rest } = await answer.then(async (it) => ({ status: it.status, body: await it.json() }));
  return [status, errorsSchema.parse(rest.body).errors[0].code];
}

describe('the practice API as PortSIP', () => {
  it('announces a token that works, one that is expired and one of a lower role', async () => {
    const user = await practice.bearer(`${API}/auth/user`, practice.token('portsip', 'Works').secret);
    expect([user.status, await user.json()]).toEqual([200, expect.objectContaining({ role: 'Admin' })]);
    const expired = practice.token('portsip', 'Expired').secret;
    expect(await refused(practice.bearer(`${API}/auth/user`, expired))).toEqual([401, 'UNAUTHORIZED']);
    const limited = practice.token('portsip', 'lower role').secret;
    expect(await userStatus(limited)).toBe(200);
    expect(await refused(practice.bearer(`${API}/users`, limited))).toEqual([403, 'UNKNOWN']);
  });

  it('answers 401 without a token, 404 to an unknown path and 405 to a method that is neither GET nor POST', async () => {
    expect(await refused(practice.call(`${API}/auth/user`))).toEqual([401, 'UNAUTHORIZED']);
    expect(await refused(practice.call(`${API}/nothing`))).toEqual([404, 'UNKNOWN']);
    expect(await refused(practice.call(`${API}/auth/user`, { method: 'DELETE' }))).toEqual([405, 'UNKNOWN']);
  });

  it('says when an access token ends', async () => {
    const { access_token } = await signIn();
    const before = Date.now();
    const answer = await practice.bearer(`${API}/login`, access_token);
    const body = z
      .strictObject({
        access_token: z.string(),
        expires_at: z.iso.datetime(),
        expires_in: z.int(),
        role: z.string(),
      })
      .parse(await answer.json());
    expect(body).toMatchObject({ access_token, role: 'Admin' });
    expect(body.expires_in).toBeGreaterThan(3590);
    expect(Date.parse(body.expires_at)).toBeGreaterThan(before + 3_590_000);
  });

  it('ends an access token when its time is over', async () => {
    const { access_token, expires_in } = await signIn();
    expect([expires_in, await userStatus(access_token)]).toEqual([3600, 200]);
    await practice.advance(3599);
    expect(await userStatus(access_token)).toBe(200);
    await practice.advance(1);
    expect(await userStatus(access_token)).toBe(401);
  });

  it('gives tokens of the lifetime that was asked for', async () => {
    await practice.control('lifetimes?portsip=90');
    expect((await signIn()).expires_in).toBe(90);
  });
});

describe('PortSIP’s sign-in of 22.2 and later', () => {
  it('answers the four fields, with the domain or without', async () => {
    const { domain: _, ...withoutDomain } = account();
    expect(sessionSchema.safeParse(await signIn()).success).toBe(true);
    expect((await practice.postJson(`${API}/auth/sign_in`, withoutDomain)).status).toBe(200);
  });

  it.each([
    ['a wrong password', () => ({ ...account(), password: 'wrong' }), [401, 'UNAUTHORIZED']],
    ['an unknown user', () => ({ ...account(), username: 'nobody' }), [401, 'UNAUTHORIZED']],
    ['another domain', () => ({ ...account(), domain: 'other.example' }), [401, 'UNAUTHORIZED']],
    ['no password', () => ({ username: 'practice' }), [400, 'VALIDATE_FAILED']],
    ['a body that is no object', () => [], [400, 'VALIDATE_FAILED']],
  ])('refuses %s', async (_what, body, answer) => {
    expect(await refused(practice.postJson(`${API}/auth/sign_in`, body()))).toEqual(answer);
  });

  it('asks for a code where the user has a second step', async () => {
    const begun = await practice.postJson(`${API}/auth/sign_in`, account('practice-two-factor'));
    const { two_factor_enabled, token } = z
      .strictObject({ two_factor_enabled: z.literal(true), token: z.string() })
      .parse(await begun.json());
    expect(two_factor_enabled).toBe(true);
    expect((await practice.postJson(`${API}/auth/send_otp`, { token })).status).toBe(200);
    const { code } = practice.login('portsip', 'practice-two-factor');
    const verified = await practice.postJson(`${API}/auth/verify_otp`, { token, code });
    expect(await userStatus(sessionSchema.parse(await verified.json()).access_token)).toBe(200);
    expect((await practice.postJson(`${API}/auth/verify_otp`, { token, code })).status).toBe(401);
  });

  it('takes a code after it was sent only', async () => {
    const begun = await practice.postJson(`${API}/auth/sign_in`, account('practice-two-factor'));
    const { token } = z.object({ token: z.string() }).parse(await begun.json());
    const { code } = practice.login('portsip', 'practice-two-factor');
    expect((await practice.postJson(`${API}/auth/verify_otp`, { token, code })).status).toBe(401);
  });

  it('ends a second step after five wrong codes, or after five minutes', async () => {
    const { code = '' } = practice.login('portsip', 'practice-two-factor');
    const wrong = code === '000000' ? '000001' : '000000';
    const begin = async () => {
      const answer = await practice.postJson(`${API}/auth/sign_in`, account('practice-two-factor'));
      const { token } = z.object({ token: z.string() }).parse(await answer.json());
      await practice.postJson(`${API}/auth/send_otp`, { token });
      return token;
    };
    const verify = async (token: string, given: string) =>
      (await practice.postJson(`${API}/auth/verify_otp`, { token, code: given })).status;
    const guessed = await begin();
    for (let attempt = 0; attempt < 5; attempt += 1) expect(await verify(guessed, wrong)).toBe(401);
    expect(await verify(guessed, code)).toBe(401);
    const late = await begin();
    await practice.advance(300);
    expect(await verify(late, code)).toBe(401);
  });

  it('refreshes once with each refresh token, also under its misspelt name', async () => {
    const first = await signIn();
    const refresh = (fields: object) => practice.postJson(`${API}/auth/refresh_token`, fields);
    const second = sessionSchema.parse(await (await refresh({ refresh_token: first.refresh_token })).json());
    expect(await refused(refresh({ refresh_token: first.refresh_token }))).toEqual([401, 'UNAUTHORIZED']);
    expect((await refresh({ refresh_tokne: second.refresh_token })).status).toBe(200);
    expect(await userStatus(first.access_token)).toBe(200);
    expect(await refused(refresh({ refresh_token: first.access_token }))).toEqual([401, 'UNAUTHORIZED']);
  });

  it('has a user whose answers misspell the refresh token', async () => {
    const answer = await practice.postJson(`${API}/auth/sign_in`, account('practice-misspelling'));
    expect(await answer.json()).toMatchObject({ refresh_tokne: expect.any(String) });
  });

  it('ends all tokens of a login at sign-out', async () => {
    const { access_token, refresh_token } = await signIn();
    const other = await signIn();
    expect((await practice.postJson(`${API}/auth/sign_out`, {}, bearer(access_token))).status).toBe(200);
    expect(await userStatus(access_token)).toBe(401);
    expect((await practice.postJson(`${API}/auth/refresh_token`, { refresh_token })).status).toBe(401);
    expect(await userStatus(other.access_token)).toBe(200);
  });
});

describe('PortSIP’s login of 22.0 to 22.2', () => {
  it('gives an access token without a refresh token, and 204 at its end', async () => {
    const answer = await practice.postJson(`${API}/login`, account());
    const { access_token } = z
      .strictObject({
        access_token: z.string(),
        expires_at: z.string(),
        expires_in: z.int(),
        role: z.string(),
      })
      .parse(await answer.json());
    expect(await userStatus(access_token)).toBe(200);
    const ended = await practice.call(`${API}/logout`, { method: 'POST', headers: bearer(access_token) });
    expect([ended.status, await userStatus(access_token)]).toEqual([204, 401]);
  });
});

describe('PortSIP’s oldest login', () => {
  const token = (fields: object) =>
    practice.postForm(`${API}/login/oauth/token`, { client_id: 'c', ...fields });
  const login = (change: object = {}) =>
    token({ grant_type: 'password', scope: 'all', ...account(), ...change });

  it('answers the four fields for half an hour', async () => {
    const session = sessionSchema.parse(await (await login()).json());
    expect([session.expires_in, await userStatus(session.access_token)]).toEqual([1800, 200]);
  });

  it('answers 400 UNAUTHORIZED to a bad login and 400 UNKNOWN to a bad refresh', async () => {
    expect(await refused(login({ password: 'wrong' }))).toEqual([400, 'UNAUTHORIZED']);
    expect(await refused(token({ grant_type: 'refresh_token', refresh_token: 'x' }))).toEqual([
      400,
      'UNKNOWN',
    ]);
  });

  it('answers VALIDATE_FAILED to what is missing or unknown', async () => {
    expect(await refused(token({ grant_type: 'implicit' }))).toEqual([400, 'VALIDATE_FAILED']);
    expect(await refused(token({ grant_type: 'password' }))).toEqual([400, 'VALIDATE_FAILED']);
    expect(await refused(practice.postJson(`${API}/login/oauth/token`, {}))).toEqual([
      400,
      'VALIDATE_FAILED',
    ]);
  });

  it('refreshes, and revokes with the access token', async () => {
    const first = sessionSchema.parse(await (await login()).json());
    const answer = await token({ grant_type: 'refresh_token', refresh_token: first.refresh_token });
    const second = sessionSchema.parse(await answer.json());
    const revoked = await practice.postForm(`${API}/login/oauth/revoke`, {}, bearer(second.access_token));
    expect([
      revoked.status,
      await userStatus(first.access_token),
      await userStatus(second.access_token),
    ]).toEqual([200, 401, 401]);
  });
});
