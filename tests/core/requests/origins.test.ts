import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Connections } from '../../../core/requests/connections.ts';
import type { RequestInput } from '../../../shared/requests/request.ts';
import { type Certificate, TestAuthority } from '../../support/certificates.ts';
import { answer, type RecordedRequest, RecordingServer } from '../../support/recording-server.ts';
import { lookupLoopback, makeApp, makeToken, SECRET, Sender } from '../../support/sending.ts';

const TYPED = 'typed-by-hand-81c2';
const TOKEN_ID = 'token-ABC123';

/** One server for every name, over http and over https; what matters is under which name it was asked. */
let plain: RecordingServer;
let other: RecordingServer;
let secure: RecordingServer;
let authority: TestAuthority;
let certificate: Certificate;

/** `/to/<status>/<location>` redirects there; everything else answers. */
function reply({ path }: RecordedRequest): string {
  const redirect = /^\/to\/(\d{3})\/([^?]*)/.exec(path);
  if (redirect === null) return answer('200 OK', ['Content-Type: text/plain'], 'here');
  return answer(`${redirect[1]} Redirect`, [`Location: ${decodeURIComponent(redirect[2] ?? '')}`], 'moved');
}

beforeAll(async () => {
  authority = new TestAuthority();
  certificate = authority.issue({ names: ['api.tessera.test', 'evil.test'] });
  plain = await RecordingServer.start(reply);
  other = await RecordingServer.start(reply);
  secure = await RecordingServer.start(reply, certificate);
});

afterAll(async () => {
  await plain[Symbol.asyncDispose]();
  await other[Symbol.asyncDispose]();
  await secure[Symbol.asyncDispose]();
  authority[Symbol.dispose]();
});

/** What nobody but the allowed origin may see, in the forms in which it could be sent. */
const FORBIDDEN = [SECRET, TYPED].flatMap((secret) => [
  secret,
  encodeURIComponent(secret),
  new URLSearchParams({ '': secret }).toString().slice(1),
  Buffer.from(`${TOKEN_ID}:${secret}`).toString('base64'),
  JSON.stringify(secret).slice(1, -1),
]);

function leaks(requests: readonly RecordedRequest[]): string[] {
  return requests.flatMap(({ host, bytes }) =>
    FORBIDDEN.filter((form) => bytes.includes(form)).map((form) => `${form} at ${host}`),
  );
}

interface Credential {
  readonly name: string;
  readonly token: Parameters<typeof makeToken>[0] | null;
  readonly request: Partial<RequestInput>;
}

const CREDENTIALS: readonly Credential[] = [
  { name: 'basic', token: { scheme: 'basic', tokenId: TOKEN_ID }, request: {} },
  { name: 'bearer', token: { scheme: 'bearer', tokenId: null }, request: {} },
  { name: 'query', token: { scheme: 'query', field: 'session', tokenId: null }, request: {} },
  {
    name: 'form field',
    token: { scheme: 'query', field: 'session', sentIn: 'form', tokenId: null },
    request: { method: 'POST', body: { kind: 'form', fields: [{ name: 'envName', value: 'mine' }] } },
  },
  { name: 'header', token: { scheme: 'header', field: 'X-Custom', tokenId: null }, request: {} },
  {
    name: 'typed Authorization',
    token: null,
    request: { headers: [{ name: 'authorization', value: `Bearer ${TYPED}` }] },
  },
  { name: 'typed Cookie', token: null, request: { headers: [{ name: 'Cookie', value: `sid=${TYPED}` }] } },
  { name: 'typed X-Api-Key', token: null, request: { headers: [{ name: 'X-API-Key', value: TYPED }] } },
  {
    name: 'secret in another header',
    token: null,
    request: { headers: [{ name: 'X-Note', value: `see ${SECRET}` }] },
  },
  {
    name: 'JSON body',
    token: null,
    request: { method: 'POST', body: { kind: 'json', text: JSON.stringify({ key: SECRET }) } },
  },
  {
    name: 'form body',
    token: null,
    request: {
      method: 'POST',
      body: { kind: 'form', fields: [{ name: 'key', value: SECRET }] },
    },
  },
  {
    name: 'token and body together',
    token: { scheme: 'bearer', tokenId: null },
    request: { method: 'POST', body: { kind: 'text', text: SECRET } },
  },
];

