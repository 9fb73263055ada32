import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OAuthInput } from '../../../shared/logins/oauth.ts';
import type { Token } from '../../../shared/tokens/token.ts';
import { LoopbackServer } from '../../support/loopback-server.ts';
import { Obtainer } from '../../support/obtaining.ts';

const CLIENT_SECRET = 'the-secret-of-the-client';
const REFRESH = 'the-refresh-token-of-the-session';
const { signal } = new AbortController();

interface Said {
  readonly status?: number;
  readonly body: object;
}

let server: LoopbackServer;
let app: Obtainer;
/** What is said at each path; elsewhere there is nothing. */
let says: Record<string, Said>;
let asked: { readonly path: string; readonly form: URLSearchParams }[];

beforeEach(async () => {
  says = { '/token': { body: { access_token: 'the-access-token', token_type: 'bearer', expires_in: 600 } } };
  asked = [];
  server = await LoopbackServer.start(async (request, response) => {
    const said = says[pathOf(request)];
    asked.push({ path: pathOf(request), form: new URLSearchParams(await text(request)) });
    response.writeHead(said === undefined ? 404 : (said.status ?? 200), {
      'Content-Type': 'application/json',
    });
    response.end(JSON.stringify(said?.body ?? {}));
  });
  app = await Obtainer.create({ baseUrl: server.url });
});
afterEach(async () => {
  await app[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const pathOf = ({ url }: IncomingMessage) => url ?? '';
const pathsAsked = () => asked.map(({ path }) => path);

function publish(path: string, more: object = {}): void {
  const endpoints = { issuer: server.url, token_endpoint: `${server.url}/token` };
  says[path] = { body: { ...endpoints, ...more } };
}

const OAUTH_METADATA = '/.well-known/oauth-authorization-server';
const OPENID_METADATA = '/.well-known/openid-configuration';

function add(changes: Partial<OAuthInput> = {}): Token {
  const oauth = { grant: 'client-credentials', issuer: server.url, clientId: 'service', ...changes } as const;
  return app.addOAuth(oauth, CLIENT_SECRET);
}

const keyOf = ({ id }: Token) => ({ appId: app.appId, tokenId: id });

describe('an authorization server', () => {
  it('that publishes by OpenID Connect alone is found as well', async () => {
    publish(OPENID_METADATA);
    await app.signIn(add());
    expect(pathsAsked()).toEqual([OAUTH_METADATA, OPENID_METADATA, '/token']);
  });

  it('is asked at the endpoints that were given, whatever it publishes', async () => {
    publish(OAUTH_METADATA, { token_endpoint: `${server.url}/published` });
    await app.signIn(add({ tokenEndpoint: `${server.url}/token` }));
    expect(pathsAsked()).toEqual([OAUTH_METADATA, '/token']);
  });

  it('whose metadata is of another issuer is not believed', async () => {
    publish(OAUTH_METADATA, { issuer: 'https://other.example.com' });
    await expect(app.signIn(add())).rejects.toMatchObject({ code: 'LOGIN_FAILED' });
    expect(pathsAsked()).toEqual([OAUTH_METADATA]);
  });

  it('that repeats the client’s secret in its words is quoted without it', async () => {
    publish(OAUTH_METADATA);
    const body = { error: 'invalid_client', error_description: `no client has ${CLIENT_SECRET}` };
    says['/token'] = { status: 401, body };
    const failure: unknown = await app.signIn(add()).catch((error: unknown) => error);
    expect(failure).toMatchObject({ message: expect.stringContaining('no client has ••••') });
    expect(JSON.stringify(failure)).not.toContain(CLIENT_SECRET);
  });

  it('says until when a session can be renewed', async () => {
    publish(OAUTH_METADATA);
    says['/token'] = {
      body: {
        access_token: 'the-access-token',
        token_type: 'bearer',
        refresh_token: REFRESH,
        expires_in: 60,
        refresh_expires_in: 3600,
      },
    };
    await app.signIn(add());
    const { refreshExpiresAt } = app.token();
    expect(Date.parse(refreshExpiresAt ?? '') - Date.now()).toBeGreaterThan(3_500_000);
  });
});

describe('signing out', () => {
  const connect = async () => {
    says['/token'] = {
      body: { access_token: 'the-access-token', token_type: 'bearer', refresh_token: REFRESH },
    };
    const token = add();
    await app.signIn(token);
    return token;
  };

  it('revokes the refresh token, which ends what came of it', async () => {
    publish(OAUTH_METADATA, { revocation_endpoint: `${server.url}/revoke` });
    says['/revoke'] = { body: {} };
    const { problem } = await app.tessera.logins.signOut(keyOf(await connect()), signal);
    expect(problem).toBeNull();
    expect(asked.at(-1)?.form.get('token')).toBe(REFRESH);
  });

  it('says that the session goes on where it cannot be revoked', async () => {
    publish(OAUTH_METADATA);
    const { problem } = await app.tessera.logins.signOut(keyOf(await connect()), signal);
    expect(problem?.message).toContain('the session goes on until it expires');
  });
});

describe('what an authorization server says of a token', () => {
  const introspecting = (more: object = {}) =>
    publish(OAUTH_METADATA, { introspection_endpoint: `${server.url}/introspect`, ...more });
  const checkAll = async () => (await app.tessera.checkTokens(app.appId, null)).results[0];
  const check = async () => {
    introspecting();
    add();
    return checkAll();
  };
  /** Of a client without a secret, whose user has signed in. */
  const checkPublic = async () => {
    introspecting({ authorization_endpoint: `${server.url}/authorize` });
    const openPage = async ({ searchParams }: URL) => {
      const [redirect, state] = [searchParams.get('redirect_uri'), searchParams.get('state')];
      await fetch(`${redirect}?code=a-code&state=${state}`);
    };
    const token = add({ grant: 'authorization-code', clientAuthentication: 'none' });
    await app.signIn(token, { steps: { openPage, showCode: () => undefined } });
    return checkAll();
  };

  it('leaves out scopes that it does not name, and calls its owner by the subject', async () => {
    says['/introspect'] = { body: { active: true, sub: 'ada' } };
    expect((await check())?.check).toMatchObject({ outcome: 'accepted', identity: 'ada', scopes: null });
  });

  it('is asked for by the ID of a client that has no secret', async () => {
    says['/introspect'] = { body: { active: true, username: 'ada' } };
    const result = await checkPublic();
    expect(result?.check).toMatchObject({ outcome: 'accepted', identity: 'ada' });
    expect(asked.at(-1)?.form.get('client_id')).toBe('service');
  });

  it.each([
    400, 401, 403,
  ])('gives way to the request that is set where it is kept from such a client: %d', async (status) => {
    says['/introspect'] = { status, body: { error: 'invalid_client' } };
    says['/me'] = { body: {} };
    app.tessera.apps.update(app.appId, { check: { method: 'GET', path: '/me' } });
    const result = await checkPublic();
    expect([result?.check.outcome, asked.at(-1)?.path]).toEqual(['accepted', '/me']);
  });

  it('is not given up where the server fails', async () => {
    says['/introspect'] = { status: 503, body: { error: 'temporarily_unavailable' } };
    expect((await checkPublic())?.code).toBe('LOGIN_FAILED');
  });

  it('is quoted without the client’s secret', async () => {
    const body = { error: 'invalid_client', error_description: `no client has ${CLIENT_SECRET}` };
    says['/introspect'] = { status: 401, body };
    expect((await check())?.check.message).toContain('no client has ••••');
  });
});

describe('the page to sign in on', () => {
  const open = async (more: object) => {
    publish(OAUTH_METADATA, more);
    const opened: URL[] = [];
    const steps = { openPage: async (url: URL) => void opened.push(url), showCode: () => undefined };
    const token = add({ grant: 'authorization-code', clientAuthentication: 'none' });
    const failure: unknown = await app.signIn(token, { steps }).catch((error: unknown) => error);
    return { opened, failure };
  };

  it('is not opened where it is not encrypted', async () => {
    const { opened, failure } = await open({ authorization_endpoint: 'http://id.example.com/authorize' });
    expect(opened).toEqual([]);
    expect(failure).toMatchObject({ message: expect.stringContaining('http://id.example.com') });
  });

  it('has to be known', async () => {
    const { failure } = await open({});
    expect(failure).toMatchObject({ message: expect.stringContaining('names no page to sign in on') });
  });
});
