import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createVault, expect, PASSPHRASE, test } from './support/tessera-test.ts';

test('cookies are kept, shown to their owner, edited and removed, and left out where told to', async ({
  tessera: { page },
}) => {
  const server = createServer((request, response) => {
    response.setHeader('Set-Cookie', 'session=a-session-of-the-test; Path=/');
    response.setHeader('Content-Type', 'text/plain');
    response.end(`you sent ${request.headers.cookie?.length ?? 0} characters`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const button = (name: string | RegExp) => page.getByRole('button', { name });
    const response = page.getByRole('region', { name: 'Response' });
    const openCookies = async () => {
      await button('Actions for Shop').click();
      await page.getByRole('menuitem', { name: 'Cookies…' }).click();
    };
    await createVault(page);
    await button(/Add an app/)
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Shop');
    await dialog.getByLabel('Base URL').fill(url);
    await dialog.getByRole('button', { name: /Add app|Create app/ }).click();
    await button('New request').last().click();
    await page.getByLabel('URL or path').fill('/cart');
    const send = async (text: string) => {
      await button(/^Send$/).click();
      await expect(response.getByLabel('Body of the answer')).toContainText(text);
    };
    await send('you sent 0 characters');
    await send('you sent 29 characters');
    await page.getByRole('tab', { name: 'Timeline' }).click();
    await expect(response.getByText('cookies: session')).toBeVisible();
    await page.getByRole('tab', { name: 'Body' }).last().click();

    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByLabel('Send and keep cookies').uncheck();
    await send('you sent 0 characters');
    await page.getByLabel('Send and keep cookies').check();

    await openCookies();
    await expect(dialog.getByText('a-session-of-the-test')).toHaveCount(0);
    await button('Show session').click();
    await page.getByRole('dialog', { name: 'Is it you?' }).getByLabel('Passphrase').fill(PASSPHRASE);
    await page.keyboard.press('Enter');
    await expect(dialog.getByText('a-session-of-the-test')).toBeVisible();
    await button('Edit session').click();
    await dialog.getByLabel('Value').fill('short');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('button', { name: 'Close', exact: true }).click();
    await send('you sent 13 characters');

    await openCookies();
    await button('Remove session').click();
    await expect(dialog.getByText('No cookies.')).toBeVisible();
  } finally {
    server.close();
  }
});