/** Locations that lead away from `http://api.tessera.test:<plain>`. */
const TRICKS: readonly (readonly [name: string, location: () => string])[] = [
  ['another host', () => `http://evil.test:${plain.port}/x`],
  ['another port', () => `http://api.tessera.test:${other.port}/x`],
  ['another scheme', () => `https://api.tessera.test:${secure.port}/x`],
  ['a sub-domain', () => `http://sub.api.tessera.test:${plain.port}/x`],
  ['the domain above', () => `http://tessera.test:${plain.port}/x`],
  ['a host that begins alike', () => `http://api.tessera.test.evil.test:${plain.port}/x`],
  ['a host that ends alike', () => `http://evilapi.tessera.test:${plain.port}/x`],
  ['the allowed host as user name', () => `http://api.tessera.test:${plain.port}@evil.test:${plain.port}/x`],
  ['user name and password', () => `http://user:pass@evil.test:${plain.port}/x`],
  ['a trailing dot', () => `http://api.tessera.test.:${plain.port}/x`],
  ['an address', () => `http://127.0.0.1:${plain.port}/x`],
  ['a hexadecimal address', () => `http://0x7f.1:${plain.port}/x`],
  ['a decimal address', () => `http://2130706433:${plain.port}/x`],
  ['a mapped address', () => `http://[::ffff:127.0.0.1]:${plain.port}/x`],
  ['two slashes', () => `//evil.test:${plain.port}/x`],
  ['slash and backslash', () => `/\\evil.test:${plain.port}/x`],
  ['two backslashes', () => `\\\\evil.test:${plain.port}/x`],
  ['tabs between', () => `ht\ttp://evil.test:${plain.port}/x`],
  ['a Cyrillic look-alike', () => `http://\u0430pi.tessera.test:${plain.port}/x`],
  ['an escaped dot', () => `http://api%2etessera%2etest.evil.test:${plain.port}/x`],
  [
    'a detour by another host',
    () => `http://evil.test:${plain.port}/to/307/${encodeURIComponent(`http://other.test:${plain.port}/x`)}`,
  ],
];

const CASES = CREDENTIALS.flatMap((credential) =>
  TRICKS.map(([trick, location]) => ({ credential, name: credential.name, trick, location })),
);

function sender(credential: Credential): Sender {
  return new Sender({
    app: makeApp({ allowedOrigins: [`http://api.tessera.test:${plain.port}`] }),
    tokens: credential.token === null ? [] : [makeToken(credential.token)],
    connections: new Connections({ lookup: lookupLoopback, ca: [authority.certificate] }),
  });
}

describe('a redirect away from the allowed origin', () => {
  test.each(CASES)('takes no $name along: $trick', async ({ credential, location }) => {
    await using client = sender(credential);
    for (const { requests } of [plain, other, secure]) requests.length = 0;
    const allowed = `api.tessera.test:${plain.port}`;
    const url = `http://${allowed}/to/307/${encodeURIComponent(location())}`;

    const { response } = await client.send({ url, ...credential.request });

    const home = plain.requests.filter(({ host }) => host === allowed);
    expect(leaks(home)).not.toEqual([]);
    const away = [plain, other, secure]
      .flatMap(({ requests }) => requests)
      .filter((request) => !home.includes(request));
    expect(away).not.toEqual([]);
    expect(leaks(away)).toEqual([]);
    expect(response.hops.map(({ credential: fate }) => fate)).toEqual(
      response.hops.map((_hop, index) => (index === 0 ? 'sent' : 'withheld')),
    );
  });
});

