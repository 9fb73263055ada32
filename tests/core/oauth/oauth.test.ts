import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OAuthInput } from '../../../shared/logins/oauth.ts';
import type { Token } from '../../../shared/tokens/token.ts';
import { tokenState } from '../../../shared/tokens/token-state.ts';
import { LoopbackServer } from '../../support/loopback-server.ts';
import { OAuthUser } from '../../support/oauth-user.ts';
import { Obtainer } from '../../support/obtaining.ts';
import { PracticeApi } from '../../support/practice-api.ts';

const TOKEN = 'POST /oauth/token';

let practice: PracticeApi;
let app: Obtainer;

beforeEach(async () => {
  practice = await PracticeApi.start();
  app = await Obtainer.create({ baseUrl: `${practice.server.url}/oauth` });
});
afterEach(async () => {
  await app[Symbol.asyncDispose]();
  await practice[Symbol.asyncDispose]();
});

function clientOf(id: 'practice-desktop' | 'practice-service') {
  const found = practice.server.oauth.find(({ clientId }) => clientId === id);
  if (found === undefined) throw new Error(`${id} is not announced.`);
  return found;
}

/** The client with a secret, or the public one. */
function add(grant: OAuthInput['grant'], changes: Partial<OAuthInput> = {}): Token {
  const isService = grant === 'client-credentials';
  const { issuer, clientId, clientSecret } = clientOf(isService ? 'practice-service' : 'practice-desktop');
  const authentication = isService ? 'basic' : 'none';
  return app.addOAuth(
    { grant, issuer, clientId, clientAuthentication: authentication, ...changes },
    isService ? clientSecret : '',
    ['account:read', 'profile:read'],
  );
}

async function advance(seconds: number): Promise<void> {
  app.advance(seconds);
  await practice.advance(seconds);
}

const resource = async () => (await app.send({ url: '/resource' })).response.status;

describe('client credentials', () => {
  it('get an access token when the first request is sent, and keep it', async () => {
    add('client-credentials');
    expect(await resource()).toBe(200);
    expect(await resource()).toBe(200);
    expect(await practice.timesCalled(TOKEN)).toBe(1);
  });

  it.each(['basic', 'post'] as const)('are sent as %s', async (clientAuthentication) => {
    add('client-credentials', { clientAuthentication });
    expect(await resource()).toBe(200);
  });

  it('say that the secret is wrong, without it', async () => {
    const { issuer, clientId } = clientOf('practice-service');
    const wrong = 'not-the-client-secret-71';
    const token = app.addOAuth({ grant: 'client-credentials', issuer, clientId }, wrong);
    const failure = await app.signIn(token).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'LOGIN_FAILED',
      message: expect.stringMatching(/its secret is wrong.*\(invalid_client\)/),
    });
    expect(String(failure)).not.toContain(wrong);
  });

  it('say which scope cannot be had', async () => {
    const { issuer, clientId, clientSecret } = clientOf('practice-service');
    const oauth = { grant: 'client-credentials', issuer, clientId } as const;
    const token = app.addOAuth(oauth, clientSecret, ['everything']);
    await expect(app.signIn(token)).rejects.toMatchObject({
      code: 'LOGIN_FAILED',
      message: expect.stringContaining('invalid_scope'),
    });
  });

  it('are asked for once by 50 requests on an expired token', async () => {
    add('client-credentials');
    await resource();
    await advance(7200);
    const statuses = await Promise.all(Array.from({ length: 50 }, resource));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await practice.timesCalled(TOKEN)).toBe(2);
  });

  it('work without an issuer, by their endpoint alone', async () => {
    add('client-credentials', { issuer: null, tokenEndpoint: `${practice.server.url}/oauth/token` });
    expect(await resource()).toBe(200);
  });
});

