import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PORTSIP_LOGINS } from '../../../core/providers/portsip-logins.ts';
import type { LoginDescription } from '../../../shared/logins/login.ts';
import { requestSchema } from '../../../shared/requests/request.ts';
import { tokenState } from '../../../shared/tokens/token-state.ts';
import { Obtainer } from '../../support/obtaining.ts';
import { PracticeApi } from '../../support/practice-api.ts';
import { PASSPHRASE } from '../../support/temporary-vault.ts';

const REFRESH = 'POST /portsip/api/auth/refresh_token';
const SIGN_IN = 'POST /portsip/api/auth/sign_in';

let practice: PracticeApi;
let app: Obtainer;

beforeEach(async () => {
  practice = await PracticeApi.start();
  const baseUrl = `${practice.server.url}/portsip/api`;
  app = await Obtainer.create({ provider: 'portsip', baseUrl });
});
afterEach(async () => {
  await app[Symbol.asyncDispose]();
  await practice[Symbol.asyncDispose]();
});

function description(id: string): LoginDescription {
  const preset = PORTSIP_LOGINS.find((each) => each.id === id);
  if (preset === undefined) throw new Error(`No login ${id}.`);
  return preset.description;
}

function addLogin(id = 'portsip-22.2', username = 'practice', changes: { keepsPassword?: boolean } = {}) {
  const { password, domain = '' } = practice.login('portsip', username);
  return app.addLogin(description(id), password, { username, domain, clientId: 'tessera', ...changes });
}

/** Both clocks: the provider's, and Tessera's. */
async function advance(seconds: number): Promise<void> {
  app.advance(seconds);
  await practice.advance(seconds);
}

const isoIn = (seconds: number) => app.now().getTime() + seconds * 1000;

describe.each([
  { id: 'portsip-22.2', signIn: SIGN_IN },
  { id: 'portsip-22.0', signIn: 'POST /portsip/api/login' },
  { id: 'portsip-oauth', signIn: 'POST /portsip/api/login/oauth/token' },
])('the login $id', ({ id, signIn }) => {
  it('signs in by itself when the first request is sent, and is used again until its time is over', async () => {
    addLogin(id);
    for (let count = 0; count < 3; count += 1) {
      const { response, text } = await app.send({ url: '/auth/user' });
      expect(response.status).toBe(200);
      expect(JSON.parse(text)).toMatchObject({ name: 'practice' });
    }
    expect(await practice.timesCalled(signIn)).toBe(1);
    const { expiresAt, renewals } = app.token();
    expect(renewals).toBe(1);
    expect(Math.abs(Date.parse(expiresAt ?? '') - isoIn(1800))).toBeLessThan(1_900_000);
  });

  it('says why a wrong password is refused, and keeps it out of the words', async () => {
    const wrong = 'not-the-password-8d1f';
    const token = app.addLogin(description(id), wrong, { username: 'practice', clientId: 'tessera' });
    const failure = await app.signIn(token).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'LOGIN_FAILED' });
    expect(String(failure)).toMatch(/it answered 40[01]: "/);
    expect(String(failure)).not.toContain(wrong);
    expect(app.token().connectedAt).toBeNull();
  });

  it('ends its session at the provider', async () => {
    const token = await app.signIn(addLogin(id));
    const [, accessToken = ''] = app.secrets();
    const { signal } = new AbortController();
    const { problem } = await app.tessera.logins.signOut({ appId: app.appId, tokenId: token.id }, signal);
    expect(problem).toBeNull();
    const { status } = await practice.bearer('/portsip/api/auth/user', accessToken);
    expect(status).toBe(401);
    expect(tokenState(app.token(), app.now())).toEqual({ kind: 'needs-sign-in' });
    await expect(app.send({ url: '/auth/user' })).rejects.toMatchObject({ code: 'LOGIN_NEEDED' });
  });
});

