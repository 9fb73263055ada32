import type { Locator, Page } from '@playwright/test';
import { createVault, expect, startPractice, test } from './support/tessera-test.ts';

const tab = (page: Page, name: string | RegExp) => page.getByRole('tab', { name });

async function expectPanel(page: Page, selected: Locator): Promise<void> {
  const panel = page.locator(`[id="${await selected.getAttribute('aria-controls')}"]`);
  await expect(panel).toHaveRole('tabpanel');
  await expect(panel).toHaveAccessibleName(await selected.innerText());
}

test('arrows, Home and End go through the parts of a request and of its answer', async ({
  tessera: { page },
}) => {
  const { keyboard } = page;
  await createVault(page);
  await startPractice(page);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByText('200 OK')).toBeVisible();
  for (const label of ['Parts of the request', 'Parts of the answer']) {
    const list = page.getByRole('tablist', { name: label });
    const tabs = list.getByRole('tab');
    await tabs.first().click();
    await expectPanel(page, tabs.first());
    await keyboard.press('ArrowRight');
    await expect(tabs.nth(1)).toBeFocused();
    await expect(tabs.nth(1)).toHaveAttribute('aria-selected', 'true');
    await expectPanel(page, tabs.nth(1));
    await keyboard.press('End');
    await expect(tabs.last()).toBeFocused();
    await keyboard.press('Home');
    await expect(tabs.first()).toBeFocused();
    await expect(tabs.first()).toHaveAttribute('aria-selected', 'true');
    await keyboard.press('Shift+Tab');
    await expect(list.locator(':focus')).toHaveCount(0);
  }
});

test('arrows go through the open requests, and Delete closes one', async ({ tessera: { page } }) => {
  const { keyboard } = page;
  await createVault(page);
  await startPractice(page);
  await keyboard.press('Control+n');
  await expect(page.getByLabel('URL or path')).toBeFocused();
  await tab(page, 'New request').focus();
  await keyboard.press('ArrowLeft');
  await expect(tab(page, '/account')).toBeFocused();
  await expect(page.getByLabel('URL or path')).toHaveValue('/account');
  await keyboard.press('ArrowRight');
  await expect(tab(page, 'New request')).toBeFocused();
  await keyboard.press('Delete');
  await expect(tab(page, 'New request')).toHaveCount(0);
  await expect(tab(page, '/account')).toBeFocused();
  await keyboard.press('Home');
  await expect(tab(page, 'Tokens')).toBeFocused();
  await keyboard.press('Delete');
  await expect(page.getByRole('grid', { name: /^Tokens of/ })).toBeVisible();
  await expect(tab(page, 'Tokens')).toBeFocused();
});

test('closing the request that is being written leaves the focus on a tab', async ({ tessera: { page } }) => {
  const { keyboard } = page;
  await createVault(page);
  await startPractice(page);
  await keyboard.press('Control+n');
  await expect(page.getByLabel('URL or path')).toBeFocused();
  await keyboard.press('Control+w');
  await expect(tab(page, '/account')).toBeFocused();
  await keyboard.press('Control+w');
  await expect(page.getByRole('dialog', { name: /without saving/ })).toBeVisible();
  await keyboard.press('Escape');
  await expect(tab(page, '/account')).toBeFocused();
  await keyboard.press('Delete');
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Nothing open' })).toBeVisible();
  await expect(tab(page, 'Tokens')).toBeFocused();
});

test('the cross of a tab in the background closes it, and nothing else', async ({ tessera: { page } }) => {
  await createVault(page);
  await startPractice(page);
  await page.getByRole('button', { name: 'New request' }).click();
  await page.getByRole('button', { name: 'New request' }).click();
  await page.getByLabel('URL or path').fill('/kept');
  await tab(page, 'New request').locator('[data-cross]').click();
  await expect(tab(page, 'New request')).toHaveCount(0);
  await expect(page.getByLabel('URL or path')).toHaveValue('/kept');
});

test('an answer stays with its tab, and one that comes while another tab is shown is there on the way back', async ({
  tessera: { page },
}) => {
  await createVault(page);
  await startPractice(page);
  const send = page.getByRole('button', { name: 'Send', exact: true });
  await send.click();
  await expect(page.getByText('200 OK')).toBeVisible();
  await page.keyboard.press('Control+n');
  await page.getByLabel('URL or path').fill('/nothing-is-here');
  await send.click();
  await tab(page, '/account').click();
  await expect(page.getByText('200 OK')).toBeVisible();
  await page.getByRole('button', { name: 'Home', exact: true }).click();
  await page
    .getByRole('navigation', { name: 'Apps' })
    .getByRole('button', { name: /sipgate/i })
    .click();
  await expect(page.getByText('200 OK')).toBeVisible();
  await tab(page, '/nothing-is-here').click();
  await expect(page.getByText('404 Not Found')).toBeVisible();
});
