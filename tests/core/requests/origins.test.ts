import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Redactor } from '../../../core/redaction/redactor.ts';
import { Connections } from '../../../core/requests/connections.ts';
import { sendRequest } from '../../../core/requests/send-request.ts';
import type { App } from '../../../shared/apps/app.ts';
import { type RequestInput, requestSchema } from '../../../shared/requests/request.ts';
import type { Token, TokenScheme } from '../../../shared/tokens/token.ts';
import { recordingServer } from '../../support/recording-server.ts';

const SECRET = 's3cret-Value/+=';

function tokenOf(scheme: TokenScheme): Token {
  return {
    id: crypto.randomUUID(),
    appId: crypto.randomUUID(),
    name: 'main',
    scheme,
    field: scheme === 'query' ? 'session' : scheme === 'header' ? 'X-Api-Key' : null,
    tokenId: scheme === 'basic' ? 'token-AbCdEf' : null,
    scopes: [],
    expiresAt: null,
    notes: '',
    createdAt: '2026-01-01T00:00:00.000Z',
  };
}

async function send(allowed: string, scheme: TokenScheme, input: RequestInput) {
  const app: App = {
    id: crypto.randomUUID(),
    name: 'Mine',
    provider: null,
    baseUrl: allowed,
    allowedOrigins: [allowed],
    defaultToken: null,
    collections: [],
    createdAt: '2026-01-01T00:00:00.000Z',
  };
  const connections = new Connections();
  try {
    return await sendRequest(requestSchema.parse({ timeoutMs: 5000, ...input }), {
      app,
      provider: null,
      tokens: [tokenOf(scheme)],
      openSecret: () => Buffer.from(SECRET),
      redactor: new Redactor([Buffer.from(SECRET)]),
      variables: [],
      inheritedAuth: { kind: 'inherit' },
      connections,
      now: () => new Date(),
      signal: new AbortController().signal,
      sendExpired: false,
    });
  } finally {
    await connections.close();
  }
}

/** The secret as it could travel: plain, percent-encoded, in Base64 with its ID. */
const FORMS = [
  SECRET,
  encodeURIComponent(SECRET),
  Buffer.from(SECRET).toString('base64'),
  Buffer.from(`token-AbCdEf:${SECRET}`).toString('base64'),
];

const SCHEMES = ['basic', 'bearer', 'query', 'header'] as const;

/** Ways to name a listener on another port of this machine, given that port. */
const TRICKS: readonly (readonly [name: string, location: (port: number) => string])[] = [
  ['another port', (port) => `http://127.0.0.1:${port}/`],
  ['another name of the same machine', (port) => `http://localhost:${port}/`],
  ['a user name that looks like the host', (port) => `http://127.0.0.1@127.0.0.1:${port}/`],
  ['a number for an address', (port) => `http://2130706433:${port}/`],
  ['a hexadecimal address', (port) => `http://0x7f.1:${port}/`],
  ['no scheme', (port) => `//127.0.0.1:${port}/`],
  ['backslashes', (port) => `http:\\\\127.0.0.1:${port}\\`],
  ['a trailing dot', (port) => `http://localhost.:${port}/`],
];

describe('a token and origins that are not allowed', () => {
  describe.each(SCHEMES)('as %s', (scheme) => {
    it.each(TRICKS)('is withheld on a redirect to %s', async (_name, location) => {
      await using elsewhere = await recordingServer();
      await using allowed = await recordingServer((_request, response) => {
        response.writeHead(307, { Location: location(elsewhere.port) }).end();
      });
      const body = { kind: 'text', text: `token=${SECRET}` } as const;
      const headers = ['Authorization', 'Cookie', 'X-Api-Key'].map((name) => ({
        name,
        value: `mine ${SECRET}`,
        enabled: true,
      }));
      const own = scheme === 'query' ? headers : [];
      await send(allowed.url, scheme, { method: 'POST', url: '/start', headers: own, body }).catch(
        () => null,
      );
      expect(FORMS.some((form) => allowed.everything().includes(form))).toBe(true);
      for (const form of FORMS) expect(elsewhere.everything()).not.toContain(form);
    });

    it.each(TRICKS)('is refused before anything is sent to %s', async (_name, location) => {
      await using elsewhere = await recordingServer();
      const url = location(elsewhere.port);
      const failure = await send('http://127.0.0.1:9', scheme, { url }).then(
        () => null,
        (error) => error.code,
      );
      expect(failure).not.toBeNull();
      expect(elsewhere.requests).toEqual([]);
    });
  });

  it('goes along again when a redirect comes back to an allowed origin', async () => {
    let allowedUrl = '';
    await using elsewhere = await recordingServer((_request, response) => {
      response.writeHead(302, { Location: `${allowedUrl}/back` }).end();
    });
    await using allowed = await recordingServer((request, response) => {
      if (request.url === '/start') response.writeHead(302, { Location: elsewhere.url }).end();
      else response.end('{}');
    });
    allowedUrl = allowed.url;
    const { response } = await send(allowed.url, 'bearer', { url: '/start' });
    expect(response.hops.map(({ credential }) => credential)).toEqual(['sent', 'withheld', 'sent']);
  });

  it('stops after as many redirects as were allowed, and shows the last', async () => {
    await using allowed = await recordingServer((_request, response) => {
      response.writeHead(302, { Location: '/again' }).end();
    });
    const { response } = await send(allowed.url, 'bearer', { url: '/', maxRedirects: 3 });
    expect(response).toMatchObject({ status: 302, failure: { code: 'TOO_MANY_REDIRECTS' } });
    expect(allowed.requests).toHaveLength(4);
  });
});

describe('an answer', () => {
  it('is masked where it echoes the secret, in body and headers', async () => {
    await using server = await recordingServer((request, response) => {
      response.setHeader('X-Echo', String(request.headers.authorization));
      response.end(JSON.stringify(request.headers));
    });
    const { response, body } = await send(server.url, 'bearer', { url: '/' });
    for (const form of FORMS) expect(body.toString() + JSON.stringify(response)).not.toContain(form);
    expect(response.redactions).toBeGreaterThan(0);
  });

  it('that is cut off keeps what arrived, and says so', async () => {
    const server = createServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { response, body } = await send(`http://127.0.0.1:${port}`, 'bearer', { url: '/' });
    server.close();
    expect(body.toString()).toBe('part');
    expect(response).toMatchObject({ truncated: true, failure: { code: 'NETWORK_RESET' } });
  });

  it.each([
    ['http://127.0.0.1:9', 'NETWORK_REFUSED'],
    ['http://nowhere.invalid', 'NETWORK_DNS'],
  ])('that does not come from %s is %s', async (origin, code) => {
    await expect(send(origin, 'bearer', { url: '/' })).rejects.toThrow(expect.objectContaining({ code }));
  });

  it('that takes too long is given up', async () => {
    await using server = await recordingServer(() => {});
    await expect(send(server.url, 'bearer', { url: '/', timeoutMs: 50 })).rejects.toThrow(
      expect.objectContaining({ code: 'NETWORK_TIMEOUT' }),
    );
  });
});
