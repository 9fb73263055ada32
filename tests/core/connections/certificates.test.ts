import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestAuthority } from '../../support/certificates.ts';
import { connecting, SecureServer } from '../../support/connecting.ts';
import { TemporaryFolder } from '../../support/run-command.ts';

const KEY_ID = 'b6ac4a2d-5a4e-4b52-8d0c-0a7a1f9f0c11';
const PASSPHRASE_ID = 'c1e0a4be-2f6c-4e52-9a0a-51a6c2d7e912';

let authority: TestAuthority;

beforeAll(() => {
  authority = new TestAuthority();
});
afterAll(() => authority[Symbol.dispose]());

describe('a refused certificate', () => {
  test('is named, with its issuer, its dates and what to do', async () => {
    const expired = authority.issue({ from: '20200101000000Z', until: '20200201000000Z' });
    await using server = await SecureServer.start(expired);
    await using client = connecting({}, { ca: [authority.certificate] });
    await expect(client.send({ url: `https://localhost:${server.port}/` })).rejects.toMatchObject({
      code: 'NETWORK_TLS',
      message: `https://localhost:${server.port}: no safe connection: the certificate of leaf, issued by Test-CA, is refused: it expired on 2020-02-01. The server needs a new one; check the clock of this computer too.`,
      details: {
        cause: 'CERT_HAS_EXPIRED',
        validTo: '2020-02-01T00:00:00.000Z',
        fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
      },
    });
  });

  test('says for which hosts it is', async () => {
    await using server = await SecureServer.start(authority.issue({ names: ['one.test', 'two.test'] }));
    await using client = connecting({}, { ca: [authority.certificate] });
    await expect(client.send({ url: `https://three.test:${server.port}/` })).rejects.toMatchObject({
      code: 'NETWORK_TLS',
      message: expect.stringContaining('for another host: one.test, two.test, 127.0.0.1, not for three.test'),
    });
  });

  test('is let pass where the app takes any, with a warning in the timeline', async () => {
    await using server = await SecureServer.start(authority.selfSigned());
    await using client = connecting({ verifiesCertificates: false }, { ca: [] });
    const { response } = await client.send({ url: `https://other.test:${server.port}/` });
    expect(response.hops[0]).toMatchObject({
      connection: {
        tls: { isVerified: false, certificates: [{ subject: 'localhost', issuer: 'localhost' }] },
      },
      warnings: [expect.stringContaining('was not checked')],
    });
  });
});

describe('a file of authorities', () => {
  test('is trusted beside those of the system', async () => {
    using folder = new TemporaryFolder();
    const path = join(folder.path, 'ca.pem');
    writeFileSync(path, `# our own\n${authority.certificate}`);
    await using server = await SecureServer.start(authority.issue());
    await using client = connecting({ caFiles: [path] });
    const { response } = await client.send({ url: `https://localhost:${server.port}/` });
    expect(response.hops[0]?.connection?.tls?.certificates.map(({ subject }) => subject)).toEqual([
      'leaf',
      'Test-CA',
    ]);
  });

  test('that is gone, or holds none, is named', async () => {
    using folder = new TemporaryFolder();
    const path = join(folder.path, 'ca.pem');
    await using client = connecting({ caFiles: [path] });
    await expect(client.send({ url: 'https://localhost:9/' })).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
    });
    writeFileSync(path, 'no certificate');
    await expect(client.send({ url: 'https://localhost:9/' })).rejects.toMatchObject({
      code: 'INVALID_FILE',
      message: expect.stringContaining(path),
    });
  });
});

describe('a client certificate', () => {
  const startDemanding = () =>
    SecureServer.start({
      ...authority.issue(),
      ca: [authority.certificate],
      requestCert: true,
      rejectUnauthorized: true,
    });

  test.each([
    'TLSv1.2',
    'TLSv1.3',
  ] as const)('that is missing is asked for in words (%s)', async (version) => {
    await using server = await SecureServer.start({
      ...authority.issue(),
      ca: [authority.certificate],
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: version,
      maxVersion: version,
    });
    await using client = connecting({}, { ca: [authority.certificate] });
    await expect(client.send({ url: `https://localhost:${server.port}/` })).rejects.toMatchObject({
      code: expect.stringMatching(/^NETWORK_(TLS|RESET)$/),
      message: expect.stringContaining('client certificate'),
    });
  });

  test.each(['pem', 'encrypted pem', 'pfx'] as const)('is shown to the server (%s)', async (form) => {
    const passphrase = 'the-key’s-own';
    const encrypted = authority.issueEncrypted(passphrase);
    const plain = authority.issue({ names: ['client.test'] });
    const material = {
      pem: Buffer.from(plain.cert + plain.key),
      'encrypted pem': Buffer.from(encrypted.cert + encrypted.key),
      pfx: encrypted.pfx,
    }[form];
    await using server = await startDemanding();
    await using client = connecting(
      {
        clientCertificate: {
          kind: form === 'pfx' ? 'pfx' : 'pem',
          subject: null,
          validTo: null,
          recordId: KEY_ID,
          passphraseId: form === 'pem' ? null : PASSPHRASE_ID,
        },
      },
      {
        ca: [authority.certificate],
        secrets: { [KEY_ID]: material, [PASSPHRASE_ID]: Buffer.from(passphrase) },
      },
    );
    const { response } = await client.send({ url: `https://localhost:${server.port}/` });
    expect(response.status).toBe(200);
  });
});

test('a server that offers only older TLS than the app wants is refused in words', async () => {
  await using server = await SecureServer.start({ ...authority.issue(), maxVersion: 'TLSv1.2' });
  await using client = connecting({ minTlsVersion: 'TLSv1.3' }, { ca: [authority.certificate] });
  await expect(client.send({ url: `https://localhost:${server.port}/` })).rejects.toMatchObject({
    code: 'NETWORK_TLS',
    message: expect.stringContaining('no version of TLS that is safe enough'),
  });
});
