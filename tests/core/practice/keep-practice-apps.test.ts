import { expect, test } from 'vitest';
import { keepPracticeApps } from '../../../core/practice/keep-practice-apps.ts';
import type { Tessera } from '../../../core/tessera.ts';
import { newTessera } from '../../support/new-tessera.ts';
import { PracticeApi } from '../../support/practice-api.ts';
import { PASSPHRASE, TemporaryHome } from '../../support/temporary-vault.ts';

async function openTessera(home: TemporaryHome): Promise<Tessera> {
  const tessera = newTessera(home.path);
  await tessera.vault.create(PASSPHRASE);
  return tessera;
}

test('every provider of the practice API gets an app whose token its own check accepts', async () => {
  using home = new TemporaryHome();
  await using practice = await PracticeApi.start();
  const tessera = await openTessera(home);
  const first = keepPracticeApps(tessera, practice.server);
  const apps = tessera.apps.list();
  expect(apps.map(({ name }) => name)).toEqual([
    'Practice airfocus',
    'Practice PortSIP PBX',
    'Practice sipgate',
    'Practice Virtuozzo Application Platform',
  ]);
  expect(tessera.apps.get(first).provider).toBe('sipgate');
  for (const { id } of apps) {
    const { results } = await tessera.checkTokens(id, null);
    expect(results).toMatchObject([{ name: 'main', check: { outcome: 'accepted' } }]);
  }
  await tessera.close();
});

test('a later start brings the apps up to date and adds none', async () => {
  using home = new TemporaryHome();
  const tessera = await openTessera(home);
  await using earlier = await PracticeApi.start();
  keepPracticeApps(tessera, earlier.server);
  await using practice = await PracticeApi.start();
  const first = keepPracticeApps(tessera, practice.server);
  expect(tessera.apps.list()).toHaveLength(4);
  expect(tessera.tokens.list(null)).toHaveLength(4);
  expect(tessera.apps.get(first).allowedOrigins).toEqual([practice.server.url]);
  await tessera.close();
});
