import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PracticeApi } from '../support/practice-api.ts';

let practice: PracticeApi;
beforeEach(async () => {
  practice = await PracticeApi.start();
});
afterEach(() => practice[Symbol.asyncDispose]());

const post = (action: string, headers: Record<string, string> = {}) =>
  practice.call(`/practice/${action}`, { method: 'POST', headers });
const read = async (what: string) => (await practice.call(`/practice/${what}`)).json();
const now = async () => Date.parse(((await read('clock')) as { now: string }).now);
const account = () => {
  const { tokenId, secret } = practice.token('sipgate', 'GET /account answers 200');
  return practice.call('/v2/account', {
    headers: { authorization: `Basic ${btoa(`${tokenId}:${secret}`)}` },
  });
};

describe('the practice API’s clock', () => {
  it('goes with the computer’s, is moved ahead, and put back', async () => {
    expect(Math.abs((await now()) - Date.now())).toBeLessThan(60_000);
    await post('clock?advance=86400');
    expect((await now()) - Date.now()).toBeGreaterThan(86_000_000);
    await post('clock?reset');
    expect(Math.abs((await now()) - Date.now())).toBeLessThan(60_000);
  });

  it.each([
    'clock',
    'clock?advance=',
    'clock?advance=-1',
    'clock?advance=soon',
  ])('refuses %s', async (action) => {
    expect((await post(action)).status).toBe(400);
  });
});

describe('the practice API’s limits', () => {
  it('answer 429 past the limit, until the minute is over or the limit is taken away', async () => {
    await post('limits?sipgate=1');
    expect([(await account()).status, (await account()).status]).toEqual([200, 429]);
    await practice.advance(60);
    expect([(await account()).status, (await account()).status]).toEqual([200, 429]);
    await post('limits?sipgate=');
    expect((await account()).status).toBe(200);
  });

  it.each([
    'limits',
    'limits?nobody=1',
    'limits?sipgate=many',
    'lifetimes',
    'lifetimes?portsip=-1',
  ])('refuse %s', async (action) => {
    expect((await post(action)).status).toBe(400);
  });
});

describe('failures', () => {
  it('happen as often as planned', async () => {
    await post('failures?path=/v2/account&status=503&times=2');
    const statuses = [await account(), await account(), await account()].map(({ status }) => status);
    expect(statuses).toEqual([503, 503, 200]);
  });

  it.each([
    'failures',
    'failures?path=/a&status=200',
    'failures?path=a',
    'failures?path=/a&times=x',
  ])('are not planned by %s', async (action) => {
    expect((await post(action)).status).toBe(400);
  });
});

describe('the practice API’s log', () => {
  it('counts the requests to each endpoint, and tells kinds of credentials without their values', async () => {
    const { secret } = practice.token('portsip', 'Works');
    await account();
    await practice.bearer('/portsip/api/auth/user', secret);
    await practice.call(`/echo?session=${secret}`);
    await practice.postForm('/echo', { session: secret });
    await practice.call('/acme/me', { headers: { 'x-acme-key': practice.token('acme', 'Works').secret } });
    await practice.call('/echo');
    const log = await read('log');
    expect(log).toMatchObject({
      counts: { 'GET /v2/account': 1, 'GET /portsip/api/auth/user': 1, 'GET /echo': 2, 'POST /echo': 1 },
      requests: ['basic', 'bearer', 'query', 'form', 'header', 'none'].map((credential) => ({
        credential,
        status: 200,
      })),
    });
    expect(JSON.stringify(log)).not.toContain(secret);
  });

  it('is emptied on demand, and leaves out the calls to the practice API itself', async () => {
    await account();
    await practice.call('/practice/log', { method: 'DELETE' });
    expect(await read('log')).toEqual({ counts: {}, requests: [] });
  });
});

describe('a reset', () => {
  it('brings back the announced tokens, the clock, the limits, the failures and the log', async () => {
    const { secret } = practice.token('portsip', 'Works');
    const user = async () => (await practice.bearer('/portsip/api/auth/user', secret)).status;
    await practice.call('/portsip/api/auth/sign_out', {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
    });
    await post('clock?advance=100');
    await post('limits?sipgate=1');
    await post('failures?path=/v2/account');
    expect(await user()).toBe(401);
    expect((await post('reset')).status).toBe(204);
    expect(await user()).toBe(200);
    expect(await read('limits')).toEqual({ airfocus: 600 });
    expect([await read('failures'), await read('lifetimes')]).toEqual([[], {}]);
    expect((await now()) - Date.now()).toBeLessThan(60_000);
  });
});

describe('pages elsewhere', () => {
  it('cannot move anything', async () => {
    expect((await post('reset', { origin: 'http://evil.example' })).status).toBe(403);
    expect((await post('reset', { origin: 'null' })).status).toBe(403);
    expect((await post('reset', { origin: practice.server.url })).status).toBe(204);
  });
});
