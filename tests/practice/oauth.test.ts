import * as oauth from 'oauth4webapi';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PracticeApi } from '../support/practice-api.ts';

const HTTP = { [oauth.allowInsecureRequests]: true };
const REDIRECT = 'http://127.0.0.1:53124/callback';
const desktop: oauth.Client = { client_id: 'practice-desktop' };
const service: oauth.Client = { client_id: 'practice-service' };

let practice: PracticeApi;
let issuer: URL;
let server: oauth.AuthorizationServer;

beforeEach(async () => {
  practice = await PracticeApi.start();
  issuer = new URL(`${practice.server.url}/oauth`);
  const answer = await oauth.discoveryRequest(issuer, { ...HTTP, algorithm: 'oauth2' });
  server = await oauth.processDiscoveryResponse(issuer, answer);
});
afterEach(() => practice[Symbol.asyncDispose]());

function serviceSecret(): string {
  const client = practice.server.oauth.find(({ clientId }) => clientId === service.client_id);
  if (client?.clientSecret === undefined) throw new Error('The client with a secret is not announced.');
  return client.clientSecret;
}

const resource = (token: string) => practice.bearer('/oauth/resource', token);
const asJson = async (answer: Promise<Response>) => {
  const { status, ...rest } = await answer.then(async (it) => ({ status: it.status, body: await it.json() }));
  return [status, rest.body];
};
const isError = (error: string) => expect.objectContaining({ error });

/** Answers the question on a page as its button would. */
async function decide(shown: Response, decision: 'allow' | 'deny'): Promise<Response> {
  const text = await shown.text();
  const request = /name="request" value="([^"]+)"/.exec(text)?.[1];
  if (request === undefined) throw new Error(`No question on the page: ${text}`);
  return practice.postForm('/oauth/consent', { request, decision });
}

