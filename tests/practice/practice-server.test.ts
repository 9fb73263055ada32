import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAnnouncement } from '../../practice/describe-announcement.ts';
import { type PracticeServer, startPracticeServer } from '../../practice/practice-server.ts';
import { practiceAnnouncementSchema } from '../../shared/practice/practice.ts';

let server: PracticeServer;
const get = (path: string, init?: RequestInit) => fetch(server.url + path, { redirect: 'manual', ...init });

beforeAll(async () => {
  server = await startPracticeServer();
});
afterAll(() => server.close());

describe('the practice API’s announcement', () => {
  it('has its own form, and begins with the sipgate token that Tessera keeps', () => {
    const { tokens } = practiceAnnouncementSchema.parse(server);
    expect(tokens[0]).toMatchObject({ provider: 'sipgate', scheme: 'basic', baseUrl: `${server.url}/v2` });
  });

  it.each([
    'sipgate',
    'virtuozzo',
    'portsip',
    'airfocus',
    'oauth',
  ])('has a token of %s that works, one that is expired, and one that lacks something', (provider) => {
    const notes = server.tokens.filter((token) => token.provider === provider).map(({ note }) => note);
    for (const kind of [/works|answers 200/i, /^Expired: /, /lacks|only|lower role/i]) {
      expect(notes).toContainEqual(expect.stringMatching(kind));
    }
  });

  it('reads well for people', () => {
    const text = describeAnnouncement(server);
    for (const { secret } of server.tokens) expect(text).toContain(`token     ${secret}`);
    for (const { password } of server.logins) expect(text).toContain(`password  ${password}`);
    for (const { clientId } of server.oauth) expect(text).toContain(`client ID ${clientId}`);
  });
});

describe('the practice API’s tools', () => {
  it.each([200, 204, 304, 418, 503])('answer status %d', async (code) => {
    expect((await get(`/status/${code}`)).status).toBe(code);
  });

  it('echo what they were sent', async () => {
    const answer = await get('/echo?a=1&a=2', { method: 'PUT', headers: { 'x-a': 'b' }, body: 'hello' });
    expect(await answer.json()).toMatchObject({
      method: 'PUT',
      path: '/echo',
      query: { a: ['1', '2'] },
      headers: { 'x-a': 'b' },
      body: 'hello',
    });
  });

  it.each([301, 302, 303, 307, 308])('redirect with %d', async (status) => {
    const answer = await get(`/redirect-to?status=${status}&url=http://a.example/b`);
    expect([answer.status, answer.headers.get('location')]).toEqual([status, 'http://a.example/b']);
  });

  it('send as many bytes as asked', async () => {
    expect((await (await get('/bytes/200000')).arrayBuffer()).byteLength).toBe(200_000);
  });

  it('answer after a delay', async () => {
    expect(await (await get('/delay/1')).json()).toEqual({ delayedMs: 1 });
  });

  it.each([
    '/status/99',
    '/status/x',
    '/delay/9999999',
    '/bytes/-1',
    '/redirect-to',
    '/redirect-to?url=/&status=200',
  ])('refuse %s', async (path) => {
    expect((await get(path)).status).toBe(400);
  });
});

describe('the practice API’s door', () => {
  it('is closed to requests that call it by another name', async () => {
    const status = await new Promise((resolve, reject) => {
      const call = request(`${server.url}/health`, { headers: { host: 'evil.example' } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      call.once('error', reject).end();
    });
    expect(status).toBe(421);
  });

  it('says so when the port is taken', async () => {
    const port = Number(new URL(server.url).port);
    await expect(startPracticeServer(port)).rejects.toThrow(
      expect.objectContaining({ code: 'PRACTICE_PORT_IN_USE' }),
    );
  });
});
