import { describe, expect, test, vi } from 'vitest';
import { readProxyAnswer } from '../../../core/connections/system-proxy.ts';
import { connecting } from '../../support/connecting.ts';
import { LoopbackServer } from '../../support/loopback-server.ts';
import { HttpProxy } from '../../support/proxies.ts';

const startServer = () => LoopbackServer.start((_request, reply) => reply.end('plain'));
const named = (url: string) => url.replace('127.0.0.1', 'plain.test');
const asAnswer = ({ url }: HttpProxy) => `PROXY ${new URL(url).host}; DIRECT`;

describe('what the system’s settings say', () => {
  test.each([
    ['DIRECT', null],
    ['', null],
    ['PROXY proxy.test:8080; DIRECT', 'http://proxy.test:8080'],
    ['HTTPS proxy.test:443', 'https://proxy.test:443'],
    ['SOCKS5 proxy.test:1080;PROXY other.test:1', 'socks5://proxy.test:1080'],
    ['SOCKS old.test:1080; PROXY proxy.test:8080', 'http://proxy.test:8080'],
    ['SOCKS4 old.test:1080; DIRECT', null],
    ['proxy [::1]:8080', 'http://[::1]:8080'],
  ])('as %j leads over %s', (answer, expected) => {
    expect(readProxyAnswer(answer)).toBe(expected);
  });

  test('of kinds that are not spoken here is told', () => {
    expect(() => readProxyAnswer('SOCKS old.test:1080; QUIC new.test:1')).toThrow(
      expect.objectContaining({ code: 'PROXY_FAILED' }),
    );
  });

  test('is followed, and asked for once for several requests to one origin', async () => {
    await using server = await startServer();
    await using proxy = await HttpProxy.start();
    const resolveProxy = vi.fn(async () => asAnswer(proxy));
    await using client = connecting({}, { resolveProxy });
    const url = named(server.url);
    for (const path of ['/one', '/two']) {
      const { response } = await client.send({ url: `${url}${path}` });
      expect(response).toMatchObject({ status: 200, hops: [{ connection: { proxy: proxy.url } }] });
    }
    expect(resolveProxy.mock.calls).toEqual([[`${url}/`]]);
  });

  test('is asked for at every origin that a redirect leads to', async () => {
    await using server = await LoopbackServer.start(({ url, headers }, reply) => {
      if (url === '/')
        reply.writeHead(302, { Location: `http://other.test:${headers['x-port']}/there` }).end();
      else reply.end('there');
    });
    await using proxy = await HttpProxy.start();
    const resolveProxy = async (url: string) => (url.includes('other.test') ? asAnswer(proxy) : 'DIRECT');
    await using client = connecting({}, { resolveProxy });
    const headers = [{ name: 'X-Port', value: new URL(server.url).port }];
    const { response } = await client.send({ url: named(server.url), headers });
    expect(response.hops.map(({ connection }) => connection?.proxy)).toEqual([null, proxy.url]);
  });

  test('comes after the environment, which decides alone where it names a proxy', async () => {
    await using server = await startServer();
    await using proxy = await HttpProxy.start();
    const resolveProxy = vi.fn(async () => 'PROXY nowhere.test:1');
    for (const [environment, over] of [
      [{ HTTP_PROXY: proxy.url }, proxy.url],
      [{ HTTP_PROXY: proxy.url, NO_PROXY: 'plain.test' }, null],
    ] as const) {
      await using client = connecting({}, { environment, resolveProxy });
      const { response } = await client.send({ url: named(server.url) });
      expect(response.hops[0]?.connection?.proxy).toBe(over);
    }
    expect(resolveProxy).not.toHaveBeenCalled();
  });

  test('is not asked for this computer itself, nor where the app says which proxy', async () => {
    await using server = await startServer();
    const resolveProxy = vi.fn(async () => 'PROXY nowhere.test:1');
    await using local = connecting({}, { resolveProxy });
    await local.send({ url: server.url });
    await using none = connecting({ proxy: { kind: 'none' } }, { resolveProxy });
    await none.send({ url: named(server.url) });
    expect(resolveProxy).not.toHaveBeenCalled();
  });

  test('is asked for again after a while, and taken where it has changed', async () => {
    await using server = await startServer();
    await using proxy = await HttpProxy.start();
    const answers = ['DIRECT', asAnswer(proxy)];
    await using client = connecting({}, { resolveProxy: async () => answers.shift() ?? '' });
    const wayOf = async () =>
      (await client.send({ url: named(server.url) })).response.hops[0]?.connection?.proxy;
    expect(await wayOf()).toBeNull();
    const now = performance.now();
    using clock = vi.spyOn(performance, 'now');
    clock.mockReturnValue(now + 60_000);
    expect(await wayOf()).toBe(proxy.url);
  });

  test('that fails sends nothing', async () => {
    let requests = 0;
    await using server = await LoopbackServer.start((_request, reply) => {
      requests += 1;
      reply.end();
    });
    await using client = connecting({}, { resolveProxy: () => Promise.reject(new Error('no script')) });
    await expect(client.send({ url: named(server.url) })).rejects.toMatchObject({ code: 'PROXY_FAILED' });
    expect(requests).toBe(0);
  });
});