function authorizationUrl(change: Record<string, string> = {}): string {
  const url = new URL(server.authorization_endpoint ?? '');
  const parameters = {
    client_id: desktop.client_id,
    redirect_uri: REDIRECT,
    response_type: 'code',
    scope: 'account:read profile:read',
    state: 'the-state',
    code_challenge_method: 'S256',
    ...change,
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.pathname + url.search;
}

/** From the user's consent to the tokens. */
async function connect() {
  const verifier = oauth.generateRandomCodeVerifier();
  const code_challenge = await oauth.calculatePKCECodeChallenge(verifier);
  const back = await decide(await practice.call(authorizationUrl({ code_challenge })), 'allow');
  const target = new URL(back.headers.get('location') ?? '');
  const parameters = oauth.validateAuthResponse(server, desktop, target, 'the-state');
  const redeem = (given = verifier) =>
    oauth.authorizationCodeGrantRequest(server, desktop, oauth.None(), parameters, REDIRECT, given, HTTP);
  const read = async () => oauth.processAuthorizationCodeResponse(server, desktop, await redeem());
  return { target, verifier, redeem, read };
}

const refresh = (token: string, scope?: string) =>
  oauth.refreshTokenGrantRequest(server, desktop, oauth.None(), token, {
    ...HTTP,
    ...(scope === undefined ? {} : { additionalParameters: { scope } }),
  });
const refreshed = async (token: string) =>
  oauth.processRefreshTokenResponse(server, desktop, await refresh(token));
const textOf = (value: string | undefined) => {
  if (value === undefined) throw new Error('A token is missing.');
  return value;
};

describe('authorization code with PKCE', () => {
  it('gives tokens after the user’s consent, on any port of loopback', async () => {
    const { target, read } = await connect();
    expect(target.origin).toBe('http://127.0.0.1:53124');
    expect(target.searchParams.get('iss')).toBe(issuer.href);
    const tokens = await read();
    expect(tokens).toMatchObject({
      token_type: 'bearer',
      expires_in: 3600,
      scope: 'account:read profile:read',
    });
    expect((await resource(tokens.access_token)).status).toBe(200);
  });

  it('tells the app when the user says no', async () => {
    const back = await decide(
      await practice.call(authorizationUrl({ code_challenge: 'A'.repeat(43) })),
      'deny',
    );
    const target = new URL(back.headers.get('location') ?? '');
    expect(() => oauth.validateAuthResponse(server, desktop, target, 'the-state')).toThrow(
      expect.objectContaining({ error: 'access_denied' }),
    );
  });

  it('takes one decision for each question', async () => {
    const shown = await practice.call(authorizationUrl({ code_challenge: 'A'.repeat(43) }));
    const again = shown.clone();
    expect((await decide(shown, 'allow')).status).toBe(303);
    expect((await decide(again, 'allow')).status).toBe(400);
    expect(
      (await practice.postForm('/oauth/consent', { request: 'guessed', decision: 'allow' })).status,
    ).toBe(400);
  });

  it('refuses a code that is redeemed for another address', async () => {
    const { target, verifier } = await connect();
    const fields = {
      grant_type: 'authorization_code',
      client_id: desktop.client_id,
      code: target.searchParams.get('code') ?? '',
      code_verifier: verifier,
      redirect_uri: 'http://127.0.0.1:1/callback',
    };
    expect(await asJson(practice.postForm('/oauth/token', fields))).toEqual([400, isError('invalid_grant')]);
  });

  it('refuses a wrong verifier, and a code that is too old', async () => {
    const wrong = await connect();
    expect(await asJson(wrong.redeem(oauth.generateRandomCodeVerifier()))).toEqual([
      400,
      isError('invalid_grant'),
    ]);
    const late = await connect();
    await practice.advance(60);
    expect(await asJson(late.redeem())).toEqual([400, isError('invalid_grant')]);
  });

  it('ends what a code gave when the code comes again', async () => {
    const { redeem, read } = await connect();
    const tokens = await read();
    expect(await asJson(redeem())).toEqual([400, isError('invalid_grant')]);
    expect((await resource(tokens.access_token)).status).toBe(401);
  });

  it.each([
    ['an unknown client', { client_id: 'nobody' }],
    ['another host', { redirect_uri: 'http://evil.example/callback' }],
    ['another path', { redirect_uri: 'http://127.0.0.1:1/elsewhere' }],
    ['another scheme', { redirect_uri: 'https://127.0.0.1/callback' }],
    ['a user name in the address', { redirect_uri: 'http://a@127.0.0.1/callback' }],
    ['a fragment', { redirect_uri: 'http://127.0.0.1/callback#a' }],
    ['no address', { redirect_uri: '' }],
  ])('sends nobody back for %s', async (_what, change) => {
    const answer = await practice.call(authorizationUrl({ code_challenge: 'A'.repeat(43), ...change }));
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  });

  it.each([
    ['invalid_request', { code_challenge: '' }],
    ['invalid_request', { code_challenge_method: 'plain' }],
    ['unsupported_response_type', { response_type: 'token' }],
    ['invalid_scope', { scope: 'everything' }],
  ])('goes back with %s for %o', async (error, change) => {
    const answer = await practice.call(authorizationUrl({ code_challenge: 'A'.repeat(43), ...change }));
    const target = new URL(answer.headers.get('location') ?? '');
    expect([target.searchParams.get('error'), target.searchParams.get('state')]).toEqual([
      error,
      'the-state',
    ]);
  });

  it('escapes what it shows', async () => {
    const shown = await practice.call(`/oauth/device?user_code=${encodeURIComponent('"><script>')}`);
    expect(await shown.text()).not.toContain('<script>');
    expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});

describe('refresh', () => {
  it('gives another refresh token, and ends the old one with all of its family when that comes again', async () => {
    const first = await (await connect()).read();
    const second = await refreshed(textOf(first.refresh_token));
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await resource(first.access_token)).status).toBe(200);
    expect(await asJson(refresh(textOf(first.refresh_token)))).toEqual([400, isError('invalid_grant')]);
    expect(await asJson(refresh(textOf(second.refresh_token)))).toEqual([400, isError('invalid_grant')]);
    expect((await resource(second.access_token)).status).toBe(401);
  });

  it('narrows scopes, and does not widen them', async () => {
    const { refresh_token } = await (await connect()).read();
    expect(await asJson(refresh(textOf(refresh_token), 'users:read'))).toEqual([
      400,
      isError('invalid_scope'),
    ]);
    const [status, narrowed] = await asJson(refresh(textOf(refresh_token), 'profile:read'));
    expect([status, narrowed]).toEqual([200, expect.objectContaining({ scope: 'profile:read' })]);
  });

  it('refuses the refresh token of another client', async () => {
    const { refresh_token } = await (await connect()).read();
    const answer = oauth.refreshTokenGrantRequest(
      server,
      service,
      oauth.ClientSecretBasic(serviceSecret()),
      textOf(refresh_token),
      HTTP,
    );
    expect(await asJson(answer)).toEqual([400, isError('invalid_grant')]);
  });

  it('is over after thirty days', async () => {
    const { refresh_token } = await (await connect()).read();
    await practice.advance(30 * 86_400);
    expect(await asJson(refresh(textOf(refresh_token)))).toEqual([400, isError('invalid_grant')]);
  });
});

describe('client credentials', () => {
  const grant = (authentication: oauth.ClientAuth, client = service, parameters = {}) =>
    oauth.clientCredentialsGrantRequest(server, client, authentication, parameters, HTTP);

  it.each([
    ['Basic', oauth.ClientSecretBasic],
    ['the form', oauth.ClientSecretPost],
  ])('are taken by %s, and give no refresh token', async (_how, by) => {
    const answer = await grant(by(serviceSecret()), service, { scope: 'account:read' });
    const tokens = await oauth.processClientCredentialsResponse(server, service, answer);
    expect(tokens).toMatchObject({ scope: 'account:read', expires_in: 3600 });
    expect(tokens.refresh_token).toBeUndefined();
    expect((await resource(tokens.access_token)).status).toBe(200);
  });

  it('answers 401 invalid_client with a challenge to a wrong secret', async () => {
    const answer = await grant(oauth.ClientSecretBasic('wrong'));
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="practice"']);
    expect(await answer.json()).toEqual(isError('invalid_client'));
  });

  it('are refused from the public client, and with an unknown scope', async () => {
    expect(await asJson(grant(oauth.None(), desktop))).toEqual([400, isError('unauthorized_client')]);
    const unknown = grant(oauth.ClientSecretPost(serviceSecret()), service, { scope: 'everything' });
    expect(await asJson(unknown)).toEqual([400, isError('invalid_scope')]);
  });
});

describe('the token endpoint', () => {
  const token = (fields: Record<string, string>) => practice.postForm('/oauth/token', fields);

  it('says what is wrong in the codes of RFC 6749', async () => {
    const client_id = desktop.client_id;
    expect(await asJson(token({ client_id }))).toEqual([400, isError('invalid_request')]);
    expect(await asJson(token({ client_id, grant_type: 'password' }))).toEqual([
      400,
      isError('unsupported_grant_type'),
    ]);
    expect(await asJson(token({ grant_type: 'refresh_token' }))).toEqual([401, isError('invalid_client')]);
    expect(await asJson(practice.postJson('/oauth/token', { client_id }))).toEqual([
      400,
      isError('invalid_request'),
    ]);
    const twice = practice.call('/oauth/token', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'client_id=a&client_id=b',
    });
    expect(await asJson(twice)).toEqual([400, isError('invalid_request')]);
  });

  it('is not cached', async () => {
    expect((await token({})).headers.get('cache-control')).toBe('no-store');
  });
});

