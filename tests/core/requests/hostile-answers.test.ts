import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { LiveHead } from '../../../core/requests/send-context.ts';
import { SpoolFolder } from '../../../core/spool/spool-folder.ts';
import { LoopbackServer } from '../../support/loopback-server.ts';
import { answer, RecordingServer } from '../../support/recording-server.ts';
import { SECRET, Sender } from '../../support/sending.ts';

const text = (body: Buffer) => body.toString('latin1');

async function sendTo(reply: string, request: object = {}) {
  await using server = await RecordingServer.start(() => reply);
  await using client = new Sender();
  return await client.send({ url: `http://127.0.0.1:${server.port}/`, ...request });
}

describe('an answer that breaks off', () => {
  test('keeps what came, and says how much was promised', async () => {
    const { response, body } = await sendTo('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello');
    expect(text(body)).toBe('hello');
    expect(response).toMatchObject({
      status: 200,
      bodyBytes: 5,
      truncated: true,
      failure: { code: 'NETWORK_RESET', details: { receivedBytes: 5, promisedBytes: 100 } },
    });
    expect(response.failure?.message).toContain('5 of 100 bytes came');
  });

  test('in the middle of a chunk keeps what came', async () => {
    const { response, body } = await sendTo(
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nff\r\nwor',
    );
    expect(text(body)).toBe('hellowor');
    expect(response).toMatchObject({ truncated: true, failure: { code: 'NETWORK_RESET' } });
  });

  test('in the middle of gzip keeps what could be unpacked', async () => {
    const packed = gzipSync('abcdefgh'.repeat(50_000)).subarray(0, 300).toString('latin1');
    const { response, body } = await sendTo(
      `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9999\r\n\r\n${packed}`,
    );
    expect(text(body)).toMatch(/^(abcdefgh)+/);
    expect(response).toMatchObject({ truncated: true, failure: { code: 'NETWORK_RESET' } });
  });

  test('before its head is complete is an error', async () => {
    await expect(sendTo('HTTP/1.1 200 OK\r\nContent-Le')).rejects.toMatchObject({ code: 'NETWORK_RESET' });
  });
});

describe('an answer that is not proper HTTP', () => {
  test.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n\r\n'],
    ['a space before the colon', 'HTTP/1.1 200 OK\r\nContent-Type : text/plain\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    [
      'a length and chunks',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['an unasked upgrade', 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'],
    ['a null byte in a header', 'HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n'],
  ])('is an error with a reason: %s', async (_name, reply) => {
    await expect(sendTo(reply)).rejects.toMatchObject({ code: 'NETWORK_PROTOCOL' });
  });

  test('is refused where its headers have no end', async () => {
    const flood = `X-Flood: ${'a'.repeat(1000)}\r\n`.repeat(200);
    await expect(sendTo(`HTTP/1.1 200 OK\r\n${flood}\r\n`)).rejects.toMatchObject({
      code: 'NETWORK_PROTOCOL',
      message: expect.stringContaining('64 KB of headers'),
    });
  });

  test('keeps headers that are not ASCII readable', async () => {
    const { response } = await sendTo(
      answer('200 G\u00fct', ['X-Latin: gr\u00fcn', `X-Utf8: ${Buffer.from('grün').toString('latin1')}`]),
    );
    expect(response.headers.slice(0, 2)).toEqual([
      ['X-Latin', 'grün'],
      ['X-Utf8', 'grün'],
    ]);
  });
});

