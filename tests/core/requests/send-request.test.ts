import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { providerOf } from '../../../core/providers/providers.ts';
import { Redactor } from '../../../core/redaction/redactor.ts';
import type { RequestInput } from '../../../shared/requests/request.ts';
import { LoopbackServer } from '../../support/loopback-server.ts';
import { answer, RecordingServer } from '../../support/recording-server.ts';
import { makeApp, makeToken, SECRET, Sender } from '../../support/sending.ts';

let server: RecordingServer;
let base: string;

beforeAll(async () => {
  server = await RecordingServer.start(({ path, bytes }) => {
    if (path.startsWith('/echo')) return answer('200 OK', ['Content-Type: text/plain; charset=utf-8'], bytes);
    if (path.startsWith('/secret')) return answer(`200 ${SECRET}`, [`X-Echo: ${SECRET}`], SECRET);
    return answer('401 Unauthorized');
  });
  base = `http://127.0.0.1:${server.port}`;
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

function client(token: Parameters<typeof makeToken>[0] | null = {}) {
  return new Sender({
    app: makeApp({ baseUrl: `${base}/v2`, allowedOrigins: [base] }),
    tokens: token === null ? [] : [makeToken(token)],
  });
}

const lastHead = () => server.requests.at(-1)?.head ?? '';

async function send(request: RequestInput, token: Parameters<typeof makeToken>[0] | null = {}) {
  await using sender = client(token);
  return await sender.send(request);
}

describe('the credential goes as its scheme says', () => {
  const basic = Buffer.from(`token-ABC123:${SECRET}`).toString('base64');

  test('basic', async () => {
    await send({ url: `${base}/echo` });
    expect(lastHead()).toContain(`Authorization: Basic ${basic}`);
  });

  test('bearer', async () => {
    await send({ url: `${base}/echo` }, { scheme: 'bearer' });
    expect(lastHead()).toContain(`Authorization: Bearer ${SECRET}`);
  });

  test('header', async () => {
    await send({ url: `${base}/echo` }, { scheme: 'header', field: 'X-Api-Key' });
    expect(lastHead()).toContain(`X-Api-Key: ${SECRET}`);
  });

  test.each([
    'Host',
    'content-length',
    'Transfer-Encoding',
  ])('no header that the connection sets: %s', async (field) => {
    const before = server.requests.length;
    await expect(send({ url: `${base}/echo` }, { scheme: 'header', field })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { path: 'field', header: field },
    });
    expect(server.requests).toHaveLength(before);
  });

  test('query, in place of a parameter of that name, all others as they were written', async () => {
    await send({ url: `${base}/echo?a=%7e&session=mine&b=x+y` }, { scheme: 'query', field: 'session' });
    expect(server.requests.at(-1)?.path).toBe(`/echo?a=%7e&b=x+y&session=${encodeURIComponent(SECRET)}`);
  });

  test('and its bytes are wiped', async () => {
    const secret = Buffer.from(SECRET);
    await using sender = client();
    await sender.send({ url: `${base}/echo` }, { openSecret: () => secret });
    expect(secret).toEqual(Buffer.alloc(SECRET.length));
  });
});

describe('what comes back', () => {
  test('has no secret in status text, headers, body, URL and hops', async () => {
    const { response, body } = await send({ url: `${base}/secret` }, { scheme: 'query', field: 'session' });
    const all = JSON.stringify(response) + body.toString();
    for (const form of [SECRET, encodeURIComponent(SECRET), JSON.stringify(SECRET).slice(1, -1)]) {
      expect(all).not.toContain(form);
    }
    expect(response.statusText).toBe('••••');
    expect(response.redactions).toBe(3);
  });

  test('says which token was used, of which media type it is, and how long it took', async () => {
    const { response } = await send({ url: `${base}/echo` });
    expect(response).toMatchObject({ token: 'main', mediaType: 'text/plain', httpVersion: '1.1' });
    const { waitMs, downloadMs, totalMs } = response.timings;
    expect(waitMs + downloadMs).toBeCloseTo(totalMs, 3);
  });

  test("comes with the provider's hint", async () => {
    await using sender = client();
    const { response } = await sender.send({ url: '/account' }, { provider: providerOf('sipgate') });
    expect(response.hint).toContain('Token ID or token are wrong');
  });

  test('is reported while it comes', async () => {
    await using slow = await LoopbackServer.start((_request, reply) => reply.end('12345'));
    await using sender = client(null);
    const seen: number[] = [];
    await sender.send({ url: slow.url }, { onProgress: (bytes) => seen.push(bytes) });
    expect(seen.at(-1)).toBe(5);
  });
});

test('an error does not repeat a secret, wherever it stood', async () => {
  const redactor = new Redactor([Buffer.from('hush-hush')]);
  await using sender = client();
  const error = await sender.send({ url: 'http://hush-hush.test/' }, { redactor }).catch((reason) => reason);
  expect(error).toMatchObject({ code: 'ORIGIN_NOT_ALLOWED', details: { origin: 'http://••••.test' } });
  expect(error.message).not.toContain('hush-hush');
});

describe('variables', () => {
  const variables = [{ host: 'near' }, { host: 'far', path: 'echo', both: '{{host}}' }];

  test('are filled into URL, headers and body, the nearest first, and once', async () => {
    await using sender = client();
    const { body } = await sender.send(
      {
        method: 'POST',
        url: `${base}/{{path}}`,
        headers: [{ name: 'X-{{host}}', value: '{{ both }}' }],
        body: { kind: 'json', text: '{"a":"{{host}}","b":{"c":1}}' },
      },
      { variables },
    );
    expect(body.toString()).toContain('X-near: {{host}}');
    expect(body.toString()).toContain('{"a":"near","b":{"c":1}}');
  });

  test('that are unknown are named, with where they stand', async () => {
    await expect(send({ url: `${base}/{{nope}}` })).rejects.toMatchObject({
      code: 'VARIABLE_NOT_FOUND',
      details: { variable: 'nope' },
      message: expect.stringContaining('the URL'),
    });
  });

  test('in disabled headers are not looked up', async () => {
    const headers = [{ name: 'X', value: '{{nope}}', enabled: false }];
    await expect(send({ url: `${base}/echo`, headers })).resolves.toBeDefined();
  });

  test('are not looked for on the prototype of objects', async () => {
    await using sender = client();
    const sent = sender.send({ url: `${base}/{{constructor}}` }, { variables });
    await expect(sent).rejects.toMatchObject({ code: 'VARIABLE_NOT_FOUND' });
  });

  test('that would break a header in two are refused, without their value', async () => {
    await using sender = client();
    const sent = sender.send(
      { url: `${base}/echo`, headers: [{ name: 'X-Note', value: '{{note}}' }] },
      { variables: [{ note: 'a\r\nX-Evil: 1' }] },
    );
    await expect(sent).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { header: 'X-Note' } });
    await expect(sent).rejects.not.toMatchObject({ message: expect.stringContaining('X-Evil') });
  });

  test.each([
    ['$uuid', /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/],
    ['$timestamp', /^1780315200$/],
    ['$isoTimestamp', /^2026-06-01T12:00:00\.000Z$/],
    ['$randomInt', /^\d{1,4}$/],
  ])('{{%s}} is made anew', async (name, pattern) => {
    const { body } = await send({
      url: `${base}/echo`,
      method: 'POST',
      body: { kind: 'text', text: `<{{${name}}}>` },
    });
    expect(/<(.*)>/.exec(body.toString())?.[1]).toMatch(pattern);
  });

  test('cannot be a token', async () => {
    await expect(
      send({ url: `${base}/echo`, headers: [{ name: 'X', value: '{{vault.main}}' }] }),
    ).rejects.toMatchObject({
      code: 'VARIABLE_NOT_FOUND',
      message: expect.stringContaining('authorization'),
    });
  });
});

