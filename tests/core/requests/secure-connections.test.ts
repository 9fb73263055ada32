import { createSecureServer } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import type { Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Connections } from '../../../core/requests/connections.ts';
import { type Certificate, type CertificateOptions, TestAuthority } from '../../support/certificates.ts';
import { LoopbackServer } from '../../support/loopback-server.ts';
import { lookupLoopback, makeApp, makeToken, SECRET, Sender } from '../../support/sending.ts';

let authority: TestAuthority;
let stranger: TestAuthority;

beforeAll(() => {
  authority = new TestAuthority();
  stranger = new TestAuthority();
});

afterAll(() => {
  authority[Symbol.dispose]();
  stranger[Symbol.dispose]();
});

/** Listens on a free port while `use` runs. */
async function listening<T>(server: Server, use: (port: number) => Promise<T>): Promise<T> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  try {
    return await use(typeof address === 'object' && address !== null ? address.port : 0);
  } finally {
    server.close();
  }
}

const trusting = () => new Connections({ lookup: lookupLoopback, ca: [authority.certificate] });

async function getFrom({ key, cert }: Certificate, host: string) {
  const server = createHttpsServer({ key, cert }, (_request, reply) => reply.end('safe'));
  return await listening(server, async (port) => {
    await using client = new Sender({ connections: trusting() });
    return await client.send({ url: `https://${host}:${port}/` });
  });
}

describe('a TLS certificate', () => {
  test('that a trusted authority issued for the host is accepted', async () => {
    const { body } = await getFrom(authority.issue({ names: ['api.tessera.test'] }), 'api.tessera.test');
    expect(body.toString()).toBe('safe');
  });

  const faults: readonly [string, () => { from: TestAuthority; options: CertificateOptions }, string][] = [
    [
      'that has expired',
      () => ({ from: authority, options: { from: '20200101000000Z', until: '20200201000000Z' } }),
      'it expired on 2020-02-01',
    ],
    [
      'that is not valid yet',
      () => ({ from: authority, options: { from: '20980101000000Z', until: '20990101000000Z' } }),
      'not valid yet',
    ],
    [
      'for another host',
      () => ({ from: authority, options: { names: ['other.test'] } }),
      'is for another host',
    ],
    ['of an unknown authority', () => ({ from: stranger, options: {} }), 'is not known on this computer'],
  ];
  test.each(faults)('%s is refused in words', async (_name, fault, words) => {
    const { from, options } = fault();
    await expect(getFrom(from.issue(options), 'api.test')).rejects.toMatchObject({
      code: 'NETWORK_TLS',
      message: expect.stringContaining(words),
    });
  });

  test('that is self-signed is refused in words', async () => {
    const server = createHttpsServer(stranger.selfSigned(), (_request, reply) => reply.end());
    await listening(server, async (port) => {
      await using client = new Sender({ connections: trusting() });
      await expect(client.send({ url: `https://localhost:${port}/` })).rejects.toMatchObject({
        code: 'NETWORK_TLS',
        message: expect.stringContaining('self-signed'),
      });
    });
  });

  test('is missed in words where the port speaks plain HTTP', async () => {
    await using server = await LoopbackServer.start((_request, reply) => reply.end());
    await using client = new Sender();
    await expect(client.send({ url: server.url.replace('http:', 'https:') })).rejects.toMatchObject({
      code: 'NETWORK_TLS',
      message: expect.stringContaining('perhaps it wants http://'),
    });
  });
});

describe('HTTP/2', () => {
  const startHttp2 = () => {
    const { key, cert } = authority.issue({ names: ['one.test', 'two.test'] });
    return createSecureServer({ key, cert });
  };

  test('is spoken where the server offers nothing else, with credential and redaction', async () => {
    const server = startHttp2();
    server.on('stream', (stream, headers) => {
      stream.respond({ ':status': 200, 'content-type': 'text/plain', 'x-echo': headers.authorization ?? '' });
      stream.end(`you sent ${headers.authorization}`);
    });
    await listening(server, async (port) => {
      await using client = new Sender({
        app: makeApp({ allowedOrigins: [`https://one.test:${port}`] }),
        tokens: [makeToken({ scheme: 'bearer', tokenId: null })],
        connections: trusting(),
      });
      const { response, body } = await client.send({ url: `https://one.test:${port}/` });
      expect(response).toMatchObject({ status: 200, httpVersion: '2', mediaType: 'text/plain' });
      expect(body.toString()).toBe('you sent Bearer ••••');
      expect(response.headers).toContainEqual(['x-echo', 'Bearer ••••']);
    });
  });

  test('opens a connection for each host, though one certificate covers both', async () => {
    const server = startHttp2();
    const seen = new Map<string, Set<unknown>>();
    server.on('stream', (stream, headers) => {
      const authority = headers[':authority'] ?? '';
      seen.set(authority, (seen.get(authority) ?? new Set()).add(stream.session));
      stream.respond({ ':status': 200 });
      stream.end(JSON.stringify(headers));
    });
    await listening(server, async (port) => {
      await using client = new Sender({
        app: makeApp({ allowedOrigins: [`https://one.test:${port}`] }),
        tokens: [makeToken({ scheme: 'bearer', tokenId: null })],
        connections: trusting(),
      });
      await client.send({ url: `https://one.test:${port}/` });
      await client.send({ url: `https://one.test:${port}/` });
      const other = await client.send({ url: `https://two.test:${port}/`, auth: { kind: 'none' } });
      expect(other.body.toString()).not.toContain(SECRET);
      const [one, two] = [...seen.values()];
      expect([one?.size, two?.size]).toEqual([1, 1]);
      expect([...(one ?? [])][0]).not.toBe([...(two ?? [])][0]);
    });
  });

  test('keeps what came of a stream that is cut', async () => {
    const server = startHttp2();
    server.on('stream', (stream) => {
      stream.respond({ ':status': 200, 'content-length': '100' });
      stream.write('half', () => stream.session?.destroy());
    });
    await listening(server, async (port) => {
      await using client = new Sender({ connections: trusting() });
      const { response, body } = await client.send({ url: `https://one.test:${port}/` });
      expect(body.toString()).toBe('half');
      expect(response.truncated).toBe(true);
      expect(response.failure?.code).toMatch(/^NETWORK_(RESET|PROTOCOL)$/);
    });
  });
});

test('connections are used again by the same app, and not by another', async () => {
  const sockets: unknown[] = [];
  await using server = await LoopbackServer.start(({ socket }, reply) => {
    sockets.push(socket);
    reply.end('x');
  });
  await using one = new Sender();
  await using two = new Sender();
  await one.send({ url: server.url });
  await one.send({ url: server.url });
  await two.send({ url: server.url });
  expect(sockets[1]).toBe(sockets[0]);
  expect(sockets[2]).not.toBe(sockets[0]);
});

test('a host name that does not exist is told as such', async () => {
  await using client = new Sender({ connections: new Connections() });
  await expect(client.send({ url: 'http://no-such-host.invalid/' })).rejects.toMatchObject({
    code: 'NETWORK_DNS',
  });
});