describe('a body', () => {
  const original = 'A body of some length, packed. '.repeat(1000);

  test.each([
    ['gzip', gzipSync(original)],
    ['x-gzip', gzipSync(original)],
    ['deflate', deflateSync(original)],
    ['deflate', deflateRawSync(original)],
    ['br', brotliCompressSync(original)],
    ['zstd', zstdCompressSync(original)],
    ['gzip, br', brotliCompressSync(gzipSync(original))],
    ['identity', Buffer.from(original)],
  ])('packed with %s is unpacked', async (encoding, packed) => {
    await using server = await LoopbackServer.start((_request, reply) => {
      reply.writeHead(200, { 'Content-Encoding': encoding });
      reply.end(packed);
    });
    await using client = new Sender();
    const { response, body } = await client.send({ url: server.url });
    expect(text(body)).toBe(original);
    expect(response).toMatchObject({ bodyBytes: original.length, truncated: false, failure: null });
  });

  test('that is not packed as it says keeps what could be read, and says so', async () => {
    const { response } = await sendTo(answer('200 OK', ['Content-Encoding: gzip'], 'not gzip at all'));
    expect(response).toMatchObject({ status: 200, truncated: true, failure: { code: 'NETWORK_PROTOCOL' } });
  });

  test('whose packing stops early although the length is right is not taken for whole', async () => {
    const packed = gzipSync(original).subarray(0, 60).toString('latin1');
    const { response } = await sendTo(answer('200 OK', ['Content-Encoding: gzip'], packed));
    expect(response).toMatchObject({ truncated: true, failure: { code: 'NETWORK_PROTOCOL' } });
  });

  test('with an encoding that nobody knows is refused with its name', async () => {
    const { response } = await sendTo(answer('200 OK', ['Content-Encoding: snappy'], 'x'));
    expect(response.failure?.message).toContain('snappy');
  });

  test('larger than the cap is cut there', async () => {
    await using server = await LoopbackServer.start((_request, reply) => reply.end('x'.repeat(5000)));
    await using client = new Sender({ bodyCap: 1000 });
    const { response, body } = await client.send({ url: server.url });
    expect(body).toHaveLength(1000);
    expect(response).toMatchObject({ bodyBytes: 1000, truncated: true, failure: { code: 'BODY_TOO_LARGE' } });
  });

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
  ])('that unpacks to a bomb stops at the cap: %s', async (encoding, pack) => {
    const bomb = pack(Buffer.alloc(100 * 1024 * 1024));
    await using server = await LoopbackServer.start((_request, reply) => {
      reply.writeHead(200, { 'Content-Encoding': encoding });
      reply.end(bomb);
    });
    // Past what is kept in memory.
    const cap = 6 * 1024 * 1024;
    await using client = new Sender({ bodyCap: cap });
    const { response, body } = await client.send({ url: server.url });
    expect(body).toHaveLength(cap);
    expect(response).toMatchObject({ truncated: true, failure: { code: 'BODY_TOO_LARGE' } });
  });

  test('without end stops at the cap', async () => {
    await using server = await LoopbackServer.start((_request, reply) => writeForEver(reply));
    await using client = new Sender({ bodyCap: 1024 * 1024 });
    const { response } = await client.send({ url: server.url });
    expect(response).toMatchObject({ truncated: true, failure: { code: 'BODY_TOO_LARGE' } });
  });

  test('without end can be cancelled while it comes, and what came is kept', async () => {
    await using server = await LoopbackServer.start((_request, reply) => writeForEver(reply));
    await using client = new Sender();
    const cancel = new AbortController();
    const { response, body } = await client.send(
      { url: server.url },
      { signal: cancel.signal, onProgress: () => cancel.abort() },
    );
    expect(body.length).toBeGreaterThan(0);
    expect(response).toMatchObject({
      status: 200,
      bodyBytes: body.length,
      truncated: true,
      failure: { code: 'CANCELLED', details: { receivedBytes: body.length } },
    });
  });

  test('can be read while it comes, from its head on, secrets masked', async () => {
    const goOn = Promise.withResolvers<void>();
    await using server = await LoopbackServer.start(async (_request, reply) => {
      reply.writeHead(200, { 'Content-Type': 'text/plain', 'X-Echo': SECRET });
      reply.write(`first ${SECRET}, ${'x'.repeat(1000)}`);
      await goOn.promise;
      reply.end('the rest');
    });
    await using client = new Sender();
    let live: LiveHead | null = null;
    let seen = '';
    const { body } = await client.send(
      { url: server.url },
      {
        onHead: (head) => {
          live = head;
        },
        onProgress: () =>
          setImmediate(() => {
            seen ||= live?.body.toBuffer().toString() ?? '';
            goOn.resolve();
          }),
      },
    );
    expect(live).toMatchObject({ status: 200 });
    expect(JSON.stringify(live)).not.toContain(SECRET);
    expect(seen).toMatch(/^first ••••, x+$/);
    expect(body.toString()).toMatch(/^first ••••, x{1000}the rest$/);
  });

  test('that comes a byte at a time is put together', async () => {
    const word = 'drip, drip, drip';
    await using server = await LoopbackServer.start(async (_request, reply) => {
      reply.writeHead(200);
      for (const letter of word) {
        reply.write(letter);
        await new Promise((resolve) => setImmediate(resolve));
      }
      reply.end();
    });
    await using client = new Sender();
    const { body } = await client.send({ url: server.url });
    expect(text(body)).toBe(word);
  });

  test('too long for a disk that is full keeps what came, and says so', async () => {
    await using server = await LoopbackServer.start((_request, reply) => writeForEver(reply));
    // A file stands where the folder should be.
    await using client = new Sender({ spoolFolder: new SpoolFolder(join(import.meta.filename, 'spool')) });
    const { response, body } = await client.send({ url: server.url });
    expect(body.length).toBeGreaterThan(4 * 1024 * 1024);
    expect(response).toMatchObject({ truncated: true, failure: { code: 'WRITE_FAILED' } });
  });

  test('that stops coming keeps what came until the timeout', async () => {
    await using server = await LoopbackServer.start((_request, reply) => {
      reply.writeHead(200, { 'Content-Length': '10' });
      reply.write('half');
    });
    await using client = new Sender();
    const { response, body } = await client.send({ url: server.url, timeoutMs: 1_000 });
    expect(text(body)).toBe('half');
    expect(response).toMatchObject({ truncated: true, failure: { code: 'NETWORK_TIMEOUT' } });
  });

  test('is not expected after HEAD, 204 and 304', async () => {
    await using server = await LoopbackServer.start(({ url }, reply) => {
      reply.writeHead(url === '/' ? 200 : Number(url?.slice(1)), { 'Content-Encoding': 'gzip' });
      reply.end();
    });
    await using client = new Sender();
    for (const request of [
      { url: server.url, method: 'HEAD' },
      { url: `${server.url}/204` },
      { url: `${server.url}/304` },
    ]) {
      const { response, body } = await client.send(request);
      expect(body).toHaveLength(0);
      expect(response).toMatchObject({ truncated: false, failure: null });
    }
  });

  test('follows early hints and comes with trailers, secrets in them masked', async () => {
    const { response, body } = await sendTo(
      'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n' +
        'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 1\r\n' +
        `X-Echo: ${SECRET}\r\n\r\n`,
    );
    expect(text(body)).toBe('ok');
    expect(response).toMatchObject({ status: 200, truncated: false, redactions: 1 });
    expect(response.trailers).toEqual([
      ['X-Sum', '1'],
      ['X-Echo', '••••'],
    ]);
  });
});

