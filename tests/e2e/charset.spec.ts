import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createVault, expect, test } from './support/tessera-test.ts';

test('bytes that are not of the charset are told of, and another charset can be chosen', async ({
  tessera: { page },
}) => {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/plain');
    response.end(Buffer.from('Grüße aus Köln', 'latin1'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const button = (name: string | RegExp) => page.getByRole('button', { name });
    const dialog = page.getByRole('dialog');
    const body = page.getByLabel('Body of the answer');
    await createVault(page);
    await button(/Add an app/)
      .first()
      .click();
    await dialog.getByLabel('Name').fill('Shop');
    await dialog.getByLabel('Base URL').fill(url);
    await dialog.getByRole('button', { name: 'Add app' }).click();
    await button('New request').last().click();
    await page.getByLabel('URL or path').fill('/');
    await button(/^Send$/).click();
    await expect(page.getByText('3 bytes are not UTF-8.')).toBeVisible();
    await expect(body).toContainText('Gr�');
    await page.getByLabel('Charset').selectOption('windows-1252');
    await expect(body).toContainText('Grüße aus Köln');
    await expect(page.getByText('are not UTF-8')).toHaveCount(0);
  } finally {
    server.close();
  }
});
