import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestAuthority } from '../support/certificates.ts';
import { SecureServer } from '../support/connecting.ts';
import { LoopbackServer } from '../support/loopback-server.ts';
import { HttpProxy } from '../support/proxies.ts';
import { homeWithToken, SECRET, TemporaryFolder, tessera, tesseraJson } from '../support/run-command.ts';
import type { TemporaryHome } from '../support/temporary-vault.ts';

let home: TemporaryHome;
let server: LoopbackServer;

beforeAll(async () => {
  server = await LoopbackServer.start((_request, reply) => reply.end('plain'));
  home = await homeWithToken(server.url);
});
afterAll(async () => {
  home[Symbol.dispose]();
  await server[Symbol.asyncDispose]();
});

const connection = (...args: string[]) =>
  tesseraJson(['app', 'connection', 'Phone', ...args], { home: home.path });

describe('app connection', () => {
  it('changes what is named, keeps the rest, and shows all of it', async () => {
    expect(await connection('--min-tls', '1.3', '--resolve', 'a.test:443:[::1]', '--no-http2')).toMatchObject(
      {
        code: 0,
        value: {
          proxy: { kind: 'system' },
          minTlsVersion: 'TLSv1.3',
          hostOverrides: [{ host: 'a.test', port: 443, address: '::1' }],
          http2: false,
        },
      },
    );
    expect(await connection('--no-resolve', '--http2', '--min-tls', '1.2', '--ip', '4')).toMatchObject({
      value: { minTlsVersion: 'TLSv1.2', hostOverrides: [], http2: true, ipVersion: '4' },
    });
    const { stdout } = await tessera(['app', 'show', 'Phone'], { home: home.path });
    expect(stdout).toContain('IP                  version 4 alone');
  });

  it('sends over a proxy whose password came from standard input, and names the proxy', async () => {
    const credential = { userName: 'ada', password: 'proxy-pass-4711' };
    await using proxy = await HttpProxy.start({ credential });
    const set = await tessera(
      ['app', 'connection', 'Phone', '--proxy', proxy.url, '--proxy-user', 'ada', '--proxy-password-stdin'],
      { home: home.path, input: `${credential.password}\n` },
    );
    expect(set).toMatchObject({ code: 0 });
    expect(set.stdout).toContain(`${proxy.url}, as ada, with a password`);
    const sent = await tesseraJson(['send', '/x', '--app', 'Phone'], { home: home.path });
    expect(sent).toMatchObject({ code: 0, value: { hops: [{ connection: { proxy: proxy.url } }] } });
    const wrong = await tesseraJson(['app', 'connection', 'Phone', '--proxy-password-stdin'], {
      home: home.path,
      input: 'wrong',
    });
    expect(wrong).toMatchObject({ code: 0 });
    expect(await tesseraJson(['send', '/x', '--app', 'Phone'], { home: home.path })).toMatchObject({
      code: 5,
      value: { error: { code: 'PROXY_AUTH_REQUIRED' } },
    });
    await connection('--proxy', 'none');
  });

  it.each([
    [['--proxy', 'ftp://p:1'], 'starts with http://'],
    [['--proxy', 'http://ada:secret@p:1'], 'do not belong into its URL'],
    [['--cert', 'a.pem'], '--cert and --key belong together'],
    [['--resolve', 'a.test'], 'HOST:PORT:ADDRESS'],
    [['--min-tls', '1.0'], 'TLSv1.2'],
    [['--insecure', '--secure'], 'contradict'],
  ])('%j is refused in words', async (args, words) => {
    const { code, value } = await connection(...args);
    expect(code).toBe(2);
    expect(JSON.stringify(value)).toContain(words);
  });
});

describe('an app that takes any certificate', () => {
  it('says so when it is set, and at every answer', async () => {
    using authority = new TestAuthority();
    await using secure = await SecureServer.start(authority.selfSigned());
    const url = `https://localhost:${secure.port}/`;
    const send = () => tessera(['send', url, '--app', 'Phone', '--no-token'], { home: home.path });
    expect(await send()).toMatchObject({ code: 5, stderr: expect.stringContaining('self-signed') });
    expect((await connection('--insecure')).stderr).toContain('takes any certificate');
    expect(await send()).toMatchObject({ code: 0, stderr: expect.stringContaining('was not checked') });
    await connection('--secure');
    using folder = new TemporaryFolder();
    const ca = join(folder.path, 'ca.pem');
    writeFileSync(ca, authority.certificate);
    expect(await connection('--ca', ca)).toMatchObject({ value: { caFiles: [ca] } });
    expect(await send()).toMatchObject({ code: 5 });
    await connection('--no-ca');
  });
});

describe('send --verbose', () => {
  it('tells hop by hop what happened, on standard error, without the token', async () => {
    const { stdout, stderr, code } = await tessera(['send', '/x', '--app', 'Phone', '-v'], {
      home: home.path,
    });
    expect(code).toBe(0);
    expect(stdout).toBe('Status: 200 OK\nBody: plain\n');
    expect(stderr).toContain('> GET /x HTTP/1.1');
    expect(stderr).toContain('> Authorization: Bearer ••••');
    expect(stderr).toContain('< HTTP/1.1 200 OK');
    expect(stderr).toMatch(/\* new connection to 127\.0\.0\.1:\d+, HTTP\/1\.1/);
    expect(stderr).toMatch(/wait [\d.]+ ms/);
    expect(stderr).not.toContain(SECRET);
  });
});
