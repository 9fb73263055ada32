import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestAuthority } from '../../support/certificates.ts';
import { connecting, SecureServer } from '../../support/connecting.ts';
import { LoopbackServer } from '../../support/loopback-server.ts';
import { HttpProxy, SocksProxy } from '../../support/proxies.ts';
import { SECRET } from '../../support/sending.ts';

const PASSWORD_ID = 'a4f6a0a8-6f7c-4b44-9f0e-1b7f6a6a9d10';
const credential = { userName: 'ada', password: 'the-proxy’s-own-pässword' } as const;
const secrets = { [PASSWORD_ID]: Buffer.from(credential.password) };
const withCredential = (url: string) => ({
  proxy: { kind: 'own' as const, url, userName: credential.userName },
  proxyPasswordId: PASSWORD_ID,
});
const own = (url: string) => ({ proxy: { kind: 'own' as const, url, userName: null } });

let authority: TestAuthority;

beforeAll(() => {
  authority = new TestAuthority();
});
afterAll(() => authority[Symbol.dispose]());

const startSecure = () => SecureServer.start(authority.issue({ names: ['api.test', 'localhost'] }));
const ca = () => [authority.certificate];

describe('over an HTTP proxy', () => {
  test('a secure server is reached by a way through, and the token is for the server alone', async () => {
    await using server = await startSecure();
    await using proxy = await HttpProxy.start({ credential });
    const origin = `https://api.test:${server.port}`;
    await using client = connecting(withCredential(proxy.url), {
      ca: ca(),
      secrets,
      allowedOrigins: [origin],
    });
    const { response, body } = await client.send({ url: `${origin}/path?q=1` });
    expect(body.toString()).toBe('safe');
    expect(response.hops[0]).toMatchObject({ credential: 'sent', connection: { proxy: proxy.url } });
    expect(proxy.heads).toHaveLength(1);
    expect(proxy.heads[0]).toContain(`CONNECT api.test:${server.port}`);
    expect(proxy.heads[0]).not.toMatch(/\/path|Bearer/);
    expect(proxy.heads[0]).not.toContain(SECRET);
  });

  test('the proxy’s password never reaches a server, and no timeline', async () => {
    const heads: string[] = [];
    await using server = await LoopbackServer.start(({ rawHeaders }, reply) => {
      heads.push(rawHeaders.join('\n'));
      reply.end('plain');
    });
    await using proxy = await HttpProxy.start({ credential });
    await using client = connecting(withCredential(proxy.url), { secrets });
    const { response, body } = await client.send({ url: server.url.replace('127.0.0.1', 'plain.test') });
    expect(body.toString()).toBe('plain');
    expect(proxy.heads[0]).toMatch(/^GET http:\/\/plain\.test:\d+\/\n/);
    expect(heads.join('\n').toLowerCase()).not.toContain('proxy-authorization');
    const pair = Buffer.from(`${credential.userName}:${credential.password}`).toString('base64');
    expect(JSON.stringify(response)).not.toContain(pair);
    expect(JSON.stringify(response)).not.toContain(credential.password);
  });

  test('what is not encrypted is sent on with repeated headers, method and body', async () => {
    const seen: { method: string | undefined; headers: string[]; body: string }[] = [];
    await using server = await LoopbackServer.start((message, reply) => {
      let body = '';
      message.on('data', (chunk) => {
        body += chunk;
      });
      message.on('end', () => {
        seen.push({ method: message.method, headers: message.rawHeaders, body });
        reply.end();
      });
    });
    await using proxy = await HttpProxy.start();
    await using client = connecting(own(proxy.url));
    await client.send({
      method: 'POST',
      url: server.url.replace('127.0.0.1', 'plain.test'),
      headers: [
        { name: 'X-Two', value: 'one' },
        { name: 'X-Two', value: 'two' },
      ],
      body: { kind: 'text', text: 'hello' },
    });
    expect(seen[0]).toMatchObject({ method: 'POST', body: 'hello' });
    expect(proxy.heads[0]).toContain('X-Two: one\nX-Two: two');
  });

  test.each([
    ['over TLS', 'https'],
    ['in the clear', 'http'],
  ])('that wants a password, its wish is told and not taken for the server’s, %s', async (_name, scheme) => {
    await using proxy = await HttpProxy.start({ credential });
    await using client = connecting(own(proxy.url));
    await expect(client.send({ url: `${scheme}://api.test:9/` })).rejects.toMatchObject({
      code: 'PROXY_AUTH_REQUIRED',
      message: expect.stringContaining('wants a user name and a password'),
      details: { proxy: proxy.url, origin: `${scheme}://api.test:9` },
    });
  });

  test('a wrong password is told as such', async () => {
    await using proxy = await HttpProxy.start({ credential });
    const wrong = { [PASSWORD_ID]: Buffer.from('wrong') };
    await using client = connecting(withCredential(proxy.url), { secrets: wrong });
    await expect(client.send({ url: 'https://api.test:9/' })).rejects.toMatchObject({
      code: 'PROXY_AUTH_REQUIRED',
      message: expect.stringContaining('does not take the user name and password'),
    });
  });

  test.each([
    [403, 'does not let this computer go there'],
    [502, 'does not reach the server'],
    [404, 'may not be a proxy'],
  ])('that answers %i, it is the proxy that said no', async (status, words) => {
    await using proxy = await HttpProxy.start({ status });
    await using client = connecting(own(proxy.url));
    await expect(client.send({ url: 'https://api.test:9/' })).rejects.toMatchObject({
      code: 'PROXY_FAILED',
      message: expect.stringContaining(words),
      details: { status },
    });
  });

  test('that breaks off, nothing is tried again and again', async () => {
    await using proxy = await HttpProxy.start({ isBroken: true });
    await using client = connecting(own(proxy.url));
    await expect(client.send({ url: 'https://api.test:9/' })).rejects.toMatchObject({ code: 'PROXY_FAILED' });
    expect(proxy.heads).toHaveLength(1);
  });

  test.each(['http', 'https'])('that is not there, it is the proxy that is missing (%s)', async (scheme) => {
    const proxy = await HttpProxy.start();
    const { url } = proxy;
    await proxy[Symbol.asyncDispose]();
    await using client = connecting(own(url));
    await expect(client.send({ url: `${scheme}://api.test:9/` })).rejects.toMatchObject({
      code: 'PROXY_FAILED',
      message: expect.stringContaining('nothing listens there'),
    });
  });

  test('that speaks TLS itself, both are checked, each by its own name', async () => {
    await using server = await startSecure();
    await using proxy = await HttpProxy.start({ certificate: authority.issue({ names: ['localhost'] }) });
    await using client = connecting(own(proxy.url), { ca: ca() });
    const { response } = await client.send({ url: `https://api.test:${server.port}/` });
    expect(response.status).toBe(200);
    expect(response.hops[0]?.connection?.tls?.certificates[0]?.names).toContain('api.test');
  });

  test('that asks for a client certificate, the app’s own goes to the server alone', async () => {
    const client = authority.issue({ names: ['client.test'] });
    await using server = await SecureServer.start({
      ...authority.issue({ names: ['api.test'] }),
      ca: ca(),
      requestCert: true,
      rejectUnauthorized: true,
    });
    await using proxy = await HttpProxy.start({
      certificate: authority.issue({ names: ['localhost'] }),
      asksFor: authority.certificate,
    });
    const clientCertificate = {
      kind: 'pem' as const,
      subject: null,
      validTo: null,
      recordId: PASSWORD_ID,
      passphraseId: null,
    };
    await using sender = connecting(
      { ...own(proxy.url), clientCertificate },
      { ca: ca(), secrets: { [PASSWORD_ID]: Buffer.from(client.cert + client.key) } },
    );
    const { response } = await sender.send({ url: `https://api.test:${server.port}/` });
    expect(response.status).toBe(200);
    expect(proxy.clients).toEqual(['']);
  });

  test('whose certificate is wrong, the proxy is refused even where the app takes any', async () => {
    await using proxy = await HttpProxy.start({ certificate: authority.selfSigned() });
    await using client = connecting({ ...own(proxy.url), verifiesCertificates: false }, { ca: [] });
    await expect(client.send({ url: 'https://api.test:9/' })).rejects.toMatchObject({
      code: 'PROXY_FAILED',
      message: expect.stringContaining('self-signed'),
    });
  });
});

