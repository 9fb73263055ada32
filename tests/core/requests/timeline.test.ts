import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Redactor } from '../../../core/redaction/redactor.ts';
import type { Hop } from '../../../shared/requests/response.ts';
import { TestAuthority } from '../../support/certificates.ts';
import { connecting, SecureServer } from '../../support/connecting.ts';
import { LoopbackServer } from '../../support/loopback-server.ts';
import { answer, RecordingServer } from '../../support/recording-server.ts';
import { makeApp, makeToken, SECRET, Sender } from '../../support/sending.ts';

const phasesOf = ({ timings }: Hop) => {
  const { blockedMs, dnsMs, connectMs, proxyMs, tlsMs, sendMs, waitMs, downloadMs } = timings;
  return [blockedMs, dnsMs, connectMs, proxyMs, tlsMs, sendMs, waitMs, downloadMs];
};

async function send(url: string, changes: Parameters<typeof makeToken>[0] = {}) {
  const allowedOrigins = [new URL(url).origin];
  await using sender = new Sender({
    app: makeApp({ allowedOrigins }),
    tokens: [makeToken({ scheme: 'bearer', tokenId: null, ...changes })],
  });
  return (await sender.send({ url })).response;
}

describe('the times of a hop', () => {
  test('are of each phase, and together the whole', async () => {
    using authority = new TestAuthority();
    await using server = await SecureServer.start(authority.issue());
    await using client = connecting({}, { ca: [authority.certificate], lookup: null });
    const { response } = await client.send({ url: `https://localhost:${server.port}/` });
    const [hop] = response.hops;
    if (hop === undefined) throw new Error('no hop');
    expect(hop.timings).toMatchObject({
      dnsMs: expect.any(Number),
      connectMs: expect.any(Number),
      proxyMs: null,
      tlsMs: expect.any(Number),
    });
    const phases = phasesOf(hop).map((each) => each ?? 0);
    for (const each of phases) expect(each).toBeGreaterThanOrEqual(0);
    const sum = phases.reduce((total, each) => total + each, 0);
    expect(sum).toBeCloseTo(hop.timings.totalMs, 3);
  });

  test('name no phase of a connection that is used again', async () => {
    await using server = await LoopbackServer.start((_request, reply) => reply.end('x'));
    await using client = new Sender();
    const first = await client.send({ url: server.url });
    const second = await client.send({ url: server.url });
    expect(first.response.hops[0]?.connection?.isReused).toBe(false);
    expect(second.response.hops[0]).toMatchObject({
      connection: { isReused: true, peer: new URL(server.url).host },
      timings: { dnsMs: null, connectMs: null, tlsMs: null },
    });
  });

  test('are of each hop by itself', async () => {
    await using server = await LoopbackServer.start(({ url }, reply) => {
      if (url === '/') reply.writeHead(302, { Location: '/there' }).end();
      else reply.end('x');
    });
    const { hops } = await send(`${server.url}/`);
    expect(hops.map(({ method, status, url }) => [method, status, new URL(url).pathname])).toEqual([
      ['GET', 302, '/'],
      ['GET', 200, '/there'],
    ]);
    expect(hops.map(({ connection }) => connection?.isReused)).toEqual([false, true]);
  });
});