describe('the credential', () => {
  test.each([301, 302, 303, 307, 308])('is withheld after a %i', async (status) => {
    await using client = sender({ name: 'bearer', token: { scheme: 'bearer' }, request: {} });
    plain.requests.length = 0;
    const location = encodeURIComponent(`http://evil.test:${plain.port}/x`);
    const { response } = await client.send({
      url: `http://api.tessera.test:${plain.port}/to/${status}/${location}`,
      method: 'POST',
      body: { kind: 'text', text: 'plain' },
    });
    expect(response.hops.map(({ credential }) => credential)).toEqual(['sent', 'withheld']);
    expect(leaks(plain.requests.slice(1))).toEqual([]);
  });

  test('is withheld from https to http of the same host', async () => {
    await using client = new Sender({
      app: makeApp({ allowedOrigins: [`https://api.tessera.test:${secure.port}`] }),
      tokens: [makeToken({ scheme: 'bearer' })],
      connections: new Connections({ lookup: lookupLoopback, ca: [authority.certificate] }),
    });
    plain.requests.length = 0;
    const location = encodeURIComponent(`http://api.tessera.test:${plain.port}/x`);
    const { response } = await client.send({
      url: `https://api.tessera.test:${secure.port}/to/307/${location}`,
    });
    expect(response.hops.map(({ credential }) => credential)).toEqual(['sent', 'withheld']);
    expect(plain.requests).toHaveLength(1);
    expect(leaks(plain.requests)).toEqual([]);
  });

  test('is sent again where the way leads back to an allowed origin', async () => {
    await using client = sender({ name: 'bearer', token: { scheme: 'bearer' }, request: {} });
    plain.requests.length = 0;
    const home = `http://api.tessera.test:${plain.port}`;
    const back = `http://evil.test:${plain.port}/to/302/${encodeURIComponent(`${home}/x`)}`;
    const { response } = await client.send({ url: `${home}/to/302/${encodeURIComponent(back)}` });
    expect(response.hops.map(({ credential }) => credential)).toEqual(['sent', 'withheld', 'sent']);
    expect(plain.requests.map(({ head }) => head.includes('Authorization: Bearer'))).toEqual([
      true,
      false,
      true,
    ]);
  });

  test('is sent to another spelling of the same origin', async () => {
    await using client = sender({ name: 'bearer', token: { scheme: 'bearer' }, request: {} });
    // Full-width letters are the same name to every resolver, and to the check.
    const location = encodeURIComponent(`http://\uff41PI.tessera.test:${plain.port}/x`);
    const { response } = await client.send({
      url: `http://api.tessera.test:${plain.port}/to/302/${location}`,
    });
    expect(response.hops.map(({ credential }) => credential)).toEqual(['sent', 'sent']);
  });

  test('that is a typed header is said to be one where it is withheld', async () => {
    await using client = sender({ name: 'none', token: null, request: {} });
    const location = encodeURIComponent(`http://evil.test:${plain.port}/x`);
    const { response } = await client.send({
      url: `http://api.tessera.test:${plain.port}/to/302/${location}`,
      headers: [{ name: 'X-Api-Key', value: 'typed' }],
      auth: { kind: 'none' },
    });
    expect(response).toMatchObject({
      token: null,
      hops: [{ withheld: [] }, { credential: 'withheld', withheld: ['headers'] }],
    });
  });

  test('is left out of a redirect that carries it in a parameter itself', async () => {
    await using client = sender({ name: 'bearer', token: { scheme: 'bearer' }, request: {} });
    plain.requests.length = 0;
    const location = `http://evil.test:${plain.port}/x?a=1&t=${encodeURIComponent(SECRET)}&b=2`;
    const { response } = await client.send({
      url: `http://api.tessera.test:${plain.port}/to/302/${encodeURIComponent(location)}`,
    });
    expect(plain.requests.at(-1)?.path).toBe('/x?a=1&b=2');
    expect(response.hops.at(-1)).toMatchObject({ credential: 'withheld', withheld: ['token', 'parameters'] });
  });

  test('in the path of a redirect ends the way there, and keeps the answer', async () => {
    await using client = sender({ name: 'bearer', token: { scheme: 'bearer' }, request: {} });
    plain.requests.length = 0;
    const location = `http://evil.test:${plain.port}/${encodeURIComponent(SECRET)}`;
    const { response, body } = await client.send({
      url: `http://api.tessera.test:${plain.port}/to/302/${encodeURIComponent(location)}`,
    });
    expect(plain.requests).toHaveLength(1);
    expect(response).toMatchObject({
      status: 302,
      truncated: false,
      failure: { code: 'ORIGIN_NOT_ALLOWED' },
    });
    expect(body.toString()).toBe('moved');
    expect(JSON.stringify(response)).not.toContain(encodeURIComponent(SECRET));
  });

  test('stays home when the answer has a Refresh header', async () => {
    await using refreshing = await RecordingServer.start(() =>
      answer('200 OK', [`Refresh: 0; url=http://evil.test:${plain.port}/`], 'x'),
    );
    plain.requests.length = 0;
    await using client = new Sender({
      app: makeApp({ allowedOrigins: [`http://api.tessera.test:${refreshing.port}`] }),
      tokens: [makeToken()],
    });
    const { response } = await client.send({ url: `http://api.tessera.test:${refreshing.port}/` });
    expect(response.hops).toHaveLength(1);
    expect(plain.requests).toEqual([]);
  });
});