describe('authorization code with PKCE', () => {
  it('comes back from the browser with tokens, to a page that says so', async () => {
    const user = new OAuthUser(practice);
    await app.signIn(add('authorization-code'), { steps: user });
    expect(await resource()).toBe(200);
    expect(user.cameBackTo?.url.hostname).toBe('127.0.0.1');
    expect(user.cameBackTo).toMatchObject({
      status: 200,
      text: expect.stringContaining('You are signed in'),
    });
    expect(tokenState(app.token(), app.now())).toEqual({ kind: 'renews' });
  });

  it('stops listening as soon as it is over', async () => {
    const user = new OAuthUser(practice);
    await app.signIn(add('authorization-code'), { steps: user });
    await expect(fetch(user.cameBackTo?.url ?? '')).rejects.toThrow('fetch failed');
  });

  it('turns away what does not bring its state, and goes on waiting', async () => {
    const user = new OAuthUser(practice);
    const strays: number[] = [];
    const openPage = async (url: URL) => {
      const redirect = url.searchParams.get('redirect_uri') ?? '';
      for (const stray of [
        `${redirect}?code=stolen&state=guessed`,
        `${redirect}?code=x`,
        new URL('/', redirect),
      ]) {
        strays.push((await fetch(stray)).status);
      }
      await user.openPage(url);
    };
    await app.signIn(add('authorization-code'), { steps: { ...user, openPage } });
    expect(strays).toEqual([400, 400, 404]);
    expect(await resource()).toBe(200);
  });

  it('says that the user declined', async () => {
    const token = add('authorization-code');
    await expect(app.signIn(token, { steps: new OAuthUser(practice, 'deny') })).rejects.toMatchObject({
      code: 'LOGIN_FAILED',
      message: expect.stringContaining('declined'),
    });
    expect(app.token()).toEqual(token);
  });

  it('can be cancelled while the browser is open', async () => {
    const token = add('authorization-code');
    const cancel = new AbortController();
    const openPage = async () => cancel.abort();
    const steps = { openPage, showCode: () => undefined };
    await expect(app.signIn(token, { steps }, cancel.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(app.token()).toEqual(token);
  });

  it('takes an answer that comes before the system says that the browser is open', async () => {
    const user = new OAuthUser(practice);
    const asked: (string | null)[] = [];
    const openPage = (url: URL) => {
      asked.push(url.searchParams.get('scope'));
      void user.openPage(url);
      return new Promise<void>(() => undefined);
    };
    await app.signIn(add('authorization-code'), { steps: { ...user, openPage } });
    expect(asked).toEqual(['account:read profile:read']);
    expect(await resource()).toBe(200);
  });

  it('takes the word of a server of which no issuer was given', async () => {
    const { issuer } = clientOf('practice-desktop');
    const token = add('authorization-code', {
      issuer: null,
      authorizationEndpoint: `${issuer}/authorize`,
      tokenEndpoint: `${issuer}/token`,
    });
    await app.signIn(token, { steps: new OAuthUser(practice) });
    expect(await resource()).toBe(200);
  });

  it('is not begun by a request', async () => {
    add('authorization-code');
    await expect(resource()).rejects.toMatchObject({ code: 'LOGIN_NEEDED' });
  });
});

describe('device code', () => {
  it('shows its code, and waits until it was entered', async () => {
    const user = new OAuthUser(practice);
    await app.signIn(add('device-code'), { steps: user });
    expect(user.shown).toMatchObject([
      {
        userCode: expect.stringMatching(/^[B-Z]{4}-[B-Z]{4}$/),
        verificationUrl: expect.stringContaining('/oauth/device'),
      },
    ]);
    expect(await resource()).toBe(200);
  });

  it('says that the user declined', async () => {
    const steps = new OAuthUser(practice, 'deny');
    await expect(app.signIn(add('device-code'), { steps })).rejects.toMatchObject({
      code: 'LOGIN_FAILED',
      message: expect.stringContaining('access_denied'),
    });
  });

  it('can be cancelled while it waits', async () => {
    const cancel = new AbortController();
    const steps = { openPage: async () => undefined, showCode: () => cancel.abort() };
    await expect(app.signIn(add('device-code'), { steps }, cancel.signal)).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });
});

describe('the tokens of a consent', () => {
  const connect = () => app.signIn(add('authorization-code'), { steps: new OAuthUser(practice) });

  it('are refreshed once for 50 requests, each time by the newest refresh token', async () => {
    await connect();
    for (let count = 1; count <= 2; count += 1) {
      await advance(7200);
      const statuses = await Promise.all(Array.from({ length: 50 }, resource));
      expect(new Set(statuses)).toEqual(new Set([200]));
      expect(await practice.timesCalled(TOKEN)).toBe(1 + count);
    }
  });

  it('stay as they are where a refresh fails, and the reason is said', async () => {
    await connect();
    const before = app.secrets();
    await advance(7200);
    await practice.control('failures?path=/oauth/token&status=503&times=1');
    await expect(resource()).rejects.toMatchObject({
      code: 'REFRESH_FAILED',
      message: expect.stringMatching(/could not be renewed.*503.*old values were kept/),
    });
    expect(app.secrets()).toEqual(before);
    expect(await resource()).toBe(200);
  });

  it('need a sign-in when the refresh token’s time is over', async () => {
    await connect();
    await advance(31 * 86_400);
    await expect(resource()).rejects.toMatchObject({
      code: 'REFRESH_FAILED',
      message: expect.stringContaining('Sign in anew'),
    });
  });

  it('are refreshed after a 401, and the request sent again', async () => {
    await connect();
    await practice.advance(7200);
    expect(await resource()).toBe(200);
    expect(await practice.timesCalled('GET /oauth/resource')).toBe(2);
  });

  it('are revoked when the user signs out', async () => {
    const token = await connect();
    const [accessToken = ''] = app.secrets();
    const { signal } = new AbortController();
    const key = { appId: app.appId, tokenId: token.id };
    expect((await app.tessera.logins.signOut(key, signal)).problem).toBeNull();
    expect((await practice.bearer('/oauth/resource', accessToken)).status).toBe(401);
    expect(app.secrets()).toEqual([]);
  });

  it('are masked, all of them, in what comes back', async () => {
    await connect();
    await advance(7200);
    await resource();
    const secrets = app.secrets();
    expect(secrets).toHaveLength(3);
    const url = `${practice.server.url}/echo`;
    const { text } = await app.send({ url, method: 'POST', body: { kind: 'text', text: secrets.join(' ') } });
    for (const secret of secrets) expect(text).not.toContain(secret);
  });
});

describe('an authorization server', () => {
  it('that the app does not allow gets nothing', async () => {
    const other = await PracticeApi.start();
    await using stack = new AsyncDisposableStack();
    stack.use(other);
    add('client-credentials', { issuer: `${other.server.url}/oauth` });
    await expect(resource()).rejects.toMatchObject({ code: 'ORIGIN_NOT_ALLOWED' });
    expect(await other.timesCalled(TOKEN)).toBe(0);
  });

  it('that names an endpoint without encryption gets nothing there', async () => {
    const plain = 'http://login.example.test';
    await using issuer = await LoopbackServer.start((_request, response) => {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ issuer: issuer.url, token_endpoint: `${plain}/token` }));
    });
    app.tessera.apps.update(app.appId, { allowedOrigins: [issuer.url, plain] });
    const token = add('client-credentials', { issuer: issuer.url });
    await expect(app.signIn(token)).rejects.toMatchObject({
      code: 'LOGIN_FAILED',
      message: expect.stringContaining('without encryption'),
    });
  });

  it('whose metadata is not there is named', async () => {
    const token = add('client-credentials', { issuer: `${practice.server.url}/nothing` });
    await expect(app.signIn(token)).rejects.toMatchObject({
      code: 'LOGIN_FAILED',
      message: expect.stringContaining('/nothing'),
    });
  });
});
