import type { Page } from '@playwright/test';
import { createVault, expect, PASSPHRASE, startPractice, test } from './support/tessera-test.ts';

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

test('behind the door, Tab goes on with what is there to do', async ({ tessera: { page } }) => {
  const { keyboard } = page;
  await createVault(page);
  await keyboard.press('Tab');
  await expect(button(page, /Try it with the practice API/)).toBeFocused();
  await keyboard.press('Control+l');
  await expect(page.getByLabel('Passphrase')).toBeFocused();
  await keyboard.type('wrong');
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await expect(page.getByText('WRONG_PASSPHRASE')).toBeVisible();
  await expect(page.getByLabel('Passphrase')).toBeFocused();
  await keyboard.type(PASSPHRASE);
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Your vault is ready' })).toBeVisible();
  await keyboard.press('Tab');
  await expect(button(page, /Try it with the practice API/)).toBeFocused();
});

test('a dialog that is done gives the focus back to what opened it', async ({ tessera: { page } }) => {
  const { keyboard } = page;
  await createVault(page);
  await startPractice(page);
  await page.getByLabel('URL or path').focus();
  await keyboard.press('Control+s');
  await expect(page.getByRole('dialog', { name: 'Save request' })).toBeVisible();
  await keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByLabel('URL or path')).toBeFocused();
  const save = page.getByRole('button', { name: 'Save', exact: true });
  await keyboard.type('?of=it');
  await save.focus();
  await keyboard.press('Enter');
  await expect(page.getByRole('img', { name: 'not saved' })).toHaveCount(0);
  await expect(save).toBeFocused();
});

test('what is refused leads to the field that is wrong, and Escape leaves the dialog', async ({
  tessera: { page },
}) => {
  const { keyboard } = page;
  await createVault(page);
  await startPractice(page);
  const add = button(page, 'Add a token');
  await add.focus();
  await keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /^Add a token/ });
  await dialog.getByLabel('Name').fill('second');
  await dialog.getByLabel('Token ID').fill('token-Ab12Cd');
  await dialog.getByRole('button', { name: 'Add token' }).click();
  await expect(dialog.getByLabel('Token', { exact: true })).toBeFocused();
  await keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(add).toBeFocused();
});

test('a dialog from a menu, and one in front of it, give the focus back to the menu’s button', async ({
  tessera: { page },
}) => {
  const { keyboard } = page;
  await createVault(page);
  await startPractice(page);
  const actions = button(page, /^Actions for Practice/);
  await actions.focus();
  await keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Edit the app…' }).focus();
  await keyboard.press('Enter');
  await page.getByLabel('Allowed origins').fill('https://api.example.com');
  await keyboard.press('Enter');
  await expect(page.getByLabel('Passphrase')).toBeFocused();
  await keyboard.type('wrong');
  await keyboard.press('Enter');
  await expect(page.getByText('WRONG_PASSPHRASE')).toBeVisible();
  await expect(page.getByLabel('Passphrase')).toBeFocused();
  await keyboard.type(PASSPHRASE);
  await keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(actions).toBeFocused();
});

test('taking a collection off the list leaves the focus with the collections', async ({
  tessera: { page },
}) => {
  await createVault(page);
  await startPractice(page);
  await page.keyboard.press('Control+s');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Enter');
  await button(page, /^Take .* off the list$/).press('Enter');
  await expect(button(page, 'Open a collection’s folder')).toBeFocused();
});