describe('over a SOCKS5 proxy', () => {
  test.each([
    ['without a password', undefined],
    ['with one', credential],
  ])('%s, a server is reached by the name that the proxy looks up', async (_name, given) => {
    await using server = await startSecure();
    await using proxy = await SocksProxy.start(given === undefined ? {} : { credential: given });
    const settings = given === undefined ? own(proxy.url) : withCredential(proxy.url);
    const origin = `https://api.test:${server.port}`;
    await using client = connecting(settings, { ca: ca(), secrets, allowedOrigins: [origin] });
    const { response } = await client.send({ url: origin });
    expect(response).toMatchObject({ status: 200, hops: [{ credential: 'sent' }] });
    expect(proxy.targets).toEqual([`api.test:${server.port}`]);
    expect(Buffer.concat(proxy.bytes).includes(SECRET)).toBe(false);
  });

  test('a server without TLS is reached too', async () => {
    await using server = await LoopbackServer.start((_request, reply) => reply.end('plain'));
    await using proxy = await SocksProxy.start();
    await using client = connecting(own(proxy.url));
    const { body } = await client.send({ url: server.url.replace('127.0.0.1', 'plain.test') });
    expect(body.toString()).toBe('plain');
  });

  test.each([
    ['wants a password', { credential }, 'PROXY_AUTH_REQUIRED', 'wants a user name'],
    ['does not let through', { reply: 2 }, 'PROXY_FAILED', 'does not let this computer go there'],
    ['does not reach the server', { reply: 4 }, 'PROXY_FAILED', 'does not reach the server'],
    ['is none', { isBroken: true }, 'PROXY_FAILED', 'does not speak SOCKS5'],
  ] as const)('that %s, it is the proxy that said no', async (_name, options, code, words) => {
    await using proxy = await SocksProxy.start(options);
    await using client = connecting(own(proxy.url));
    await expect(client.send({ url: 'https://api.test:9/' })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words),
    });
  });
});

