import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openWindow } from './open-window.ts';
import { ROOT } from './paths.ts';

const PASSPHRASE = 'correct horse battery staple';
const PICTURES = join(ROOT, 'tour');

if (import.meta.main) await runTour();

/** The main job in the real window, against the practice API, in a home of its own; a picture of each step. */
export async function runTour(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'tessera-tour-'));
  mkdirSync(PICTURES, { recursive: true });
  const window = await openWindow({ home });
  console.log(
    `The tour runs in the real window, on ${window.runtime === 'electron' ? 'Electron' : 'the stand-in'}.`,
  );
  try {
    await walk(window.page);
    console.log('\nThe pictures are in tour/.');
  } finally {
    await window.close();
    rmSync(home, { recursive: true, force: true });
  }
}

async function walk(page: Page): Promise<void> {
  let number = 0;
  const step = async (what: string, name: string) => {
    number += 1;
    // Progress and focus settle within a frame or two.
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    await page.screenshot({ path: join(PICTURES, `${number}-${name}.png`) });
    console.log(`${number}. ${what}`);
  };
  const button = (name: string | RegExp) => page.getByRole('button', { name });

  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.getByLabel('Passphrase, once more').fill(PASSPHRASE);
  await page.getByText('very strong').waitFor();
  await step('Choose a passphrase for the vault', 'create-vault');
  await button('Create vault').click();
  await page.getByRole('heading', { name: 'Your vault is ready' }).waitFor();
  await step('The vault is there', 'home');

  await button(/Try it with the practice API/).click();
  await page.getByRole('row', { name: /main/ }).waitFor();
  await step('The practice API runs; an app with a token for it is kept', 'app');

  await button('Add a token').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('old');
  await dialog.getByLabel('Token ID').fill('token-Ab12Cd');
  await dialog.getByLabel('Token', { exact: true }).fill('00000000-0000-4000-8000-000000000000');
  await dialog.getByLabel('Expires').fill(inDays(3));
  await step('Keep another token, which expires in three days', 'add-token');
  await dialog.getByRole('button', { name: 'Add token' }).click();
  await page.getByText(/old: expires in/).waitFor();

  await page.getByLabel('Token', { exact: true }).selectOption('main');
  await button(/^Send$/).click();
  const response = page.getByRole('region', { name: 'Response' });
  await response.getByText('200 OK').waitFor();
  const body = response.getByLabel('Body of the answer');
  await body.getByText('"company"').waitFor();
  console.log(`   Status: ${await response.getByText('200 OK').innerText()}`);
  console.log(`   Body: ${(await body.innerText()).replace(/\s+/g, ' ')}`);

  await page.getByRole('tab', { name: 'Checks' }).click();
  await button('Add a check').click();
  await step('Send it with the token, and see status and body', 'answer');

  await button(/^Save$/).click();
  await dialog.getByLabel('Name', { exact: true }).fill('My account');
  await step('Save it: the file refers to the token and does not hold it', 'save');
  await dialog.getByRole('button', { name: 'Save request' }).click();
  await page.getByRole('row', { name: 'My account' }).waitFor();

  await button(/^Run /).click();
  await dialog.getByRole('button', { name: 'Run', exact: true }).click();
  await dialog.getByText(/1 passed, 0 failed/).waitFor();
  await step('Run the collection with its check', 'run');
  await dialog.getByRole('button', { name: 'Close' }).click();

  await button(/^Theme/).click();
  await button('Theme: light').click();
  await button('Theme: dark').waitFor();
  await step('The same in the dark', 'dark');
  await button(/^Home$/).click();
  await step('What expires soon', 'expiring');
  await button('Lock the vault').click();
  await page.getByRole('heading', { name: 'Your vault is locked' }).waitFor();
  await step('Locked: the window has forgotten everything', 'locked');
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
