import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { openWindow } from '../../scripts/open-window.ts';
import { keep } from './support/keep-tokens.ts';
import { expect, test, unlock } from './support/tessera-test.ts';

test('a run tries requests again as often as the dialog says', async ({ home }) => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    if (asked % 2 === 1) response.writeHead(503, { 'Retry-After': '0' }).end('busy');
    else response.end('good');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = join(home, 'checks');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'opencollection.yml'), 'opencollection: 1.0.0\ninfo:\n  name: Checks\n');
  writeFileSync(
    join(folder, 'one.yml'),
    'info:\n  name: one\n  type: http\nhttp:\n  method: GET\n  url: /x\n',
  );
  await keep(home, ({ apps }) => {
    const { id } = apps.create({ name: 'Phone', baseUrl: url });
    apps.setCollections(id, [folder]);
  });
  const { page, close } = await openWindow({ home });
  try {
    const dialog = page.getByRole('dialog');
    await unlock(page);
    await page.getByRole('button', { name: 'Phone', exact: true }).click();
    await page.getByRole('button', { name: /^Run / }).click();
    await dialog.getByLabel('Further tries of each').fill('1');
    await dialog.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(dialog.getByText(/1 passed, 0 failed/)).toBeVisible();
    await expect(dialog.getByText('200, 2 tries')).toBeVisible();
    await dialog.getByLabel('Further tries of each').fill('0');
    await dialog.getByRole('button', { name: 'Run again' }).click();
    await expect(dialog.getByText(/0 passed, 1 failed/)).toBeVisible();
  } finally {
    await close();
    server.close();
  }
});