describe('an expired access token', () => {
  it('is noticed before anything is sent, and refreshed once for 50 requests at the same time', async () => {
    await app.signIn(addLogin());
    await advance(7200);
    const answers = await Promise.all(Array.from({ length: 50 }, () => app.send({ url: '/auth/user' })));
    expect(answers.map(({ response }) => response.status)).toEqual(Array.from({ length: 50 }, () => 200));
    expect(await practice.timesCalled(REFRESH)).toBe(1);
    expect(await practice.timesCalled('GET /portsip/api/auth/user')).toBe(50);
  });

  it('is noticed when only the clock here has moved past it', async () => {
    await app.signIn(addLogin());
    app.advance(7200);
    expect((await app.send({ url: '/auth/user' })).response.status).toBe(200);
    expect(await practice.timesCalled(REFRESH)).toBe(1);
    expect(await practice.timesCalled('GET /portsip/api/auth/user')).toBe(1);
  });

  it('is refreshed a minute before its end', async () => {
    await app.signIn(addLogin());
    const left = Date.parse(app.token().expiresAt ?? '') - app.now().getTime();
    app.advance(left / 1000 - 65);
    await app.send({ url: '/auth/user' });
    expect(await practice.timesCalled(REFRESH)).toBe(0);
    app.advance(10);
    await app.send({ url: '/auth/user' });
    expect(await practice.timesCalled(REFRESH)).toBe(1);
  });

  it('is refreshed by the newest refresh token, each of which works once', async () => {
    await app.signIn(addLogin());
    for (let count = 0; count < 3; count += 1) {
      await advance(7200);
      expect((await app.send({ url: '/auth/user' })).response.status).toBe(200);
    }
    expect(await practice.timesCalled(REFRESH)).toBe(3);
    expect(await practice.timesCalled(SIGN_IN)).toBe(1);
  });

  it('is refreshed where the provider spells refresh_tokne', async () => {
    const { password } = practice.login('portsip', 'practice-misspelling');
    await app.signIn(addLogin('portsip-22.2', 'practice-misspelling', { keepsPassword: false }), {
      password,
    });
    await advance(7200);
    expect((await app.send({ url: '/auth/user' })).response.status).toBe(200);
  });

  it('is got anew by the kept password where the login has no refresh', async () => {
    addLogin('portsip-22.0');
    await app.send({ url: '/auth/user' });
    await advance(7200);
    expect((await app.send({ url: '/auth/user' })).response.status).toBe(200);
    expect(await practice.timesCalled('POST /portsip/api/login')).toBe(2);
  });
});

describe('a refresh that fails', () => {
  it('says why, and leaves the old values', async () => {
    await app.signIn(addLogin('portsip-22.2', 'practice', { keepsPassword: false }), {
      password: practice.login('portsip', 'practice').password,
    });
    const before = app.secrets();
    await advance(7200);
    await practice.control('failures?path=/portsip/api/auth/refresh_token&status=503&times=1');
    await expect(app.send({ url: '/auth/user' })).rejects.toMatchObject({
      code: 'REFRESH_FAILED',
      message: expect.stringMatching(/main could not be renewed.*503.*old values were kept/),
    });
    expect(app.secrets()).toEqual(before);
    expect((await app.send({ url: '/auth/user' })).response.status).toBe(200);
  });

  it('is told to all 50 requests, and the provider asked once', async () => {
    await app.signIn(addLogin('portsip-22.2', 'practice', { keepsPassword: false }), {
      password: practice.login('portsip', 'practice').password,
    });
    await advance(8 * 86_400);
    const answers = await Promise.allSettled(
      Array.from({ length: 50 }, () => app.send({ url: '/auth/user' })),
    );
    const codes = answers.map((each) => (each.status === 'rejected' ? each.reason.code : 'sent'));
    expect(new Set(codes)).toEqual(new Set(['REFRESH_FAILED']));
    expect(await practice.timesCalled(REFRESH)).toBe(1);
    expect(await practice.timesCalled('GET /portsip/api/auth/user')).toBe(0);
  });

  it('is not tried again with what was refused, until somebody signs in', async () => {
    const { password } = practice.login('portsip', 'practice');
    const token = addLogin('portsip-22.2', 'practice', { keepsPassword: false });
    await app.signIn(token, { password });
    await advance(8 * 86_400);
    for (let count = 0; count < 3; count += 1) {
      await expect(app.send({ url: '/auth/user' })).rejects.toMatchObject({ code: 'REFRESH_FAILED' });
    }
    expect(await practice.timesCalled(REFRESH)).toBe(1);
    await app.signIn(token, { password });
    expect((await app.send({ url: '/auth/user' })).response.status).toBe(200);
  });

  it('is followed by a sign-in where the password is kept', async () => {
    await app.signIn(addLogin());
    await advance(8 * 86_400);
    expect((await app.send({ url: '/auth/user' })).response.status).toBe(200);
    expect(await practice.timesCalled(SIGN_IN)).toBe(2);
  });
});

describe('an access token that the provider refuses', () => {
  it('is refreshed once, and the request sent once more', async () => {
    await app.signIn(addLogin());
    await practice.advance(7200);
    const { response } = await app.send({ url: '/auth/user' });
    expect(response.status).toBe(200);
    expect(response.notices).toEqual([expect.stringMatching(/refused the access token.*renewed/)]);
    expect(await practice.timesCalled(REFRESH)).toBe(1);
    expect(await practice.timesCalled('GET /portsip/api/auth/user')).toBe(2);
  });

  it('is refreshed once for 50 requests that are refused at the same time', async () => {
    await app.signIn(addLogin());
    await practice.advance(7200);
    const answers = await Promise.all(Array.from({ length: 50 }, () => app.send({ url: '/auth/user' })));
    expect(new Set(answers.map(({ response }) => response.status))).toEqual(new Set([200]));
    expect(await practice.timesCalled(REFRESH)).toBe(1);
  });

  it('is shown as refused where the second one is refused too', async () => {
    await app.signIn(addLogin());
    await practice.control('failures?path=/portsip/api/auth/user&status=401&times=2');
    expect((await app.send({ url: '/auth/user' })).response.status).toBe(401);
    expect(await practice.timesCalled(REFRESH)).toBe(1);
    expect(await practice.timesCalled('GET /portsip/api/auth/user')).toBe(2);
  });

  it('is shown as refused, with the reason, where it cannot be refreshed', async () => {
    await app.signIn(addLogin());
    await practice.control('failures?path=/portsip/api/auth/refresh_token&status=503&times=1');
    await practice.control('failures?path=/portsip/api/auth/user&status=401&times=1');
    const { response } = await app.send({ url: '/auth/user' });
    expect(response.status).toBe(401);
    expect(response.notices).toEqual([expect.stringMatching(/could not be renewed.*503/)]);
  });
});

