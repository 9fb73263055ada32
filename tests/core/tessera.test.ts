import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { requestSchema } from '../../shared/requests/request.ts';
import { newTessera } from '../support/new-tessera.ts';
import { PASSPHRASE, TemporaryHome } from '../support/temporary-vault.ts';

describe('locking the vault', () => {
  const asked = vi.fn();
  // Never answers.
  const server = createServer(() => asked());
  beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('ends every request that is under way', async () => {
    using home = new TemporaryHome();
    const tessera = newTessera(home.path);
    await tessera.vault.create(PASSPHRASE);
    const { port } = server.address() as AddressInfo;
    const app = tessera.apps.create({ name: 'Phone', baseUrl: `http://127.0.0.1:${port}` });
    tessera.tokens.add(app.id, { name: 'main', scheme: 'bearer', secret: 'the secret' });
    const sending = [1, 2, 3].map((number) =>
      tessera.send(app.id, requestSchema.parse({ url: `/${number}` })).catch((error: unknown) => error),
    );
    await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(3));
    tessera.vault.lock();
    for (const ended of await Promise.all(sending)) expect(ended).toMatchObject({ code: 'VAULT_LOCKED' });
    await tessera.close();
  });
});