describe('redirects', () => {
  const loop = (count: { value: number }) =>
    LoopbackServer.start((_request, reply) => {
      count.value += 1;
      reply.writeHead(302, { Location: `/${count.value}` });
      reply.end('round');
    });

  test('without end stop at the limit, and the last answer is kept', async () => {
    const count = { value: 0 };
    await using server = await loop(count);
    await using client = new Sender();
    const { response, body } = await client.send({ url: server.url, maxRedirects: 5 });
    expect(count.value).toBe(6);
    expect(response).toMatchObject({
      status: 302,
      truncated: false,
      failure: { code: 'TOO_MANY_REDIRECTS' },
    });
    expect(response.hops).toHaveLength(6);
    expect(text(body)).toBe('round');
  });

  test('by the hundred thousand stop at the limit all the same', async () => {
    await using server = await LoopbackServer.start(({ url }, reply) => {
      const left = Number(url?.slice(1) || 100_000);
      reply.writeHead(302, { Location: `/${left - 1}` });
      reply.end();
    });
    await using client = new Sender();
    const { response } = await client.send({ url: server.url, maxRedirects: 50 });
    expect(response).toMatchObject({ failure: { code: 'TOO_MANY_REDIRECTS' } });
    expect(response.hops).toHaveLength(51);
  });

  test('are shown and not followed at a limit of 0', async () => {
    const count = { value: 0 };
    await using server = await loop(count);
    await using client = new Sender();
    const { response } = await client.send({ url: server.url, maxRedirects: 0 });
    expect(response).toMatchObject({ status: 302, failure: null });
    expect(count.value).toBe(1);
  });

  test.each([
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'POST', 'GET'],
    [303, 'PUT', 'GET'],
    [303, 'HEAD', 'HEAD'],
    [301, 'PUT', 'PUT'],
    [302, 'DELETE', 'DELETE'],
    [307, 'POST', 'POST'],
    [308, 'PATCH', 'PATCH'],
  ])('%i turns %s into %s, with or without its body', async (status, method, expected) => {
    await using server = await RecordingServer.start(({ path }) =>
      path === '/' ? answer(`${status} Go`, ['Location: /next']) : answer('200 OK'),
    );
    await using client = new Sender();
    const body = method === 'HEAD' ? { kind: 'none' as const } : { kind: 'json' as const, text: '{"a":1}' };
    await client.send({ url: `http://127.0.0.1:${server.port}/`, method, body });
    const next = server.requests[1];
    expect(next?.head.split(' ')[0]).toBe(expected);
    const kept = expected === method && method !== 'HEAD';
    expect(next?.bytes.includes('{"a":1}')).toBe(kept);
    expect(/^content-type:/im.test(next?.head ?? '')).toBe(kept);
  });

  test.each([
    'ftp://127.0.0.1/x',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'http://',
  ])('to %s are not followed, and the reason is given', async (location) => {
    const { response } = await sendTo(answer('302 Found', [`Location: ${location}`]));
    expect(response).toMatchObject({ status: 302, failure: { code: 'NETWORK_PROTOCOL' } });
  });

  test('with endless bodies are followed all the same', async () => {
    await using server = await LoopbackServer.start(({ url }, reply) => {
      if (url === '/end') {
        reply.end('there');
        return;
      }
      reply.writeHead(302, { Location: '/end' });
      writeForEver(reply);
    });
    await using client = new Sender();
    const { body } = await client.send({ url: server.url });
    expect(text(body)).toBe('there');
  });
});