describe('the system’s proxy', () => {
  test('is what the environment names, with the password in it', async () => {
    await using server = await LoopbackServer.start((_request, reply) => reply.end('plain'));
    await using proxy = await HttpProxy.start({ credential: { userName: 'ada', password: 'p w' } });
    const environment = { HTTP_PROXY: proxy.url.replace('//', '//ada:p%20w@') };
    await using client = connecting({}, { environment });
    const { response } = await client.send({ url: server.url.replace('127.0.0.1', 'plain.test') });
    expect(response).toMatchObject({ status: 200, hops: [{ connection: { proxy: proxy.url } }] });
  });

  test('is not used for this computer itself, nor where the app wants none', async () => {
    await using server = await LoopbackServer.start((_request, reply) => reply.end('plain'));
    await using proxy = await HttpProxy.start();
    const environment = { HTTP_PROXY: proxy.url };
    await using local = connecting({}, { environment });
    await local.send({ url: server.url });
    await using direct = connecting({ proxy: { kind: 'none' } }, { environment });
    await direct.send({ url: server.url.replace('127.0.0.1', 'plain.test') });
    expect(proxy.heads).toEqual([]);
  });

  test('that is none is told without its password', async () => {
    const environment = { HTTPS_PROXY: 'socks4://ada:hunter2secret@localhost:1080' };
    await using client = connecting({}, { environment });
    const refusal = await client.send({ url: 'https://api.test/' }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'PROXY_FAILED' });
    expect(JSON.stringify(refusal) + String(refusal)).not.toContain('hunter2');
  });
});
