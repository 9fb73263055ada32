import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openWindow } from '../../scripts/open-window.ts';
import { inDays, keepEnding } from './support/keep-tokens.ts';
import { expect, test, unlock } from './support/tessera-test.ts';

test.describe('Home', () => {
  test('leads from a mark of the next 90 days to its token, by keyboard', async ({ home }) => {
    await keepEnding(home, { soon: inDays(3), later: inDays(50), 'also later': inDays(50) });
    const { page, close } = await openWindow({ home });
    await unlock(page);
    await expect(page.getByText(/^3 tokens expire by/)).toBeVisible();
    const strip = page.getByRole('list', { name: /^Expiries until/ });
    await strip.getByRole('button', { name: /: soon expires$/ }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('row', { name: /soon/ })).toBeFocused();

    await page.getByRole('button', { name: 'Home', exact: true }).click();
    await strip.getByRole('button', { name: /later, .*later expire$/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'also later' }).click();
    await expect(page.getByRole('row', { name: /also later/ })).toBeFocused();

    await page.getByRole('button', { name: 'Home', exact: true }).click();
    await page.getByRole('button', { name: /^soon Phone/ }).click();
    await expect(page.getByRole('row', { name: /soon/ })).toBeFocused();
    await close();
  });

  test('warns by the days that are set', async ({ home }) => {
    await keepEnding(home, { main: inDays(12.5) });
    const { page, close } = await openWindow({ home });
    await unlock(page);
    const app = page.getByRole('button', { name: /^Phone/ });
    await expect(app).toHaveAccessibleName('Phone');
    await page.getByRole('button', { name: 'Settings' }).click();
    const levels = page.getByLabel('Warn this many days before a token expires');
    await levels.fill('60, soon');
    await expect(page.getByText('Write whole numbers')).toBeVisible();
    await levels.fill('60, 14');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(app).toHaveAccessibleName('Phone, a token needs attention');
    await app.click();
    await expect(page.getByText(/main: expires in 13 days/)).toBeVisible();
    await close();
  });
});

test('what expires is saved as a calendar', async ({ home }) => {
  await keepEnding(home, { soon: inDays(3), later: inDays(200) });
  const file = join(home, 'tokens.ics');
  writeFileSync(join(home, 'answers.json'), JSON.stringify([file]));
  const { page, runtime, close } = await openWindow({
    home,
    env: { TESSERA_STAND_IN_DIALOGS: join(home, 'answers.json') },
  });
  test.skip(runtime === 'electron', 'native dialogs cannot be answered by a program');
  await unlock(page);
  await page.getByRole('button', { name: 'Save as calendar…' }).click();
  await expect(page.getByText(`Saved 2 expiries to ${file}`)).toBeVisible();
  expect(
    readFileSync(file, 'utf8')
      .match(/^SUMMARY:.*$/gm)
      ?.map((line) => line.trim()),
  ).toEqual(['SUMMARY:later of Phone expires', 'SUMMARY:soon of Phone expires']);
  await close();
});

test('an end is set as a date, key by key', async ({ home }) => {
  await keepEnding(home, { main: '2030-03-05T12:00:00.000Z' });
  const { page, close } = await openWindow({ home });
  await unlock(page);
  await page.getByRole('button', { name: 'All tokens' }).click();
  await page.getByRole('row', { name: 'main', exact: true }).dblclick();
  await page.getByRole('textbox', { name: 'Expires' }).focus();
  for (const key of ['Tab', 'ArrowUp', 'ArrowUp', 'Tab', 'ArrowDown', 'Tab', '2', '0', '3', '1']) {
    await page.keyboard.press(key);
  }
  await expect(page.getByRole('textbox', { name: 'Expires' })).toHaveValue('2031-05-04');
  await close();
});

test('a token that expires while one looks is shown as expired', async ({ home }) => {
  // Its last minute counts as over: what is left is a moment.
  await keepEnding(home, { brief: new Date(Date.now() + 85_000).toISOString() });
  const { page, close } = await openWindow({ home });
  await unlock(page);
  await expect(page.getByRole('button', { name: /^brief Phone/ })).toContainText('expires within a day');
  await expect(page.getByRole('button', { name: /^brief Phone/ })).toContainText('expired', {
    timeout: 60_000,
  });
  await close();
});

test.describe('a notification', () => {
  test('names what expires, once, and leads to it', async ({ home }) => {
    await keepEnding(home, { soon: inDays(3), later: inDays(80) });
    const file = join(home, 'notifications');
    const env = { TESSERA_STAND_IN_NOTIFICATIONS: file, TESSERA_STAND_IN_CLICK_NOTIFICATIONS: '1' };
    const first = await openWindow({ home, env });
    test.skip(first.runtime === 'electron', 'what the desktop shows cannot be read by a program');
    await unlock(first.page);
    await expect(first.page.getByRole('row', { name: /soon/ })).toBeFocused();
    await first.close();
    const second = await openWindow({ home, env });
    await unlock(second.page);
    await expect(second.page.getByRole('button', { name: /^soon Phone/ })).toBeVisible();
    await second.close();
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { title: 'soon: expires in 3 days', body: 'Phone. Make a new one at the provider.' },
    ]);
  });
});
