import { LoopbackServer } from '../support/loopback-server.ts';
import { confirm, createVault, expect, openRequest, test } from './support/tessera-test.ts';

test('a masked value goes into the vault unseen, and is shown to its owner alone', async ({
  tessera: { page },
}) => {
  await using server = await LoopbackServer.start((_request, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.setHeader('Set-Cookie', 'sid=made-up-for-the-test-too');
    response.end('{"access_token":"made-up-for-the-test","expires_in":3600}');
  });
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const dialog = page.getByRole('dialog');
  const body = page.getByLabel('Body of the answer');
  await createVault(page);
  await openRequest(page, server.url, '/login');
  await button(/^Send$/).click();
  await expect(body).toContainText('••••');

  await expect(body.locator('[data-mask]')).toHaveAttribute('title', /^Masked/);
  await body.locator('[data-mask]').click();
  await expect(dialog).toHaveAccessibleName('Masked in this answer');
  await page.keyboard.press('Escape');
  await expect(body).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveAccessibleName('Masked in this answer');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Headers' }).last().click();
  await button('Masked: what it is').click();
  await expect(dialog).toHaveAccessibleName('Masked in this answer');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Body' }).last().click();

  await button('2 secrets masked').click();
  await button('Save access_token to the vault').click();
  await expect(dialog.getByLabel('Name')).toHaveValue('access token');
  await dialog.getByRole('button', { name: 'Save token' }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('row', { name: /access token/ })).toBeVisible();

  await page.getByLabel('Show secrets').click();
  await confirm(page);
  await expect(body).toContainText('made-up-for-the-test');
  await page.getByLabel('Show secrets').uncheck();
  await expect(body).not.toContainText('made-up-for-the-test');
  await expect(body).toContainText('••••');
});
