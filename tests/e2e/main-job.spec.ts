import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVault, expect, PASSPHRASE, startPractice, test } from './support/tessera-test.ts';

test('by mouse: keep a token, send a request with it, save it, run it, lock', async ({
  tessera: { page },
  home,
}) => {
  await createVault(page);
  await startPractice(page);

  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const response = page.getByRole('region', { name: 'Response' });
  await expect(response.getByText('200 OK')).toBeVisible();
  await expect(response.getByLabel('Body of the answer')).toContainText('"company": "Practice Company"');

  await page.getByRole('tab', { name: 'Checks' }).click();
  await page.getByRole('button', { name: 'Add a check' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('My account');
  await dialog.getByRole('button', { name: 'Save request' }).click();
  const saved = page.getByRole('row', { name: 'My account' });
  await expect(saved).toBeVisible();

  const files = readdirSync(join(home, 'collections'), { recursive: true, encoding: 'utf8' });
  const file = files.find((name) => name.endsWith('My account.yml')) ?? '';
  expect(readFileSync(join(home, 'collections', file), 'utf8')).toContain('expression: res.status');

  await page.getByRole('tab', { name: 'My account' }).locator('[data-cross]').click();
  await saved.click();
  await expect(page.getByLabel('URL or path')).toHaveValue('/account');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(response.getByText('The check holds.')).toBeVisible();

  await page.getByRole('button', { name: /^Run / }).click();
  await dialog.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(dialog.getByText(/1 passed, 0 failed/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();

  await page.getByRole('button', { name: 'Lock the vault' }).click();
  await expect(page.getByRole('heading', { name: 'Your vault is locked' })).toBeVisible();
  await expect(page.locator('body')).not.toContainText('Practice');
  await page.getByLabel('Passphrase').fill('wrong');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByText('WRONG_PASSPHRASE')).toBeVisible();
  await page.getByLabel('Passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('button', { name: 'Practice sipgate', exact: true })).toBeVisible();
});

test('by keyboard alone: from the first start to an answer', async ({ tessera: { page } }) => {
  const { keyboard } = page;
  await expect(page.getByLabel('Passphrase', { exact: true })).toBeFocused();
  await keyboard.type(PASSPHRASE);
  await keyboard.press('Tab');
  await keyboard.type(PASSPHRASE);
  await keyboard.press('Enter');
  const practice = page.getByRole('button', { name: /Try it with the practice API/ });
  await expect(practice).toBeVisible();
  for (let presses = 0; presses < 20; presses += 1) {
    if (await practice.evaluate((element) => element === document.activeElement)) break;
    await keyboard.press('Tab');
  }
  await expect(practice).toBeFocused();
  await keyboard.press('Enter');
  await expect(page.getByLabel('URL or path')).toHaveValue('/account');
  await keyboard.press('Control+Enter');
  await expect(page.getByRole('region', { name: 'Response' }).getByText('200 OK')).toBeVisible();
  await keyboard.press('Control+l');
  await expect(page.getByRole('heading', { name: 'Your vault is locked' })).toBeVisible();
});

test('a wrong token is answered 401, with the provider’s hint', async ({ tessera: { page } }) => {
  await createVault(page);
  await startPractice(page);
  await page.getByRole('button', { name: 'Add a token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('wrong');
  await dialog.getByLabel('Token ID').fill('token-AAAAAA');
  await dialog.getByLabel('Token', { exact: true }).fill('not the token');
  await dialog.getByRole('button', { name: 'Add token' }).click();
  await expect(dialog).toBeHidden();
  await page.getByLabel('Token', { exact: true }).selectOption('wrong');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const response = page.getByRole('region', { name: 'Response' });
  await expect(response.getByText('401 Unauthorized')).toBeVisible();
  await expect(response.getByText(/Token ID or token are wrong/)).toBeVisible();
});

test('an expired token is called out, and sent only when told to', async ({ tessera: { page } }) => {
  await createVault(page);
  await startPractice(page);
  await page.getByRole('button', { name: 'Add a token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('past');
  await dialog.getByLabel('Token ID').fill('token-AAAAAA');
  await dialog.getByLabel('Token', { exact: true }).fill('not the token');
  await dialog.getByLabel('Expires').fill('2020-01-31');
  await dialog.getByRole('button', { name: 'Add expired token' }).click();
  await expect(page.getByText(/past: expired/)).toBeVisible();
  await page.getByLabel('Token', { exact: true }).selectOption({ label: 'past (expired)' });
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByText('TOKEN_EXPIRED')).toBeVisible();
  await page.getByRole('button', { name: 'Rotate past…' }).click();
  await expect(page.getByRole('dialog', { name: 'Rotate past' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Send anyway' }).click();
  await expect(page.getByRole('region', { name: 'Response' }).getByText('401 Unauthorized')).toBeVisible();
});

test('a token does not leave for an origin that is not allowed', async ({ tessera: { page } }) => {
  await createVault(page);
  await startPractice(page);
  await page.getByLabel('URL or path').fill('http://localhost:9/account');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByText('ORIGIN_NOT_ALLOWED')).toBeVisible();
});
