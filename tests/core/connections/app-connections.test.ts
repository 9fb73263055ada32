import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requestSchema } from '../../../shared/requests/request.ts';
import { TestAuthority } from '../../support/certificates.ts';
import { LoopbackServer } from '../../support/loopback-server.ts';
import { newTessera } from '../../support/new-tessera.ts';
import { HttpProxy } from '../../support/proxies.ts';
import { PASSPHRASE, TemporaryHome } from '../../support/temporary-vault.ts';

const PASSWORD = 'proxy-pässword-7';

let authority: TestAuthority;

beforeAll(() => {
  authority = new TestAuthority();
});
afterAll(() => authority[Symbol.dispose]());

async function openApp(home: TemporaryHome) {
  const tessera = newTessera(home.path);
  await tessera.vault.create(PASSPHRASE);
  const { id } = tessera.apps.create({ name: 'Phone' });
  return { tessera, id };
}

const fileOf = (home: TemporaryHome, appId: string) =>
  readFileSync(join(home.path, 'apps', `${appId}.json`), 'utf8');

describe('the password of a proxy', () => {
  test('is sealed, used for that proxy, masked in what comes back, and never told', async () => {
    using home = new TemporaryHome();
    const { tessera, id } = await openApp(home);
    const credential = { userName: 'ada', password: PASSWORD };
    await using proxy = await HttpProxy.start({ credential });
    await using server = await LoopbackServer.start((_request, reply) => reply.end(`it is ${PASSWORD}`));
    const app = await tessera.connections.change(id, {
      proxy: { kind: 'own', url: proxy.url, userName: 'ada' },
      proxyPassword: PASSWORD,
    });
    expect(JSON.stringify(app)).not.toContain(PASSWORD);
    const { response, body } = await tessera.send(id, requestSchema.parse({ url: server.url }));
    expect(response.hops[0]?.connection?.proxy).toBe(proxy.url);
    expect(JSON.stringify(response)).not.toContain(PASSWORD);
    expect(JSON.stringify(body)).not.toContain(PASSWORD);
    await tessera.close();
  });

  test('is forgotten as soon as another proxy is named without one', async () => {
    using home = new TemporaryHome();
    const { tessera, id } = await openApp(home);
    const own = (url: string) => ({ proxy: { kind: 'own' as const, url, userName: 'ada' } });
    const first = await tessera.connections.change(id, {
      ...own('http://one.test:1'),
      proxyPassword: PASSWORD,
    });
    const kept = await tessera.connections.change(id, { ...own('http://one.test:1'), http2: false });
    expect(kept.connection.proxyPasswordId).toBe(first.connection.proxyPasswordId);
    const other = await tessera.connections.change(id, own('http://two.test:1'));
    expect(other.connection.proxyPasswordId).toBeNull();
    expect(tessera.vault.app(id).records('connection')).toEqual([]);
    await tessera.close();
  });
});

describe('a client certificate', () => {
  test('is kept with its key sealed; what is told of it is whom it is for, and until when', async () => {
    using home = new TemporaryHome();
    const { tessera, id } = await openApp(home);
    const { cert, key } = authority.issue({ names: ['client.test'] });
    const app = await tessera.connections.setClientCertificate(id, { kind: 'pem', certificate: cert, key });
    expect(app.connection.clientCertificate).toMatchObject({ kind: 'pem', subject: 'leaf' });
    const inner = key.split('\n')[1] ?? '';
    expect(JSON.stringify(app)).not.toContain(inner);
    expect(fileOf(home, id)).not.toContain(inner);
    const without = tessera.connections.removeClientCertificate(id);
    expect(without.connection.clientCertificate).toBeNull();
    expect(tessera.vault.app(id).records('connection')).toEqual([]);
    await tessera.close();
  });

  test('that does not belong together, or does not open, is refused in words', async () => {
    using home = new TemporaryHome();
    const { tessera, id } = await openApp(home);
    const one = authority.issue();
    const other = authority.issue();
    const locked = authority.issueEncrypted('right');
    const set = (input: Parameters<typeof tessera.connections.setClientCertificate>[1]) =>
      tessera.connections.setClientCertificate(id, input).catch((error: Error) => error.message);
    const pfx = locked.pfx.toString('base64');
    expect(await set({ kind: 'pem', certificate: one.cert, key: other.key })).toContain('does not belong to');
    expect(await set({ kind: 'pem', certificate: locked.cert, key: locked.key })).toContain('is needed');
    expect(await set({ kind: 'pfx', pfx, passphrase: 'wrong' })).toContain('does not open the key');
    expect(await set({ kind: 'pfx', pfx: 'bm9uZQ==' })).toContain('no certificate with its key');
    expect(tessera.vault.app(id).records('connection')).toEqual([]);
    expect(
      await tessera.connections.setClientCertificate(id, { kind: 'pfx', pfx, passphrase: 'right' }),
    ).toMatchObject({ connection: { clientCertificate: { kind: 'pfx' } } });
    await tessera.close();
  });
});

test('other settings make other connections; requests go on', async () => {
  using home = new TemporaryHome();
  const { tessera, id } = await openApp(home);
  await using server = await LoopbackServer.start((_request, reply) => reply.end('x'));
  const send = async () =>
    (await tessera.send(id, requestSchema.parse({ url: server.url }))).response.hops[0];
  await send();
  expect((await send())?.connection?.isReused).toBe(true);
  await tessera.connections.change(id, { ipVersion: '4' });
  expect((await send())?.connection?.isReused).toBe(false);
  await tessera.close();
});

test('a backup takes the secrets of a connection along, an exported app leaves all of it out', async () => {
  using home = new TemporaryHome();
  using elsewhere = new TemporaryHome();
  const { tessera, id } = await openApp(home);
  await tessera.connections.change(id, {
    proxy: { kind: 'own', url: 'http://proxy.test:3128', userName: 'ada' },
    proxyPassword: PASSWORD,
  });
  const backup = join(home.path, 'backup');
  const exported = join(home.path, 'exported');
  await tessera.backups.save(backup, PASSPHRASE);
  await tessera.backups.exportApp(id, exported, PASSPHRASE);
  await tessera.close();

  const restored = newTessera(elsewhere.path);
  await restored.restoreAsNew(backup, PASSPHRASE);
  const { connection } = restored.apps.get(id);
  const password = restored.connections.openSecret(id, connection.proxyPasswordId ?? '');
  expect(password.toString()).toBe(PASSWORD);
  restored.vault.close();

  using third = new TemporaryHome();
  const given = newTessera(third.path);
  await given.restoreAsNew(exported, PASSPHRASE);
  expect(given.apps.get(id).connection).toMatchObject({ proxy: { kind: 'system' }, proxyPasswordId: null });
  expect(given.vault.app(id).records('connection')).toEqual([]);
  given.vault.close();
});
