import { createServer, type LookupFunction, type Server, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../shared/app-error.ts';
import type { FailedTimeline } from '../../../shared/requests/response.ts';
import { TestAuthority } from '../../support/certificates.ts';
import { connecting, SecureServer } from '../../support/connecting.ts';
import { LoopbackServer } from '../../support/loopback-server.ts';
import { makeApp, makeToken, SECRET, Sender } from '../../support/sending.ts';

/** A listener that does with a connection what it is told, gone at the end of the block. */
class RawServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(listener: (socket: Socket) => void) {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      listener(socket);
    });
  }

  static async start(listener: (socket: Socket) => void = () => undefined): Promise<RawServer> {
    const server = new RawServer(listener);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get host(): string {
    const address = this.#server.address();
    return `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** How far a request came that gets no answer. */
async function timelineOf(sent: Promise<unknown>): Promise<FailedTimeline> {
  const error = await sent.then(
    () => null,
    (failure: unknown) => failure,
  );
  if (error instanceof AppError && error.timeline !== undefined) return error.timeline;
  throw new Error('It did not fail with a timeline.', { cause: error });
}

/** A port where nothing listens. */
async function closedHost(): Promise<string> {
  await using server = await RawServer.start();
  return server.host;
}

const noAddress: LookupFunction = (_hostname, _options, callback) =>
  callback(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), []);

describe('a request that fails before an answer tells where it stopped', () => {
  test('while the name was looked up', async () => {
    await using client = connecting({}, { lookup: noAddress });
    const { hops, unanswered } = await timelineOf(client.send({ url: 'http://nowhere.example/x' }));
    expect(hops).toEqual([]);
    expect(unanswered).toMatchObject({
      url: 'http://nowhere.example/x',
      method: 'GET',
      stoppedAt: 'dns',
      credential: 'none',
      sent: [],
      timings: {
        dnsMs: expect.any(Number),
        connectMs: null,
        tlsMs: null,
        sendMs: null,
        waitMs: null,
        downloadMs: null,
      },
    });
  });

  test('while connecting', async () => {
    const host = await closedHost();
    await using client = connecting({}, { allowedOrigins: [`http://${host}`] });
    const { unanswered } = await timelineOf(client.send({ url: `http://${host}/` }));
    expect(unanswered).toMatchObject({
      stoppedAt: 'connect',
      credential: 'none',
      timings: { dnsMs: null, connectMs: expect.any(Number), tlsMs: null },
    });
  });

  test('while TLS was agreed on, with a certificate that is refused', async () => {
    using authority = new TestAuthority();
    await using server = await SecureServer.start(authority.issue());
    await using client = connecting({}, { ca: [] });
    const { unanswered } = await timelineOf(client.send({ url: `https://localhost:${server.port}/` }));
    expect(unanswered).toMatchObject({
      stoppedAt: 'tls',
      connection: { peer: `127.0.0.1:${server.port}`, isReused: false },
      timings: { dnsMs: expect.any(Number), connectMs: expect.any(Number), tlsMs: expect.any(Number) },
    });
  });

  test('while TLS was agreed on, with a server that says nothing until the time is up', async () => {
    await using server = await RawServer.start();
    await using client = connecting({});
    const { unanswered } = await timelineOf(
      client.send({ url: `https://${server.host}/`, timeoutMs: 1_000 }),
    );
    expect(unanswered).toMatchObject({
      stoppedAt: 'tls',
      timings: { connectMs: expect.any(Number), tlsMs: expect.any(Number) },
    });
  });

  test('while the proxy made its way', async () => {
    await using proxy = await RawServer.start((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n')),
    );
    await using client = connecting({ proxy: { kind: 'own', url: `http://${proxy.host}`, userName: null } });
    const { unanswered } = await timelineOf(client.send({ url: 'https://api.example.com/' }));
    expect(unanswered).toMatchObject({
      stoppedAt: 'proxy',
      connection: { proxy: `http://${proxy.host}` },
      timings: { connectMs: expect.any(Number), proxyMs: expect.any(Number), tlsMs: null },
    });
  });

  test('while waiting for the answer, with what was sent', async () => {
    await using server = await RawServer.start();
    await using client = connecting({}, { allowedOrigins: [`http://${server.host}`] });
    const { unanswered } = await timelineOf(
      client.send({ url: `http://${server.host}/slow`, timeoutMs: 1_000 }),
    );
    expect(unanswered).toMatchObject({
      stoppedAt: 'wait',
      credential: 'sent',
      connection: { peer: server.host },
      timings: { sendMs: expect.any(Number), waitMs: expect.any(Number), downloadMs: null },
    });
    expect(unanswered?.sent[0]).toEqual(['GET /slow HTTP/1.1', '']);
    expect(unanswered?.sent).toContainEqual(['Authorization', 'Bearer ••••']);
  });

  test('after the redirects that were answered', async () => {
    const nowhere = await closedHost();
    await using server = await LoopbackServer.start((_request, reply) =>
      reply.writeHead(302, { Location: `http://${nowhere}/` }).end(),
    );
    await using client = new Sender();
    const { hops, unanswered } = await timelineOf(client.send({ url: server.url }));
    expect(hops).toMatchObject([{ url: `${server.url}/`, status: 302 }]);
    expect(unanswered).toMatchObject({ url: `http://${nowhere}/`, stoppedAt: 'connect' });
  });

  test('after the tries that came before', async () => {
    const host = await closedHost();
    await using client = new Sender({ waitForRetry: () => Promise.resolve() });
    const { attempts, unanswered } = await timelineOf(client.send({ url: `http://${host}/`, retries: 2 }));
    expect(attempts.map(({ code }) => code)).toEqual(['NETWORK_REFUSED', 'NETWORK_REFUSED']);
    expect(unanswered?.stoppedAt).toBe('connect');
  });
});

test('the phases of a failure are together the whole', async () => {
  await using server = await RawServer.start();
  await using client = connecting({});
  const { unanswered } = await timelineOf(
    client.send({ url: `https://localhost:${server.host.split(':')[1]}/`, timeoutMs: 1_000 }),
  );
  if (unanswered === null) throw new Error('no hop');
  const { totalMs, ...phases } = unanswered.timings;
  const sum = Object.values(phases).reduce<number>((total, each) => total + (each ?? 0), 0);
  expect(sum).toBeCloseTo(totalMs, 3);
});

test('no known secret stands in the timeline of a failure', async () => {
  await using server = await RawServer.start();
  const away = `http://${server.host}/?echo=${encodeURIComponent(SECRET)}`;
  await using first = await LoopbackServer.start((_request, reply) =>
    reply.writeHead(307, { Location: away, 'X-Echo': SECRET }).end(),
  );
  await using client = new Sender({
    app: makeApp({ allowedOrigins: [first.url, `http://${server.host}`] }),
    tokens: [makeToken({ scheme: 'query', field: 'key', tokenId: null })],
  });
  const timeline = await timelineOf(client.send({ url: `${first.url}/`, timeoutMs: 1_000 }));
  const text = JSON.stringify(timeline);
  expect(timeline.unanswered?.url).toContain('echo=••••');
  expect(text).not.toContain(SECRET);
  expect(text).not.toContain(encodeURIComponent(SECRET));
});