describe('a login with a second step', () => {
  it('asks for the code, and goes on with it', async () => {
    const { code } = practice.login('portsip', 'practice-two-factor');
    const token = addLogin('portsip-22.2', 'practice-two-factor');
    await expect(app.signIn(token)).rejects.toMatchObject({ code: 'TWO_FACTOR_NEEDED' });
    expect(await practice.timesCalled('POST /portsip/api/auth/send_otp')).toBe(1);
    await app.signIn(token, { code: code ?? '' });
    expect((await app.send({ url: '/auth/user' })).response.status).toBe(200);
    expect(await practice.timesCalled(SIGN_IN)).toBe(1);
  });

  it('can be gone on with after a wrong code', async () => {
    const { code } = practice.login('portsip', 'practice-two-factor');
    const token = addLogin('portsip-22.2', 'practice-two-factor');
    await expect(app.signIn(token)).rejects.toMatchObject({ code: 'TWO_FACTOR_NEEDED' });
    await expect(app.signIn(token, { code: '000000' })).rejects.toMatchObject({ code: 'LOGIN_FAILED' });
    expect((await app.signIn(token, { code: code ?? '' })).renewals).toBe(1);
  });

  it('stops a request that would need the code, once', async () => {
    addLogin('portsip-22.2', 'practice-two-factor');
    for (let count = 0; count < 3; count += 1) {
      await expect(app.send({ url: '/auth/user' })).rejects.toMatchObject({ code: 'LOGIN_NEEDED' });
    }
    expect(await practice.timesCalled(SIGN_IN)).toBe(1);
  });
});

describe('a password that is not kept', () => {
  it('is asked for, used, and nowhere in the vault', async () => {
    const { password } = practice.login('portsip', 'practice');
    const token = addLogin('portsip-22.2', 'practice', { keepsPassword: false });
    await expect(app.signIn(token)).rejects.toMatchObject({ code: 'LOGIN_NEEDED' });
    await app.signIn(token, { password });
    expect(app.secrets()).not.toContain(password);
    expect(app.secrets()).toHaveLength(2);
  });
});

describe('every secret of a login', () => {
  it('is masked in what comes back', async () => {
    await app.signIn(addLogin());
    await advance(7200);
    await app.send({ url: '/auth/user' });
    const secrets = app.secrets();
    expect(secrets).toHaveLength(4);
    const { text } = await app.send({
      url: `${practice.server.url}/echo`,
      method: 'POST',
      headers: secrets.map((value, index) => ({ name: `X-Echo-${index}`, value })),
      body: { kind: 'text', text: secrets.join(' and ') },
    });
    for (const secret of secrets) expect(text).not.toContain(secret);
  });

  it('is found in a file that would hold it', async () => {
    await app.signIn(addLogin());
    for (const secret of app.secrets())
      expect(app.tessera.secretIn(app.appId, `x ${secret} y`)).toEqual({ kind: 'token', name: 'main' });
  });

  it('is nowhere in the token as it is listed', async () => {
    await app.signIn(addLogin());
    for (const secret of app.secrets()) expect(JSON.stringify(app.token())).not.toContain(secret);
  });
});

describe('another process with the same vault', () => {
  it('uses the access token, and says that it cannot renew it', async () => {
    await app.signIn(addLogin());
    await using stack = new AsyncDisposableStack();
    const other = stack.adopt(app.open(), (tessera) => tessera.close());
    await other.vault.unlock({ kind: 'passphrase', passphrase: PASSPHRASE });
    const send = async () => {
      const { response, body } = await other.send(app.appId, requestSchema.parse({ url: '/auth/user' }));
      body.close();
      return response.status;
    };
    expect(await send()).toBe(200);
    await advance(7200);
    await expect(send()).rejects.toMatchObject({ code: 'VAULT_READ_ONLY' });
    expect(await practice.timesCalled(REFRESH)).toBe(0);
    await app.send({ url: '/auth/user' });
    expect(await send()).toBe(200);
    expect(await practice.timesCalled(REFRESH)).toBe(1);
  });
});