describe('a first URL that is not allowed', () => {
  test.each([
    ['another host', () => `http://evil.test:${plain.port}/x`, 'ORIGIN_NOT_ALLOWED'],
    ['another port', () => 'http://api.tessera.test:1/x', 'ORIGIN_NOT_ALLOWED'],
    ['another scheme', () => `https://api.tessera.test:${plain.port}/x`, 'ORIGIN_NOT_ALLOWED'],
    ['a trailing dot', () => `http://api.tessera.test.:${plain.port}/x`, 'ORIGIN_NOT_ALLOWED'],
    ['an address', () => `http://0x7f.1:${plain.port}/x`, 'ORIGIN_NOT_ALLOWED'],
    ['a look-alike', () => `http://\u0430pi.tessera.test:${plain.port}/x`, 'ORIGIN_NOT_ALLOWED'],
    ['user name', () => `http://api.tessera.test:${plain.port}@evil.test:${plain.port}/x`, 'INVALID_INPUT'],
    ['two slashes', () => `//evil.test:${plain.port}/x`, 'INVALID_INPUT'],
    ['backslashes', () => `\\\\evil.test:${plain.port}/x`, 'INVALID_INPUT'],
    ['no slashes', () => `http:evil.test:${plain.port}/x`, 'INVALID_INPUT'],
    ['a third slash', () => `http:///evil.test:${plain.port}/x`, 'INVALID_INPUT'],
    ['a file', () => 'file:///etc/passwd', 'INVALID_INPUT'],
    ['a line break', () => `http://evil.test:${plain.port}/\r\nX: y`, 'INVALID_INPUT'],
  ])('is refused before anything is sent: %s', async (_name, url, code) => {
    await using client = sender({ name: 'bearer', token: { scheme: 'bearer' }, request: {} });
    plain.requests.length = 0;
    await expect(client.send({ url: url() })).rejects.toMatchObject({ code });
    expect(plain.requests).toEqual([]);
  });

  test('is named, with what is allowed, and without the secret', async () => {
    await using client = sender({ name: 'bearer', token: { scheme: 'bearer' }, request: {} });
    const error = await client.send({ url: 'http://evil.test/x' }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'ORIGIN_NOT_ALLOWED',
      message: expect.stringContaining('http://evil.test may not receive the token main'),
      details: { origin: 'http://evil.test', allowed: [`http://api.tessera.test:${plain.port}`] },
    });
  });

  test('is refused without a token too, where a secret of the app stands in the request', async () => {
    await using client = sender({ name: 'none', token: null, request: {} });
    plain.requests.length = 0;
    const url = `http://evil.test:${plain.port}/x`;
    for (const request of [
      { url: `${url}?a=${encodeURIComponent(SECRET)}` },
      { url, headers: [{ name: 'X-Note', value: SECRET }] },
      { url, method: 'POST', body: { kind: 'text' as const, text: SECRET } },
    ]) {
      await expect(client.send(request)).rejects.toMatchObject({ code: 'ORIGIN_NOT_ALLOWED' });
    }
    expect(plain.requests).toEqual([]);
  });

  test('is no hindrance to a request that carries nothing', async () => {
    await using client = sender({ name: 'none', token: null, request: {} });
    const { response } = await client.send({ url: `http://evil.test:${plain.port}/x` });
    expect(response).toMatchObject({ status: 200, token: null, hops: [{ credential: 'none' }] });
  });
});
