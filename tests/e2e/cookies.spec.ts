import { LoopbackServer } from '../support/loopback-server.ts';
import { confirm, createVault, expect, openRequest, test } from './support/tessera-test.ts';

test('cookies are kept, shown to their owner, edited and removed, and left out where told to', async ({
  tessera: { page },
}) => {
  await using server = await LoopbackServer.start((request, response) => {
    response.setHeader('Set-Cookie', 'session=a-session-of-the-test; Path=/');
    response.setHeader('Content-Type', 'text/plain');
    response.end(`you sent ${request.headers.cookie?.length ?? 0} characters`);
  });
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const response = page.getByRole('region', { name: 'Response' });
  const openCookies = async () => {
    await button('Actions for Shop').click();
    await page.getByRole('menuitem', { name: 'Cookies…' }).click();
  };
  await createVault(page);
  await openRequest(page, server.url, '/cart');
  const dialog = page.getByRole('dialog');
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
  await confirm(page);
  await expect(dialog.getByText('a-session-of-the-test')).toBeVisible();
  await button('Edit session').click();
  await dialog.getByLabel('Value').fill('short');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  await send('you sent 13 characters');

  await openCookies();
  await button('Remove session').click();
  await expect(dialog.getByText('No cookies.')).toBeVisible();
});
