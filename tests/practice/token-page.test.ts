import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PracticeApi } from '../support/practice-api.ts';

let practice: PracticeApi;
beforeEach(async () => {
  practice = await PracticeApi.start();
});
afterEach(() => practice[Symbol.asyncDispose]());

const listedSchema = z.array(
  z.object({ provider: z.string(), id: z.string(), name: z.string(), state: z.string(), ending: z.string() }),
);
const listed = async (provider: string, name: string) => {
  const tokens = listedSchema.parse(await (await practice.call('/practice/tokens')).json());
  const found = tokens.find((token) => token.provider === provider && token.name === name);
  if (found === undefined) throw new Error(`There is no ${provider} token ${name}.`);
  return found;
};
const start = async () => (await practice.call('/')).text();
const formToken = async () => /name="form" value="([^"]+)"/.exec(await start())?.[1] ?? '';
const submit = async (action: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  practice.postForm(`/page/${action}`, { form: await formToken(), ...fields }, headers);
const shownSecret = async (answer: Response) => /Token: <code>([^<]+)</.exec(await answer.text())?.[1] ?? '';
const profile = async (secret: string) => (await practice.bearer('/airfocus/api/profile', secret)).status;

describe('the page of all tokens', () => {
  it('lists those of all providers, masked', async () => {
    const text = await start();
    for (const title of ['sipgate', 'Virtuozzo', 'PortSIP', 'airfocus', 'OAuth 2.0']) {
      expect(text).toContain(`<h2>${title}</h2>`);
    }
    for (const { secret } of practice.server.tokens) {
      expect(text).not.toContain(secret);
      expect(text).toContain(`••••${secret.slice(-4)}`);
    }
  });

  it('is neither cached nor framed, and runs no script', async () => {
    const { headers } = await practice.call('/');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(await start()).not.toContain('<script');
  });

  it('makes a token, and shows it this once', async () => {
    const answer = await submit('create', {
      provider: 'airfocus',
      name: 'mine',
      scopes: 'profile:read',
      seconds: '60',
    });
    const secret = await shownSecret(answer);
    expect([answer.status, await profile(secret)]).toEqual([200, 200]);
    expect(await start()).not.toContain(secret);
    await practice.advance(60);
    expect(await profile(secret)).toBe(401);
  });

  it('makes a sipgate token with its ID', async () => {
    const text = await (await submit('create', { provider: 'sipgate', name: 'mine' })).text();
    const [id, secret] = ['Token ID', 'Token'].map(
      (name) => new RegExp(`${name}: <code>([^<]+)<`).exec(text)?.[1],
    );
    const answer = await practice.call('/v2/account', {
      headers: { authorization: `Basic ${btoa(`${id}:${secret}`)}` },
    });
    expect(answer.status).toBe(200);
  });

  it('expires, regenerates and revokes a token', async () => {
    const { secret } = practice.token('airfocus', 'Works');
    const { id } = await listed('airfocus', 'main');
    expect((await submit('expire', { provider: 'airfocus', id })).status).toBe(303);
    expect([await profile(secret), (await listed('airfocus', 'main')).state]).toEqual([401, 'expired']);
    const renewed = await shownSecret(await submit('regenerate', { provider: 'airfocus', id }));
    expect([await profile(secret), await profile(renewed)]).toEqual([401, 200]);
    await submit('revoke', { provider: 'airfocus', id });
    expect([await profile(renewed), (await listed('airfocus', 'main')).state]).toEqual([401, 'revoked']);
    expect((await submit('regenerate', { provider: 'airfocus', id })).status).toBe(400);
  });

  it('moves the clock, and resets everything', async () => {
    await submit('clock', { advance: '3600' });
    const { secret } = practice.token('portsip', 'Works');
    const user = async () => (await practice.bearer('/portsip/api/auth/user', secret)).status;
    expect(await user()).toBe(401);
    await submit('clock', { advance: '0' });
    expect(await user()).toBe(200);
    await submit('revoke', { provider: 'portsip', id: (await listed('portsip', 'main')).id });
    expect(await user()).toBe(401);
    await submit('reset', {});
    expect(await user()).toBe(200);
  });

  it.each([
    ['create', { provider: 'nobody', name: 'a' }],
    ['create', { provider: 'airfocus', name: ' ' }],
    ['create', { provider: 'airfocus', name: 'a', seconds: 'many' }],
    ['expire', { provider: 'airfocus', id: 'unknown' }],
    ['revoke', { provider: 'airfocus', id: 'unknown' }],
    ['clock', { advance: '7' }],
  ])('refuses to %s %o', async (action, fields) => {
    expect((await submit(action, fields)).status).toBe(400);
  });

  it('takes forms of its own only', async () => {
    const fields = { provider: 'airfocus', name: 'stolen' };
    expect((await submit('create', { ...fields, form: 'guessed' })).status).toBe(403);
    expect((await submit('create', fields, { origin: 'http://evil.example' })).status).toBe(403);
    await expect(listed('airfocus', 'stolen')).rejects.toThrow();
  });

  it('escapes the names that it shows', async () => {
    await submit('create', { provider: 'airfocus', name: '<script>alert(1)</script>' });
    expect(await start()).not.toContain('<script>');
  });
});

describe('the tokens for programs', () => {
  const act = (path: string, body: unknown = {}) => practice.postJson(`/practice/tokens/${path}`, body);

  it('are listed without their values', async () => {
    const text = await (await practice.call('/practice/tokens')).text();
    for (const { secret } of practice.server.tokens) expect(text).not.toContain(secret);
  });

  it('are made, expired, regenerated and revoked', async () => {
    const made = await act('airfocus', { name: 'mine', scopes: ['profile:read'], seconds: 3600 });
    const { secret } = z.object({ secret: z.string() }).parse(await made.json());
    expect([made.status, await profile(secret)]).toEqual([201, 200]);
    const { id } = await listed('airfocus', 'mine');
    expect((await act(`airfocus/${id}/expire`)).status).toBe(204);
    expect(await profile(secret)).toBe(401);
    const renewed = z
      .object({ secret: z.string() })
      .parse(await (await act(`airfocus/${id}/regenerate`)).json());
    expect(await profile(renewed.secret)).toBe(200);
    expect((await act(`airfocus/${id}/revoke`)).status).toBe(204);
    expect(await profile(renewed.secret)).toBe(401);
  });

  it.each([
    ['nobody', { name: 'a' }, 404],
    ['airfocus', {}, 400],
    ['airfocus', { name: 'a', seconds: -1 }, 400],
    ['airfocus', { name: 'a', scopes: 'team' }, 400],
    ['airfocus/unknown/expire', {}, 404],
    ['airfocus/unknown/explode', {}, 404],
  ])('are refused for %s %o', async (path, body, status) => {
    expect((await act(path, body)).status).toBe(status);
  });
});
