import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TestAuthority } from '../../support/certificates.ts';
import { connecting, SecureServer } from '../../support/connecting.ts';
import { LoopbackServer } from '../../support/loopback-server.ts';
import { TemporaryFolder } from '../../support/run-command.ts';

test('a host with an address of its own is found there, at its port alone', async () => {
  await using server = await LoopbackServer.start(({ headers }, reply) => reply.end(headers.host));
  const port = Number(new URL(server.url).port);
  const overrides = [{ host: 'moved.test', port, address: '127.0.0.1' }];
  await using client = connecting({ hostOverrides: overrides }, { lookup: null });
  const { body } = await client.send({ url: `http://MOVED.test:${port}/` });
  expect(body.toString()).toBe(`moved.test:${port}`);
  await expect(client.send({ url: `http://moved.test:${port + 1}/` })).rejects.toMatchObject({
    code: 'NETWORK_DNS',
  });
});

test('a certificate is checked against the host, not against the address that took its place', async () => {
  using authority = new TestAuthority();
  await using server = await SecureServer.start(authority.issue({ names: ['moved.test'] }));
  const overrides = [{ host: 'moved.test', port: null, address: '127.0.0.1' }];
  await using client = connecting(
    { hostOverrides: overrides },
    { lookup: null, ca: [authority.certificate] },
  );
  expect((await client.send({ url: `https://moved.test:${server.port}/` })).response.status).toBe(200);
});

test('IPv6 is spoken, and an address that leads nowhere gives way to one that does', async () => {
  const server = createServer((_request, reply) => reply.end('six'));
  await new Promise<void>((resolve) => server.listen(0, '::1', resolve));
  const { port } = server.address() as AddressInfo;
  const overrides = ['127.0.0.1', '::1'].map((address) => ({ host: 'both.test', port: null, address }));
  await using client = connecting({ hostOverrides: overrides }, { lookup: null });
  expect((await client.send({ url: `http://[::1]:${port}/` })).body.toString()).toBe('six');
  const { response } = await client.send({ url: `http://both.test:${port}/` });
  expect(response.hops[0]?.connection?.peer).toBe(`[::1]:${port}`);
  server.closeAllConnections();
  server.close();
});

test('a Unix socket takes the place of the network, the URL names host and path', async () => {
  using folder = new TemporaryFolder();
  const path = join(folder.path, 'app.sock');
  const server = createServer(({ headers, url }, reply) => reply.end(`${headers.host}${url}`));
  await new Promise<void>((resolve) => server.listen(path, resolve));
  await using client = connecting(
    { unixSocket: path },
    { environment: { HTTP_PROXY: 'http://localhost:9' } },
  );
  const { response, body } = await client.send({ url: 'http://docker.test/info' });
  expect(body.toString()).toBe('docker.test/info');
  expect(response.hops[0]?.connection).toMatchObject({ peer: path, proxy: null });
  server.closeAllConnections();
  server.close();
});

test('HTTP/2 can be turned off', async () => {
  using authority = new TestAuthority();
  const server = createSecureServer({ ...authority.issue(), allowHTTP1: true }, (_request, reply) => {
    reply.end('x');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const versionOver = async (http2: boolean) => {
    await using client = connecting({ http2 }, { ca: [authority.certificate] });
    return (await client.send({ url: `https://localhost:${port}/` })).response.httpVersion;
  };
  expect(await versionOver(false)).toBe('1.1');
  server.close();
});