describe('the heads of a hop', () => {
  test('are as they were sent and received, without the credential', async () => {
    await using server = await LoopbackServer.start((_request, reply) => {
      reply.setHeader('Set-Cookie', 'sid=abc123; Path=/; HttpOnly');
      reply.end('x');
    });
    const { hops } = await send(`${server.url}/path?q=1`);
    expect(hops[0]?.sent).toEqual([
      ['GET /path?q=1 HTTP/1.1', ''],
      ['host', new URL(server.url).host],
      ['connection', 'keep-alive'],
      ['User-Agent', 'Tessera'],
      ['Accept', '*/*'],
      ['Accept-Encoding', 'gzip, deflate, br, zstd'],
      ['Authorization', 'Bearer ••••'],
    ]);
    expect(hops[0]?.received[0]).toEqual(['HTTP/1.1 200 OK', '']);
    expect(hops[0]?.received).toContainEqual(['Set-Cookie', 'sid=••••; Path=/; HttpOnly']);
  });

  test('mask what was typed as a credential, though nobody knows its value', async () => {
    await using server = await LoopbackServer.start((_request, reply) => reply.end('x'));
    await using client = new Sender();
    const { response } = await client.send({
      url: server.url,
      headers: [
        { name: 'Cookie', value: 'a=first; b=second' },
        { name: 'X-Api-Key', value: 'typed-key' },
        { name: 'Authorization', value: 'typed-alone' },
      ],
    });
    const sent = response.hops[0]?.sent;
    expect(sent).toContainEqual(['Cookie', 'a=••••; b=••••']);
    expect(sent).toContainEqual(['X-Api-Key', '••••']);
    expect(sent).toContainEqual(['Authorization', '••••']);
  });

  test('begin with what came before the answer, and hold no cookie of it', async () => {
    await using server = await RecordingServer.start(
      () =>
        `HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\nSet-Cookie: a=b\r\n\r\n${answer('200 OK', ['X-A: b'])}`,
    );
    const url = `http://127.0.0.1:${server.port}`;
    const { hops, status, headers } = await send(url);
    expect(status).toBe(200);
    expect(headers[0]).toEqual(['X-A', 'b']);
    expect(hops[0]?.received.slice(0, 5)).toEqual([
      ['HTTP/1.1 103 Early Hints', ''],
      ['Link', '</style.css>'],
      ['Set-Cookie', 'a=••••'],
      ['HTTP/1.1 200 OK', ''],
      ['X-A', 'b'],
    ]);
  });

  test('show only the first of heads that come without end', async () => {
    const hint = 'HTTP/1.1 103 Early Hints\r\n\r\n';
    await using server = await RecordingServer.start(() => `${hint.repeat(50)}${answer('200 OK')}`);
    const { hops } = await send(`http://127.0.0.1:${server.port}`);
    expect(hops[0]?.received.filter(([line]) => line.includes('103'))).toHaveLength(10);
  });

  test('are told of early hints over HTTP/2', async () => {
    using authority = new TestAuthority();
    const server = createSecureServer(authority.issue());
    server.on('stream', (stream) => {
      stream.additionalHeaders({ ':status': 103, link: '</style.css>' });
      stream.respond({ ':status': 204 });
      stream.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
    await using client = connecting({}, { ca: [authority.certificate] });
    const { response } = await client.send({ url: origin });
    expect(response.status).toBe(204);
    expect(response.hops[0]?.received.slice(0, 2)).toEqual([
      [':status', '103'],
      ['link', '</style.css>'],
    ]);
    server.close();
  });

  test('are told of HTTP/2 too', async () => {
    using authority = new TestAuthority();
    const server = createSecureServer(authority.issue());
    server.on('stream', (stream) => {
      stream.respond({ ':status': 204 });
      stream.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const origin = `https://localhost:${port}`;
    await using client = connecting({}, { ca: [authority.certificate], allowedOrigins: [origin] });
    const { response } = await client.send({ url: `${origin}/two` });
    const [hop] = response.hops;
    expect(hop).toMatchObject({ httpVersion: '2', connection: { tls: { isVerified: true } } });
    expect(hop?.sent).toContainEqual([':path', '/two']);
    expect(hop?.sent).toContainEqual(['Authorization', 'Bearer ••••']);
    expect(hop?.received[0]).toEqual([':status', '204']);
    server.close();
  });
});

test('no known secret stands in a timeline, whatever the server sends back', async () => {
  await using server = await LoopbackServer.start(({ headers, url }, reply) => {
    reply.setHeader('X-Echo', String(headers['x-typed'] ?? ''));
    if (url?.startsWith('/away') === true) reply.writeHead(302, { Location: '/there?from=1' }).end();
    else reply.end('x');
  });
  const secretText = fc
    .string({ unit: fc.constantFrom(...'abcXYZ019+/=é€ "%&'), minLength: 8, maxLength: 40 })
    .filter((text) => text === text.trim());
  const origin = new URL(server.url).origin;
  await fc.assert(
    fc.asyncProperty(
      secretText,
      fc.constantFrom('bearer', 'basic', 'header', 'query'),
      async (secret, scheme) => {
        await using client = new Sender({
          app: makeApp({ allowedOrigins: [origin] }),
          tokens: [makeToken({ scheme, field: scheme === 'basic' || scheme === 'bearer' ? null : 'x-mine' })],
          openSecret: () => Buffer.from(secret),
          redactor: new Redactor([Buffer.from(secret)]),
        });
        const { response } = await client.send({
          url: `${server.url}/away`,
          headers: [{ name: 'X-Typed', value: secret }],
        });
        const text = JSON.stringify(response.hops);
        expect(text).not.toContain(JSON.stringify(secret).slice(1, -1));
        expect(text).not.toContain(Buffer.from(secret).toString('base64').replace(/=+$/, ''));
        expect(text).not.toContain(encodeURIComponent(secret));
      },
    ),
    { numRuns: 60 },
  );
});

test('a connection that a proxy or nobody knows of leaves the secret out as well', async () => {
  await using server = await LoopbackServer.start((_request, reply) => reply.end(SECRET));
  const { hops } = await send(`${server.url}/`, { scheme: 'query', field: 'session' });
  expect(JSON.stringify(hops)).not.toContain(SECRET);
  expect(hops[0]?.sent[0]?.[0]).toContain('session=••••');
});
