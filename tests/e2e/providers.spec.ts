import type { Page } from '@playwright/test';
import { LoopbackServer } from '../support/loopback-server.ts';
import { createVault, expect, startPractice, test } from './support/tessera-test.ts';

async function openAppForm(page: Page) {
  await createVault(page);
  await page.getByRole('button', { name: /Add your own app/ }).click();
  return page.getByRole('dialog', { name: 'Add an app' });
}

test('a provider is found by typing, and asks for what only its user knows', async ({
  tessera: { page },
}) => {
  const form = await openAppForm(page);
  const provider = form.getByRole('combobox', { name: 'Provider' });
  await provider.click();
  await expect(page.getByRole('option')).toHaveCount(16);
  await expect(page.getByRole('group', { name: 'Cloud' }).getByRole('option')).toHaveCount(3);
  await page.keyboard.type('ports');
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(form.getByLabel('Name')).toHaveValue('PortSIP PBX');
  await expect(form.getByLabel('Base URL')).toHaveValue('https://{host}:8887/api');
  await form.getByLabel('Host').fill('pbx.example.com');
  await form.getByLabel('Port').fill('9443');
  await expect(form.getByLabel('Base URL')).toHaveValue('https://pbx.example.com:9443/api');
  await expect(form.getByLabel('Allowed origins')).toHaveValue('https://pbx.example.com:9443');
  await expect(form.getByLabel('Check')).toHaveAttribute('placeholder', 'GET /auth/user');
  await form.getByRole('button', { name: 'Add app' }).click();
  await expect(page.getByRole('heading', { name: 'PortSIP PBX' })).toBeVisible();
});

test('a provider in several places asks for the place', async ({ tessera: { page } }) => {
  const form = await openAppForm(page);
  await form.getByRole('combobox', { name: 'Provider' }).fill('airfocus');
  await page.getByRole('option', { name: 'airfocus' }).click();
  await form.getByLabel('Where').selectOption('United States');
  await expect(form.getByLabel('Base URL')).toHaveValue('https://app.us.airfocus.com');
});

test('a token of each of the four is checked by its provider, which says whose it is', async ({
  tessera: { page },
}) => {
  await createVault(page);
  await startPractice(page);
  const owners = [
    ['sipgate', 'Practice Company (TEAM)'],
    ['Virtuozzo Application Platform', 'Practice User (practice@practice.example)'],
    ['PortSIP PBX', 'practice (Admin)'],
    ['airfocus', 'Practice User (practice@practice.example)'],
  ] as const;
  for (const [provider, owner] of owners) {
    await page.getByRole('button', { name: `Practice ${provider}`, exact: true }).click();
    await page.getByRole('button', { name: 'Actions for main' }).click();
    await page.getByRole('menuitem', { name: 'Check', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: `Check of Practice ${provider}` });
    await expect(dialog.getByText('1 accepted, 0 refused, 0 unclear')).toBeVisible();
    await expect(dialog.getByText(owner)).toBeVisible();
    await dialog.getByRole('button', { name: 'Close' }).click();
  }
  await page.getByRole('button', { name: 'Actions for main' }).click();
  await page.getByRole('menuitem', { name: 'Edit…' }).click();
  await expect(page.getByRole('dialog').getByText('Practice User (practice@practice.example)')).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'All tokens' }).click();
  await page.getByRole('row', { name: 'main' }).first().click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.getByRole('toolbar').getByRole('button', { name: 'Check' }).click();
  await expect(page.getByText('4 accepted, 0 refused, 0 unclear')).toBeVisible();
});

test('tokens of an unlisted API are checked by a request that is set in its form', async ({
  tessera: { page },
}) => {
  await using server = await LoopbackServer.start(({ headers, url }, response) => {
    response.statusCode = url === '/me' && headers.authorization === 'Bearer good' ? 200 : 401;
    response.end('hello');
  });
  const form = await openAppForm(page);
  await form.getByLabel('Name').fill('Mine');
  await form.getByLabel('Base URL').fill(server.url);
  await form.getByRole('button', { name: 'Add app' }).click();
  for (const name of ['good', 'bad']) await addToken(page, name);

  const checkAll = async () => {
    await page.getByRole('button', { name: 'Actions for Mine' }).click();
    await page.getByRole('menuitem', { name: 'Check all tokens' }).click();
  };
  await checkAll();
  await expect(page.getByRole('dialog').getByText('CHECK_NOT_SET')).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();

  await page.getByRole('button', { name: 'Actions for Mine' }).click();
  await page.getByRole('menuitem', { name: /Edit the app/ }).click();
  await page.getByLabel('Check').fill('FETCH /me');
  await expect(page.getByText('Write a method and a path, such as GET /me.')).toBeVisible();
  await page.getByLabel('Check').fill('GET /me');
  await page.getByRole('button', { name: 'Save' }).click();

  await checkAll();
  await expect(page.getByText('1 accepted, 1 refused, 0 unclear')).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('row', { name: /bad/ }).getByText('refused by the provider')).toBeVisible();
});

async function addToken(page: Page, name: string): Promise<void> {
  await page.evaluate(async (secret) => {
    const apps = await window.tessera.apps.list();
    if (!apps.ok) throw new Error(apps.error.message);
    const appId = apps.value[0]?.id ?? '';
    await window.tessera.tokens.add({ appId, token: { name: secret, scheme: 'bearer', secret } });
  }, name);
}
