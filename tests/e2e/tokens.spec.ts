import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { openWindow } from '../../scripts/open-window.ts';
import { confirm, createVault, expect, test } from './support/tessera-test.ts';

const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });
const table = (page: Page) => page.getByRole('grid', { name: 'Tokens of Billing' });
const row = (page: Page, name: string) => table(page).getByRole('row', { name, exact: true });
const tool = (page: Page, name: string) =>
  page.getByRole('toolbar', { name: 'What to do with tokens' }).getByRole('button', { name, exact: true });

/** A vault with one app of no provider, and its Tokens tab in front. */
async function openTokens(page: Page): Promise<void> {
  await createVault(page);
  await page.getByRole('button', { name: 'Add an app' }).click();
  await dialog(page, 'Add an app').getByLabel('Name').fill('Billing');
  await dialog(page, 'Add an app').getByLabel('Base URL').fill('https://billing.example.com');
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'Tokens' }).click();
}

async function shownSecret(page: Page): Promise<string> {
  return (
    (await dialog(page, /^The secret of/)
      .getByLabel('Secret', { exact: true })
      .textContent()) ?? ''
  );
}

test('by mouse: generate, copy, edit, regenerate, remove several and take it back', async ({
  tessera: { page },
}) => {
  await openTokens(page);
  await tool(page, 'Generate').click();
  await dialog(page, 'Generate a token for Billing').getByLabel('Characters').selectOption('hex');
  await page.getByRole('button', { name: 'Generate token' }).click();
  await confirm(page);
  const first = await shownSecret(page);
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  await dialog(page, 'The secret of main').getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByText(/^Copied\./)).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.locator('body')).not.toContainText(first);

  await row(page, 'main').click();
  await tool(page, 'Copy').click();
  await dialog(page, 'Copy main').getByLabel('Secret').fill('a secret of its own');
  await page.getByRole('button', { name: 'Add the copy' }).click();
  await expect(row(page, 'main copy')).toBeVisible();

  await row(page, 'main copy').dblclick();
  const editor = dialog(page, 'Edit main copy');
  await editor.getByLabel('Name').fill('<b>second</b>');
  await editor.getByLabel('Expires').fill('in 12 days');
  await editor.getByLabel('Acts as').selectOption('bot');
  await editor.getByLabel('Scopes').fill('read write');
  await editor.getByRole('button', { name: 'Save' }).click();
  const second = row(page, '<b>second</b>');
  await expect(second).toContainText('in 12 days');
  await expect(second).toContainText('bot');
  await second.getByRole('button', { name: '2 scopes: read, write' }).hover();
  await expect(page.getByRole('tooltip')).toContainText('write');

  await row(page, 'main').click();
  await tool(page, 'Rotate').click();
  await dialog(page, 'Rotate main').getByLabel('New value').selectOption('generated');
  await page.getByRole('button', { name: 'Regenerate' }).click();
  expect(await shownSecret(page)).not.toBe(first);
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(row(page, 'main (retired)')).toBeVisible();

  await row(page, '<b>second</b>').click();
  await row(page, 'main (retired)').click({ modifiers: ['Shift'] });
  await expect(page.getByText('3 tokens · 3 selected')).toBeVisible();
  await row(page, 'main').click({ modifiers: ['ControlOrMeta'] });
  await expect(page.getByText('3 tokens · 2 selected')).toBeVisible();
  await tool(page, 'Remove').click();
  await page.getByRole('button', { name: 'Remove 2 tokens' }).click();
  await expect(page.getByText('1 token')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row(page, 'main (retired)')).toBeVisible();
  await expect(second).toBeVisible();
});

