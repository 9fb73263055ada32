import type { Page } from '@playwright/test';
import { PracticeApi } from '../../support/practice-api.ts';
import { practiceHome } from '../../support/practice-home.ts';
import { test as base, expect, PASSPHRASE } from './tessera-test.ts';

/** A window over a vault with an app for each provider, and a practice API of the test's own. */
export const test = base.extend<{ readonly practice: PracticeApi; readonly home: string }>({
  practice: async ({ browserName: _unused }, use) => {
    await using practice = await PracticeApi.start();
    await use(practice);
  },
  home: async ({ practice }, use) => {
    using home = await practiceHome(practice);
    await use(home.path);
  },
});

export { expect };

/** Unlocks the vault, and shows an app, which is called by its provider's id. */
export async function openApp(page: Page, name: string): Promise<void> {
  await page.getByLabel('Passphrase').fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name, exact: true }).click();
}
