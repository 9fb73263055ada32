import { expect, it } from 'vitest';
import { requestSchema } from '../../../shared/requests/request.ts';
import { LoopbackServer } from '../../support/loopback-server.ts';
import { newTessera } from '../../support/new-tessera.ts';
import { PASSPHRASE, TemporaryHome } from '../../support/temporary-vault.ts';

const SESSION = 'a-session-of-the-test';

it('a cookie is written once, masked in whatever is written outside, and forgotten with a lock', async () => {
  using home = new TemporaryHome();
  await using server = await LoopbackServer.start((_request, response) => {
    response.setHeader('Set-Cookie', `session=${SESSION}; Path=/`);
    response.end();
  });
  const tessera = newTessera(home.path);
  await tessera.vault.create(PASSPHRASE);
  const { id } = tessera.apps.create({ name: 'Shop', baseUrl: server.url });
  const before = tessera.vault.app(id).revision;
  for (let sent = 0; sent < 3; sent += 1) {
    using body = (await tessera.send(id, requestSchema.parse({ url: '/' }))).body;
    expect(body.length).toBe(0);
  }
  expect(tessera.vault.app(id).revision).toBe(before + 1);
  expect(tessera.redact(id, `<td>${SESSION}</td>`)).toBe('<td>••••</td>');
  const failing = requestSchema.parse({ url: `http://127.0.0.1:1/${SESSION}`, auth: { kind: 'none' } });
  const error: unknown = await tessera.send(id, failing).catch((reason: unknown) => reason);
  expect(JSON.stringify(error)).not.toContain(SESSION);
  expect(String(error)).not.toContain(SESSION);
  tessera.vault.lock();
  expect(() => tessera.cookies.list(id)).toThrow(expect.objectContaining({ code: 'VAULT_LOCKED' }));
  await tessera.close();
});