describe('headers', () => {
  test('go out in their order, repeated ones too, with what is missing added', async () => {
    await send({
      url: `${base}/echo`,
      headers: [
        { name: 'X-A', value: '1' },
        { name: 'accept', value: 'text/html' },
        { name: 'X-A', value: '2' },
        { name: '', value: '' },
      ],
    });
    expect(lastHead()).toMatch(/X-A: 1\r\naccept: text\/html\r\nX-A: 2\r\nUser-Agent: Tessera/);
    expect(lastHead().match(/^accept:/gim)).toHaveLength(1);
  });

  test('that are not ASCII go out as UTF-8', async () => {
    await send({ url: `${base}/echo`, headers: [{ name: 'X-Name', value: 'Grün €' }] });
    expect(Buffer.from(lastHead(), 'latin1').toString('utf8')).toContain('X-Name: Grün €');
  });

  test.each([
    'Host',
    'content-length',
    'Transfer-Encoding',
    'Connection',
    'Expect',
    'Upgrade',
  ])('%s is not to be set by hand', async (name) => {
    await expect(send({ url: `${base}/echo`, headers: [{ name, value: 'x' }] })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { header: name },
    });
  });

  test.each(['X Y', 'X:Y', 'Ä', 'X\n', ''])('named %j are refused', async (name) => {
    await expect(send({ url: `${base}/echo`, headers: [{ name, value: 'x' }] })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  test('typed by hand take the place of a token that nobody named', async () => {
    const headers = [{ name: 'Authorization', value: 'Bearer typed' }];
    const { response } = await send({ url: `${base}/echo`, headers });
    expect(lastHead().match(/^authorization:.*/gim)).toEqual(['Authorization: Bearer typed']);
    expect(response).toMatchObject({ token: null, hops: [{ credential: 'sent' }] });
  });

  test('typed by hand and a token that was named contradict each other', async () => {
    const headers = [{ name: 'authorization', value: 'Bearer typed' }];
    await expect(
      send({ url: `${base}/echo`, headers, auth: { kind: 'token', name: 'main' } }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('bodies', () => {
  test.each([
    [{ kind: 'json' as const, text: '{}' }, 'application/json', '{}'],
    [{ kind: 'xml' as const, text: '<a/>' }, 'application/xml', '<a/>'],
    [{ kind: 'text' as const, text: 'ä' }, 'text/plain; charset=utf-8', 'ä'],
    [
      {
        kind: 'form' as const,
        fields: [
          { name: 'a b', value: 'c&d' },
          { name: 'x', value: 'y', enabled: false },
        ],
      },
      'application/x-www-form-urlencoded',
      'a+b=c%26d',
    ],
  ])('go out with their type: $kind', async (body, type, text) => {
    await send({ url: `${base}/echo`, method: 'POST', body });
    const { head, bytes } = server.requests.at(-1) ?? { head: '', bytes: '' };
    expect(head).toContain(`Content-Type: ${type}`);
    expect(Buffer.from(bytes, 'latin1').toString('utf8').endsWith(`\r\n\r\n${text}`)).toBe(true);
  });

  test('keep a type that was typed', async () => {
    const headers = [{ name: 'content-type', value: 'application/vnd.api+json' }];
    await send({ url: `${base}/echo`, method: 'POST', headers, body: { kind: 'json', text: '{}' } });
    expect(lastHead().match(/^content-type:.*/gim)).toEqual(['content-type: application/vnd.api+json']);
  });

  test.each(['GET', 'DELETE', 'OPTIONS', 'PROPFIND', 'LINK'])('go with %s too', async (method) => {
    await send({ url: `${base}/echo`, method, body: { kind: 'text', text: 'body' } });
    expect(server.requests.at(-1)?.bytes).toMatch(new RegExp(`^${method} /echo [^]*body$`));
  });
});

describe('a path', () => {
  test.each([
    ['/account', '/v2/account'],
    ['account?x=1#y', '/v2/account?x=1'],
    ['?x=1', '/v2?x=1'],
    ['/a b/ä', '/v2/a%20b/%C3%A4'],
    ['../../other', '/other'],
    ['/http://evil.test', '/v2/http://evil.test'],
    ['/@evil.test', '/v2/@evil.test'],
  ])('%s is put behind the base URL, on its origin', async (path, expected) => {
    await send({ url: path });
    expect(server.requests.at(-1)).toMatchObject({ path: expected, host: `127.0.0.1:${server.port}` });
  });

  test.each(['//evil.test/x', '/\\evil.test/x', '\\\\evil.test'])('%s is refused', async (path) => {
    await expect(send({ url: path })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('needs a base URL', async () => {
    await using sender = new Sender();
    await expect(sender.send({ url: '/x' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('no base URL'),
    });
  });
});
