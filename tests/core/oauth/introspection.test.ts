import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OAuthInput } from '../../../shared/logins/oauth.ts';
import type { Token } from '../../../shared/tokens/token.ts';
import type { TokenCheckResult } from '../../../shared/tokens/token-check.ts';
import { Obtainer } from '../../support/obtaining.ts';
import { PracticeApi } from '../../support/practice-api.ts';

const INTROSPECT = 'POST /oauth/introspect';
const SCOPES = ['account:read', 'profile:read'];

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

function service() {
  const found = practice.server.oauth.find(({ clientId }) => clientId === 'practice-service');
  if (found === undefined) throw new Error('It is not announced.');
  return found;
}

function add(changes: Partial<OAuthInput> = {}, secret = service().clientSecret): Token {
  const { issuer, clientId } = service();
  return app.addOAuth({ grant: 'client-credentials', issuer, clientId, ...changes }, secret, SCOPES);
}

async function check(): Promise<TokenCheckResult> {
  const { results } = await app.tessera.checkTokens(app.appId, null);
  const [result] = results;
  if (result === undefined) throw new Error('There is no result.');
  return result;
}

describe('the check of an OAuth token', () => {
  it('asks the authorization server where it offers that: whose it is, until when, and for what', async () => {
    add();
    const { check: found, code } = await check();
    expect(found).toMatchObject({ outcome: 'accepted', identity: 'practice-service', scopes: SCOPES });
    expect(Date.parse(String(found.expiresAt))).toBeGreaterThan(Date.now());
    expect(code).toBeNull();
    expect(await practice.timesCalled(INTROSPECT)).toBe(1);
  });

  it('refuses a token that the server says is not active', async () => {
    const token = add();
    await app.signIn(token);
    const key = { appId: app.appId, tokenId: token.id };
    const secret = app.tessera.tokens.secrets.open(key).toString();
    const { issuer, clientId, clientSecret = '' } = service();
    await fetch(`${issuer}/revoke`, {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
      body: new URLSearchParams({ token: secret }),
    });
    const { check: found } = await check();
    expect(found).toMatchObject({ outcome: 'refused', message: expect.stringMatching(/is not active/) });
    expect(JSON.stringify(found)).not.toContain(secret);
  });

  it('renews an access token whose time is over before it asks', async () => {
    const token = add();
    await app.signIn(token);
    app.advance(4000);
    await practice.advance(4000);
    expect((await check()).check.outcome).toBe('accepted');
  });

  it('says why the server could not be asked, without the secret of the client', async () => {
    const wrong = 'not-the-client-secret-71';
    add({}, wrong);
    const { check: found, code } = await check();
    expect(found.outcome).toBe('unclear');
    expect(code).toBe('REFRESH_FAILED');
    expect(found.message).toMatch(/its secret is wrong/);
    expect(found.message).not.toContain(wrong);
  });

  it('makes the request that was set where no metadata says where to ask', async () => {
    const { issuer } = service();
    add({ issuer: null, tokenEndpoint: `${issuer}/token` });
    app.tessera.apps.update(app.appId, { check: { method: 'GET', path: '/resource' } });
    expect((await check()).check.outcome).toBe('accepted');
    expect(await practice.timesCalled(INTROSPECT)).toBe(0);
    expect(await practice.timesCalled('GET /oauth/resource')).toBe(1);
  });
});