describe('a server that', () => {
  test('does not answer ends in a timeout', async () => {
    await using server = await LoopbackServer.start(() => undefined);
    await using client = new Sender();
    await expect(client.send({ url: server.url, timeoutMs: 200 })).rejects.toMatchObject({
      code: 'NETWORK_TIMEOUT',
      details: { timeoutMs: 200 },
    });
  });

  test('does not answer can be cancelled', async () => {
    await using server = await LoopbackServer.start(() => cancel.abort());
    await using client = new Sender();
    const cancel = new AbortController();
    await expect(client.send({ url: server.url }, { signal: cancel.signal })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });

  test('is never asked by a request that was cancelled before', async () => {
    let asked = 0;
    await using server = await LoopbackServer.start((_request, reply) => {
      asked += 1;
      reply.end();
    });
    await using client = new Sender();
    await expect(client.send({ url: server.url }, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    await client.send({ url: server.url });
    expect(asked).toBe(1);
  });

  test('is not there is refused with its address', async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const address = free.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await new Promise((resolve) => free.close(resolve));
    await using client = new Sender();
    await expect(client.send({ url: `http://127.0.0.1:${port}/` })).rejects.toMatchObject({
      code: 'NETWORK_REFUSED',
      message: expect.stringContaining(`http://127.0.0.1:${port}: nothing listens there`),
    });
  });
});

function writeForEver(reply: ServerResponse): void {
  const piece = Buffer.alloc(64 * 1024, 'x');
  const more = () => {
    while (!reply.destroyed && reply.write(piece));
  };
  reply.on('drain', more);
  more();
}