test('by keyboard alone: the same', async ({ tessera: { page } }) => {
  await openTokens(page);
  const { keyboard } = page;
  /** Moves the focus forward until it is on `name`. */
  const tabTo = async (name: string) => {
    const target = page.getByRole('button', { name, exact: true });
    for (let presses = 0; presses < 40; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await keyboard.press('Tab');
    }
    throw new Error(`Tab does not lead to ${name}.`);
  };
  /** Into the toolbar by Tab, along it by arrows. */
  const pressTool = async (name: string) => {
    for (let presses = 0; presses < 60; presses += 1) {
      const isInTools = await page.evaluate(
        () => document.activeElement?.closest('[role="toolbar"]') !== null,
      );
      if (isInTools) break;
      await keyboard.press('Tab');
    }
    // The toolbar remembers where the focus was.
    for (let presses = 0; presses < 12; presses += 1) await keyboard.press('ArrowLeft');
    for (let presses = 0; presses < 12; presses += 1) {
      if (await tool(page, name).evaluate((element) => element === document.activeElement)) break;
      await keyboard.press('ArrowRight');
    }
    await expect(tool(page, name)).toBeFocused();
    await keyboard.press('Enter');
  };
  /** To the table, from its search field. */
  const enterTable = async () => {
    await tool(page, 'Refresh').focus();
    await keyboard.press('Control+f');
    await expect(page.getByLabel('Search tokens')).toBeFocused();
    for (let presses = 0; presses < 10; presses += 1) {
      const isInRows = await page.evaluate(() => document.activeElement?.closest('[role="row"]') !== null);
      if (isInRows) return;
      await keyboard.press('Tab');
    }
  };

  await pressTool('Generate');
  await expect(dialog(page, 'Generate a token for Billing').getByLabel('Name')).toBeFocused();
  await keyboard.press('Enter');
  await confirm(page);
  const first = await shownSecret(page);
  await expect(page.getByRole('button', { name: 'Done' })).toBeFocused();
  await keyboard.press('Enter');

  await enterTable();
  await keyboard.press('Home');
  await keyboard.press('Space');
  await expect(page.getByText('1 token · 1 selected')).toBeVisible();
  await pressTool('Copy');
  await expect(dialog(page, 'Copy main').getByLabel('Name')).toBeFocused();
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await expect(dialog(page, 'Copy main').getByLabel('Secret')).toBeFocused();
  await keyboard.type('a secret of its own');
  await keyboard.press('Enter');
  await expect(row(page, 'main copy')).toBeVisible();

  await enterTable();
  await keyboard.press('End');
  await expect(row(page, 'main copy')).toBeFocused();
  await keyboard.press('Enter');
  await expect(dialog(page, 'Edit main copy').getByLabel('Name')).toBeFocused();
  await keyboard.press('Control+a');
  await keyboard.type('second');
  await keyboard.press('Enter');
  await expect(row(page, 'second')).toBeVisible();

  await enterTable();
  await keyboard.press('Home');
  await keyboard.press('Space');
  await pressTool('Rotate');
  await expect(dialog(page, 'Rotate main').getByLabel('Secret')).toBeFocused();
  await keyboard.press('Shift+Tab');
  await expect(dialog(page, 'Rotate main').getByLabel('New value')).toBeFocused();
  await keyboard.press('ArrowDown');
  await expect(page.getByRole('button', { name: 'Regenerate' })).toBeVisible();
  await tabTo('Regenerate');
  await keyboard.press('Enter');
  expect(await shownSecret(page)).not.toBe(first);
  await keyboard.press('Escape');
  await expect(row(page, 'main (retired)')).toBeVisible();

  await enterTable();
  await keyboard.press('Home');
  await keyboard.press('Space');
  await keyboard.press('Shift+ArrowDown');
  await keyboard.press('Shift+ArrowDown');
  await expect(page.getByText('3 tokens · 3 selected')).toBeVisible();
  await keyboard.press('Delete');
  await expect(page.getByRole('button', { name: 'Remove 3 tokens' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(page.getByText('0 tokens')).toBeVisible();
  await expect(table(page)).toBeFocused();
  await keyboard.press('F6');
  await tabTo('Undo');
  await keyboard.press('Enter');
  await expect(page.getByText('3 tokens')).toBeVisible();
});

test('a pasted credential fills the form in, and can be taken back', async ({ tessera: { page } }) => {
  await openTokens(page);
  await tool(page, 'Add').click();
  const editor = dialog(page, 'Add a token to Billing');
  await editor.getByLabel('Secret').focus();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text', 'X-Api-Key: 0123456789abcdef0123456789abcdef');
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  });
  await expect(editor.getByLabel('How it is sent')).toHaveValue('header');
  await expect(editor.getByLabel('Name of the header')).toHaveValue('X-Api-Key');
  await expect(editor.getByLabel('Secret')).toHaveValue('0123456789abcdef0123456789abcdef');
  await editor.getByRole('button', { name: 'Undo' }).click();
  await expect(editor.getByLabel('How it is sent')).toHaveValue('bearer');
  await expect(editor.getByLabel('Secret')).toHaveValue('');
});

test('a compromised token is refused, and sent only when told to', async ({ tessera: { page } }) => {
  await openTokens(page);
  await tool(page, 'Add').click();
  await dialog(page, 'Add a token to Billing').getByLabel('Secret').fill('leaked');
  await page.keyboard.press('Enter');
  await row(page, 'main').click();
  await tool(page, 'Mark compromised').click();
  await confirm(page);
  await expect(row(page, 'main')).toContainText('compromised');
  await page.getByRole('button', { name: 'New request' }).click();
  await page.getByLabel('URL or path').fill('/');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByText('TOKEN_COMPROMISED')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send anyway' })).toBeVisible();
});

test('tokens are found by what is known of them, and ordered by every column', async ({
  tessera: { page },
}) => {
  await openTokens(page);
  for (const [name, expires] of [
    ['alpha', '2090-01-31'],
    ['beta', '2080-01-31'],
    ['gamma', ''],
  ] as const) {
    await tool(page, 'Add').click();
    const editor = dialog(page, 'Add a token to Billing');
    await editor.getByLabel('Name').fill(name);
    await editor.getByLabel('Secret').fill(`secret of ${name}`);
    await editor.getByLabel('Expires').fill(expires);
    await editor.getByLabel('Notes').fill(name === 'beta' ? 'for the invoices' : '');
    await editor.getByRole('button', { name: 'Add token' }).click();
    await expect(row(page, name)).toBeVisible();
  }
  const names = () => table(page).getByRole('rowheader').allTextContents();
  for (const [column, order] of [
    ['Expires', ['beta', 'alpha', 'gamma']],
    ['Name', ['alpha', 'beta', 'gamma']],
    ['Name', ['gamma', 'beta', 'alpha']],
  ] as const) {
    await table(page).getByRole('columnheader', { name: column }).click();
    await expect.poll(names).toEqual(order);
  }
  await page.getByLabel('Search tokens').fill('INVOICE');
  await expect.poll(names).toEqual(['beta']);
  await page.getByLabel('Search tokens').fill('secret of');
  await expect(page.getByText('No token fits the search.')).toBeVisible();
});

test('a new secret is downloaded into a file of its owner’s', async ({ home }) => {
  const answers = join(home, 'answers.json');
  const path = join(home, 'secret.txt');
  writeFileSync(answers, JSON.stringify([path]));
  const window = await openWindow({ home, env: { TESSERA_STAND_IN_DIALOGS: answers } });
  try {
    test.skip(window.runtime === 'electron', 'a native dialog cannot be answered');
    const { page } = window;
    await openTokens(page);
    await tool(page, 'Generate').click();
    await page.getByRole('button', { name: 'Generate token' }).click();
    await confirm(page);
    const secret = await shownSecret(page);
    await page.getByRole('button', { name: 'Download' }).click();
    await expect(page.getByText(/^Saved to/)).toBeVisible();
    expect(readFileSync(path, 'utf8')).toBe(secret);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  } finally {
    await window.close();
  }
});
