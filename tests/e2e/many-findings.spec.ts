import type { Page } from '@playwright/test';
import { openWindow } from '../../scripts/open-window.ts';
import { type KeptFindings, keepFindings } from './support/keep-findings.ts';
import { expect, test, unlock } from './support/tessera-test.ts';

/** Health over a vault of thousands of tokens, each with a finding. */
async function openMany(home: string, kept: KeptFindings) {
  await keepFindings(home, kept);
  const window = await openWindow({ home });
  await unlock(window.page);
  await window.page.getByRole('navigation').getByRole('button', { name: 'Health' }).click();
  await expect(rows(window.page).first()).toBeVisible();
  return window;
}

const kind = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true });
const rows = (page: Page) => page.getByRole('main').getByRole('listitem');

test('ten thousand findings are a few of each kind, and every one is turned to', async ({ home }) => {
  const window = await openMany(home, { expired: 3_000, neverExpiring: 7_000 });
  try {
    const { page } = window;
    await expect(page.getByText('7,000 hints')).toBeVisible();
    await expect(page.getByText('3,000 worth doing')).toBeVisible();
    await expect(rows(page)).toHaveCount(10);
    const endless = kind(page, 'Never expire');
    await expect(endless.getByText(/^Choose an expiry at the provider/)).toHaveCount(1);

    await endless.getByRole('button', { name: 'Show all 7,000' }).press('Enter');
    await expect(endless.getByText('1–50 of 7,000')).toBeVisible();
    await expect(rows(page)).toHaveCount(55);
    const next = endless.getByRole('button', { name: 'Next page' });
    await next.press('Enter');
    await next.press('Enter');
    await expect(endless.getByText('101–150 of 7,000')).toBeVisible();
    await expect(next).toBeFocused();
    await expect(
      endless.getByRole('button', { name: 'Open the token endless 100', exact: true }),
    ).toBeVisible();
    await expect(rows(page)).toHaveCount(55);
    await endless.getByRole('button', { name: 'Show fewer' }).click();
    await expect(rows(page)).toHaveCount(10);
  } finally {
    await window.close();
  }
});

test('one of thousands is searched by its token or its app, and opened', async ({ home }) => {
  const window = await openMany(home, { expired: 500, neverExpiring: 2_000 });
  try {
    const { page } = window;
    await page.keyboard.press('Control+f');
    await expect(page.getByLabel('Search findings')).toBeFocused();
    await page.keyboard.type('endless 1543');
    await expect(page.getByText('1 of 2,500 findings')).toBeVisible();
    await expect(rows(page)).toHaveCount(1);
    await page.getByLabel('Search findings').fill('');
    await page.getByLabel('Of which app').selectOption('Billing');
    await expect(page.getByText('500 of 2,500 findings')).toBeVisible();
    await expect(kind(page, 'Never expire')).toBeHidden();
    await page.getByLabel('Search findings').fill('endless');
    await expect(page.getByText('No finding fits.')).toBeVisible();
    await page.getByLabel('Of which app').selectOption('All apps');
    await page.getByLabel('Search findings').fill('endless 1543');
    await page.getByRole('button', { name: 'Open the token endless 1543' }).click();
    await expect(page.getByRole('row', { name: /endless 1543/ })).toBeFocused();
  } finally {
    await window.close();
  }
});

test('all of a kind are dismissed at once, and counted again', async ({ home }) => {
  const window = await openMany(home, { expired: 500, neverExpiring: 2_000 });
  try {
    const { page } = window;
    await page.getByRole('button', { name: 'Dismiss all 2,000: Never expire' }).press('Enter');
    await expect(page.getByRole('button', { name: /^Dismiss: gone/ }).last()).toBeFocused();
    await expect(kind(page, 'Never expire')).toBeHidden();
    await expect(page.getByText('2,000 hints')).toBeHidden();
    await expect(page.getByText('Dismissed 2,000. They are not counted any more.')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('2,000 hints')).toBeVisible();

    await page.getByRole('button', { name: 'Dismiss all 2,000: Never expire' }).click();
    await page.getByRole('button', { name: 'Show 2,000 dismissed' }).click();
    const dismissed = page.getByRole('region', { name: 'Dismissed' });
    await expect(dismissed.getByRole('listitem')).toHaveCount(5);
    await dismissed.getByRole('button', { name: 'Count again: endless 0 never expires.' }).click();
    await expect(page.getByText('1 hint')).toBeVisible();

    // It is written: a vault that is opened anew says the same.
    await page.getByRole('button', { name: 'Lock the vault' }).click();
    await unlock(page);
    await expect(page.getByRole('button', { name: 'Health 500 worth doing, 1 hint' })).toBeVisible();
  } finally {
    await window.close();
  }
});

test('the keyboard dismisses one after the other', async ({ home }) => {
  await keepFindings(home, { expired: 0, neverExpiring: 7 });
  const window = await openWindow({ home });
  try {
    const { page } = window;
    await unlock(page);
    await page.getByRole('navigation').getByRole('button', { name: 'Health' }).click();
    const dismiss = (index: number) =>
      page.getByRole('button', { name: `Dismiss: endless ${index} never expires.` });
    await dismiss(1).press('Enter');
    await expect(dismiss(2)).toBeFocused();
    for (const index of [2, 3, 4, 5, 6]) {
      await page.keyboard.press('Enter');
      await expect(dismiss(index)).toBeHidden();
    }
    await expect(dismiss(0)).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Nothing to do' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Health' })).toBeFocused();
  } finally {
    await window.close();
  }
});
