import { LoopbackServer } from '../support/loopback-server.ts';
import { createVault, expect, openRequest, test } from './support/tessera-test.ts';

test('bytes that are not of the charset are told of, and another charset can be chosen', async ({
  tessera: { page },
}) => {
  await using server = await LoopbackServer.start((_request, response) => {
    response.setHeader('Content-Type', 'text/plain');
    response.end(Buffer.from('Grüße aus Köln', 'latin1'));
  });
  const body = page.getByLabel('Body of the answer');
  await createVault(page);
  await openRequest(page, server.url, '/');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByText('3 bytes are not UTF-8.')).toBeVisible();
  await expect(body).toContainText('Gr�');
  await page.getByLabel('Charset').selectOption('windows-1252');
  await expect(body).toContainText('Grüße aus Köln');
  await expect(page.getByText('are not UTF-8')).toHaveCount(0);
});