describe('the device flow', () => {
  const begin = async () => {
    const answer = await oauth.deviceAuthorizationRequest(
      server,
      desktop,
      oauth.None(),
      { scope: 'account:read' },
      HTTP,
    );
    return oauth.processDeviceAuthorizationResponse(server, desktop, answer);
  };
  const poll = (code: string) => oauth.deviceCodeGrantRequest(server, desktop, oauth.None(), code, HTTP);
  const enter = (user_code: string) => practice.postForm('/oauth/device', { user_code });

  it('waits for the user, then gives tokens once', async () => {
    const { device_code, user_code, interval = 0, verification_uri } = await begin();
    expect(verification_uri).toBe(`${issuer.href}/device`);
    expect(user_code).toMatch(/^[B-Z]{4}-[B-Z]{4}$/);
    expect(await asJson(poll(device_code))).toEqual([400, isError('authorization_pending')]);
    expect((await decide(await enter(user_code.toLowerCase().replace('-', '')), 'allow')).status).toBe(200);
    await practice.advance(interval);
    const tokens = await oauth.processDeviceCodeResponse(server, desktop, await poll(device_code));
    expect((await resource(tokens.access_token)).status).toBe(200);
    expect(tokens.refresh_token).toBeDefined();
    expect(await asJson(poll(device_code))).toEqual([400, isError('invalid_grant')]);
    expect((await enter(user_code)).status).toBe(400);
  });

  it('asks a device that is too quick to slow down, by five seconds more', async () => {
    const { device_code, interval = 0 } = await begin();
    await poll(device_code);
    expect(await asJson(poll(device_code))).toEqual([400, isError('slow_down')]);
    await practice.advance(interval + 5);
    expect(await asJson(poll(device_code))).toEqual([400, isError('authorization_pending')]);
  });

  it('says when the user refused, and when the time is over', async () => {
    const refused = await begin();
    await decide(await enter(refused.user_code), 'deny');
    expect(await asJson(poll(refused.device_code))).toEqual([400, isError('access_denied')]);
    const late = await begin();
    await practice.advance(late.expires_in);
    expect(await asJson(poll(late.device_code))).toEqual([400, isError('expired_token')]);
  });

  it('shows a page for the code, filled in where the address has it', async () => {
    const { user_code, verification_uri_complete = '' } = await begin();
    const shown = await practice.call(
      new URL(verification_uri_complete).pathname + new URL(verification_uri_complete).search,
    );
    expect(await shown.text()).toContain(`value="${user_code}"`);
    expect((await enter('WRNG-CODE')).status).toBe(400);
  });
});

