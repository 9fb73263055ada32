import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PORTSIP_LOGINS } from '../../../core/providers/portsip-logins.ts';
import { LoopbackServer } from '../../support/loopback-server.ts';
import { Obtainer } from '../../support/obtaining.ts';

const END = '2099-01-01T00:00:00.000Z';

let server: LoopbackServer;
let app: Obtainer;
let asked: string[];
/** What the sign-in says, and what is said to who asks until when it lasts. */
let says: { signIn: object; expiry: (response: ServerResponse) => void };

beforeEach(async () => {
  asked = [];
  says = {
    signIn: { access_token: 'the-access-token' },
    expiry: (response) => response.end(JSON.stringify({ access_token: 'the-access-token', expires_at: END })),
  };
  server = await LoopbackServer.start(({ method, url, headers }, response) => {
    asked.push(`${method} ${url} ${headers.authorization ?? ''}`.trim());
    if (method === 'POST') response.end(JSON.stringify(says.signIn));
    else says.expiry(response);
  });
  app = await Obtainer.create({ baseUrl: server.url });
});
afterEach(async () => {
  await app[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

async function signIn(signal = new AbortController().signal) {
  const description = PORTSIP_LOGINS.find(({ id }) => id === 'portsip-22.0')?.description;
  if (description === undefined) throw new Error('There is no such login.');
  return app.signIn(app.addLogin(description, 'a password', { username: 'me' }), {}, signal);
}

describe('the end of an access token whose sign-in does not say it', () => {
  it('is asked for by the token itself', async () => {
    expect((await signIn()).expiresAt).toBe(END);
    expect(asked).toEqual(['POST /login', 'GET /login Bearer the-access-token']);
  });

  it('is not asked for where the sign-in says it', async () => {
    says.signIn = { access_token: 'the-access-token', expires_at: '2098-01-01T00:00:00Z' };
    expect((await signIn()).expiresAt).toBe('2098-01-01T00:00:00.000Z');
    expect(asked).toEqual(['POST /login']);
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['is refused', (response) => response.writeHead(403).end(JSON.stringify({ expires_at: END }))],
    ['breaks off', (response) => response.destroy()],
    ['says nothing', (response) => response.end('{}')],
  ])('stays unknown where that %s, and the sign-in holds', async (_what, expiry) => {
    says.expiry = expiry;
    const token = await signIn();
    expect([token.expiresAt, token.connectedAt]).toEqual([null, expect.any(String)]);
  });

  it('is not waited for by who cancels', async () => {
    const cancel = new AbortController();
    says.expiry = () => cancel.abort();
    await expect(signIn(cancel.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
