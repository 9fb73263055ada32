import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { openWindow } from '../../scripts/open-window.ts';
import { tokenMetadataSchema } from '../../shared/tokens/token.ts';
import { keep } from './support/keep-tokens.ts';
import { expect, test, unlock } from './support/tessera-test.ts';

const TOKENS = 10_000;
const nameOf = (index: number) => `t${String(index).padStart(5, '0')}`;

/** The window over a vault of ten thousand tokens, with their table in front. */
async function openMany(home: string) {
  await keep(home, ({ apps, vault }) => {
    const { id } = apps.create({ name: 'Phone' });
    vault.app(id).putAll(
      Array.from({ length: TOKENS }, (_, index) => ({
        id: randomUUID(),
        kind: 'token' as const,
        metadata: tokenMetadataSchema.parse({
          name: nameOf(index),
          scheme: 'bearer',
          notes: index % 1000 === 0 ? 'round' : '',
          createdAt: '2026-01-01T00:00:00.000Z',
        }),
        secret: Buffer.from('a secret'),
      })),
    );
  });
  const window = await openWindow({ home });
  await unlock(window.page);
  await window.page.getByRole('button', { name: 'All tokens' }).click();
  await expect(row(window.page, nameOf(0))).toBeVisible();
  return window;
}

const table = (page: Page) => page.getByRole('grid', { name: 'All tokens' });
const row = (page: Page, name: string) => table(page).getByRole('row', { name, exact: true });

test('of ten thousand tokens every one is reached by bar and by keyboard, and few are in the page', async ({
  home,
}) => {
  const window = await openMany(home);
  try {
    const { page } = window;
    const { keyboard } = page;
    await expect(table(page)).toHaveAttribute('aria-rowcount', String(TOKENS + 1));
    await table(page).evaluate((element) => {
      const scroller = element.parentElement;
      scroller?.scrollTo(0, scroller.scrollHeight);
    });
    await expect(row(page, nameOf(TOKENS - 1))).toBeInViewport();
    expect(await table(page).getByRole('row').count()).toBeLessThan(100);

    await row(page, nameOf(TOKENS - 1)).click();
    await keyboard.press('Home');
    await expect(row(page, nameOf(0))).toBeFocused();
    await expect(row(page, nameOf(0))).toBeInViewport();
    await keyboard.press('End');
    await expect(row(page, nameOf(TOKENS - 1))).toBeFocused();
    await expect(row(page, nameOf(TOKENS - 1))).toBeInViewport();
    await keyboard.press('PageUp');
    await expect(row(page, nameOf(TOKENS - 1))).not.toBeFocused();
    await keyboard.press('PageDown');
    await expect(row(page, nameOf(TOKENS - 1))).toBeFocused();
    await keyboard.type('t07');
    await expect(row(page, nameOf(7000))).toBeFocused();
    await expect(row(page, nameOf(7000))).toBeInViewport();

    // Over rows that were never painted.
    await keyboard.press('Home');
    await keyboard.press('ArrowDown');
    await keyboard.press('Control+Shift+End');
    await expect(page.getByText('10,000 tokens · 9,999 selected')).toBeVisible();
    await keyboard.press('Control+a');
    await expect(page.getByText('10,000 tokens · 10,000 selected')).toBeVisible();
  } finally {
    await window.close();
  }
});

test('the row that has the focus keeps it while others are scrolled to', async ({ home }) => {
  const window = await openMany(home);
  try {
    const { page } = window;
    await row(page, nameOf(0)).click();
    await table(page).evaluate((element) => element.parentElement?.scrollTo(0, 160_000));
    await expect(row(page, nameOf(5000))).toBeInViewport();
    await expect(row(page, nameOf(0))).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(row(page, nameOf(1))).toBeFocused();
    await expect(row(page, nameOf(1))).toBeInViewport();

    await page.getByLabel('Search tokens').fill('round');
    await expect(page.getByText('10 of 10,000 tokens')).toBeVisible();
    await expect(table(page).getByRole('row')).toHaveCount(11);
  } finally {
    await window.close();
  }
});

test('the arrows lead from a row into its cells, up and down the column and back', async ({ home }) => {
  const window = await openMany(home);
  try {
    const { page } = window;
    const { keyboard } = page;
    const cell = (index: number, column: string) =>
      row(page, nameOf(index)).getByRole('gridcell', { name: column });
    await row(page, nameOf(0)).click();
    await keyboard.press('ArrowRight');
    await expect(row(page, nameOf(0)).getByRole('rowheader')).toBeFocused();
    await keyboard.press('ArrowRight');
    await expect(cell(0, 'Phone')).toBeFocused();
    await keyboard.press('ArrowDown');
    await expect(cell(1, 'Phone')).toBeFocused();
    await keyboard.press('ArrowLeft');
    await keyboard.press('ArrowLeft');
    await expect(row(page, nameOf(1))).toBeFocused();

    // By mouse again, in the row whose cells were gone through.
    await keyboard.press('ArrowRight');
    await cell(1, 'Phone').dblclick();
    await expect(page.getByRole('dialog').getByLabel('Name')).toHaveValue(nameOf(1));
  } finally {
    await window.close();
  }
});

test('a heading orders the rows by keyboard too, and its edge changes its width', async ({ home }) => {
  const window = await openMany(home);
  try {
    const { page } = window;
    await row(page, nameOf(0)).click();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect(row(page, nameOf(TOKENS - 1))).toBeInViewport();
    const heading = table(page).getByRole('columnheader', { name: 'Name' });
    const before = (await heading.boundingBox())?.width ?? 0;
    const edge = heading.getByRole('slider');
    await edge.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await heading.boundingBox())?.width).toBeGreaterThan(before);
  } finally {
    await window.close();
  }
});