describe('revocation', () => {
  const revoke = async (token: string, client = desktop) =>
    oauth.processRevocationResponse(await oauth.revocationRequest(server, client, oauth.None(), token, HTTP));

  it('ends an access token alone, and with a refresh token everything', async () => {
    const first = await (await connect()).read();
    await revoke(first.access_token);
    expect((await resource(first.access_token)).status).toBe(401);
    const second = await refreshed(textOf(first.refresh_token));
    await revoke(textOf(second.refresh_token));
    expect((await resource(second.access_token)).status).toBe(401);
    expect((await refresh(textOf(second.refresh_token))).status).toBe(400);
  });

  it('answers 200 to a token that is not known, and leaves those of other clients', async () => {
    await revoke('unknown');
    const answer = await oauth.clientCredentialsGrantRequest(
      server,
      service,
      oauth.ClientSecretPost(serviceSecret()),
      {},
      HTTP,
    );
    const { access_token } = await oauth.processClientCredentialsResponse(server, service, answer);
    await revoke(access_token);
    expect((await resource(access_token)).status).toBe(200);
  });
});

describe('introspection', () => {
  const introspect = async (token: string) => {
    const by = oauth.ClientSecretBasic(serviceSecret());
    const answer = await oauth.introspectionRequest(server, service, by, token, HTTP);
    return oauth.processIntrospectionResponse(server, service, answer);
  };

  it('tells what a token may do and when it ends, and of a dead one nothing', async () => {
    const { access_token } = await (await connect()).read();
    expect(await introspect(access_token)).toEqual({
      active: true,
      scope: 'account:read profile:read',
      client_id: desktop.client_id,
      token_type: 'Bearer',
      sub: 'w0',
      iss: issuer.href,
      iat: expect.any(Number),
      exp: expect.any(Number),
    });
    await practice.advance(3600);
    expect(await introspect(access_token)).toEqual({ active: false });
    expect(await introspect('unknown')).toEqual({ active: false });
  });

  it('is for clients with a secret', async () => {
    const answer = oauth.introspectionRequest(server, desktop, oauth.None(), 'x', HTTP);
    expect(await asJson(answer)).toEqual([401, isError('invalid_client')]);
  });
});

describe('a protected resource', () => {
  const challenge = async (answer: Promise<Response>) => {
    const { status, headers } = await answer;
    return [status, headers.get('www-authenticate')];
  };

  it('names the scheme to who brings nothing, and the error to who brings something wrong', async () => {
    expect(await challenge(practice.call('/oauth/resource'))).toEqual([401, 'Bearer realm="practice"']);
    const expired = practice.token('oauth', 'Expired').secret;
    expect(await challenge(resource(expired))).toEqual([
      401,
      expect.stringContaining('error="invalid_token"'),
    ]);
    const limited = practice.token('oauth', 'Lacks').secret;
    expect(await challenge(resource(limited))).toEqual([
      403,
      expect.stringMatching(/error="insufficient_scope".*scope="account:read"/),
    ]);
    expect(await challenge(practice.call(`/oauth/resource?access_token=${expired}`))).toEqual([
      400,
      expect.stringContaining('error="invalid_request"'),
    ]);
  });

  it('tells whose a token is', async () => {
    const { access_token } = await (await connect()).read();
    const answer = await oauth.userInfoRequest(server, desktop, access_token, HTTP);
    expect(await oauth.processUserInfoResponse(server, desktop, 'w0', answer)).toMatchObject({
      name: 'Practice User',
    });
  });

  it('takes the announced token that works', async () => {
    expect((await resource(practice.token('oauth', 'Works').secret)).status).toBe(200);
  });
});
