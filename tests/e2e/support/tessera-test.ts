import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { type OpenWindow, openWindow } from '../../../scripts/open-window.ts';

export const PASSPHRASE = 'correct horse battery staple';

export interface Fixtures {
  /** A home of the test's own, gone afterwards. */
  readonly home: string;
  /** The real window over it. */
  readonly tessera: OpenWindow;
}

/** Specs that run in the real window: on Electron where it is, else on the stand-in. */
export const test = base.extend<Fixtures>({
  home: async ({ browserName: _unused }, use) => {
    const home = mkdtempSync(join(tmpdir(), 'tessera-e2e-'));
    await use(home);
    rmSync(home, { recursive: true, force: true });
  },
  tessera: async ({ home, colorScheme }, use) => {
    const window = await openWindow({ home, colorScheme: colorScheme === 'dark' ? 'dark' : 'light' });
    await use(window);
    await window.close();
  },
});

export { expect };

export async function createVault(page: Page): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.getByLabel('Passphrase, once more').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Create vault' }).click();
  await expect(page.getByRole('heading', { name: 'Your vault is ready' })).toBeVisible();
}

/** An app, and a request to a path of its server that is ready to be sent. */
export async function openRequest(page: Page, baseUrl: string, path: string): Promise<void> {
  await page.getByRole('button', { name: 'Add an app' }).first().click();
  const form = page.getByRole('dialog', { name: 'Add an app' });
  await form.getByLabel('Name').fill('Shop');
  await form.getByLabel('Base URL').fill(baseUrl);
  await form.getByRole('button', { name: 'Add app' }).click();
  await page.getByRole('button', { name: 'New request' }).last().click();
  await page.getByLabel('URL or path').fill(path);
}

/** The practice API with its app and token; a request for /account is open. */
export async function startPractice(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Try it with the practice API/ }).click();
  await expect(page.getByRole('row', { name: /main/ })).toBeVisible();
}

export async function unlock(page: Page): Promise<void> {
  await page.getByLabel('Passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Lock the vault' })).toBeVisible();
}

/** Answers the question whether it is you, which then holds for a while. */
export async function confirm(page: Page, passphrase = PASSPHRASE): Promise<void> {
  const question = page.getByRole('dialog', { name: 'Is it you?' });
  await expect(question.getByLabel('Passphrase')).toBeFocused();
  await page.keyboard.type(passphrase);
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
}
