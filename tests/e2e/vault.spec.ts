import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openWindow } from '../../scripts/open-window.ts';
import { SecretService } from '../support/secret-service.ts';
import { confirm, createVault, expect, PASSPHRASE, startPractice, test } from './support/tessera-test.ts';

const NEW_PASSPHRASE = 'another passphrase altogether';
const BACKUP_PASSPHRASE = 'only for the backup file';

type Page = Parameters<typeof createVault>[0];
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

async function lock(page: Page): Promise<void> {
  await button(page, 'Lock the vault').click();
  await expect(page.getByRole('heading', { name: 'Your vault is locked' })).toBeVisible();
}

async function unlock(page: Page, passphrase: string): Promise<void> {
  await page.getByLabel('Passphrase').fill(passphrase);
  await button(page, 'Unlock').click();
}

async function makeRecoveryCode(page: Page): Promise<string> {
  await button(page, 'Settings').click();
  await button(page, 'Make a recovery code').click();
  await confirm(page);
  const dialog = page.getByRole('dialog', { name: 'Your recovery code' });
  const code = (await dialog.locator('p span').allInnerTexts()).join(' ');
  await expect(dialog.getByRole('button', { name: 'Done' })).toBeDisabled();
  await dialog.getByLabel('I have kept it in a safe place').check();
  await dialog.getByRole('button', { name: 'Done' }).click();
  return code;
}

test('a recovery code is shown once and opens the vault', async ({ tessera: { page } }) => {
  await createVault(page);
  const code = await makeRecoveryCode(page);
  expect(code).toMatch(/^(\w{4} ){7}\w{4}$/);
  await lock(page);
  await button(page, 'Use a recovery code').click();
  await page.getByLabel('Recovery code').fill(`${code.slice(0, -1)}!`);
  await button(page, 'Unlock').click();
  await expect(page.getByText('INVALID_INPUT')).toBeVisible();
  await page.getByLabel('Recovery code').fill(code.toLowerCase());
  await button(page, 'Unlock').click();
  await expect(page.getByRole('heading', { name: 'Your vault is ready' })).toBeVisible();
  await expect(page.locator('body')).not.toContainText(code);
});

test('the passphrase is changed after the old one was typed', async ({ tessera: { page } }) => {
  await createVault(page);
  await button(page, 'Settings').click();
  await button(page, 'Change…').click();
  const dialog = page.getByRole('dialog', { name: 'Change the passphrase' });
  await dialog.getByLabel('New passphrase', { exact: true }).fill(NEW_PASSPHRASE);
  await dialog.getByLabel('New passphrase, once more').fill(NEW_PASSPHRASE);
  await dialog.getByRole('button', { name: 'Change' }).click();
  await confirm(page);
  await expect(dialog).toBeHidden();
  await lock(page);
  await unlock(page, PASSPHRASE);
  await expect(page.getByText('WRONG_PASSPHRASE')).toBeVisible();
  await unlock(page, NEW_PASSPHRASE);
  await expect(button(page, 'Settings')).toBeVisible();
});

test('a secret is shown for a while, and removed, only to its owner', async ({ tessera: { page } }) => {
  await createVault(page);
  await startPractice(page);
  await button(page, 'Actions for main').click();
  await page.getByRole('menuitem', { name: 'Show the secret' }).click();
  const question = page.getByRole('dialog', { name: 'Is it you?' });
  await question.getByLabel('Passphrase').fill('wrong');
  await question.getByRole('button', { name: 'Confirm' }).click();
  await expect(question.getByText('WRONG_PASSPHRASE')).toBeVisible();
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('It was not confirmed. Nothing was done.')).toBeVisible();

  await button(page, 'Actions for main').click();
  await page.getByRole('menuitem', { name: 'Show the secret' }).click();
  await confirm(page);
  const secret = await page.getByLabel('Secret', { exact: true }).innerText();
  expect(secret).toMatch(/^[0-9a-f-]{36}$/);
  await button(page, 'Hide').click();
  await expect(page.locator('body')).not.toContainText(secret);

  await button(page, 'Actions for main').click();
  await page.getByRole('menuitem', { name: 'Copy the secret' }).click();
  await expect(page.getByText('It is taken off the clipboard in 30 seconds.')).toBeVisible();
  await button(page, 'Actions for main').click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  await button(page, 'Remove token').click();
  await expect(page.getByText('No token yet.')).toBeVisible();
});

test.describe('with a file dialog', () => {
  test('a backup is made, looked at, restored and undone, and fills an empty home', async ({ home }) => {
    const file = join(home, 'all.tessera');
    const answers = join(home, 'answers.json');
    writeFileSync(answers, JSON.stringify([file, file, file]));
    const env = { TESSERA_STAND_IN_DIALOGS: answers };
    const first = await openWindow({ home: join(home, 'first'), env });
    test.skip(first.runtime === 'electron', 'native dialogs cannot be answered by a program');
    const { page } = first;
    await createVault(page);
    await startPractice(page);
    await button(page, 'Settings').click();
    await button(page, 'Back up…').click();
    await page.getByLabel('Passphrase of the file', { exact: true }).fill(BACKUP_PASSPHRASE);
    await page.getByLabel('Passphrase of the file, once more').fill(BACKUP_PASSPHRASE);
    await button(page, 'Save as…').click();
    await confirm(page);
    await expect(page.getByText(`Saved to ${file}`)).toBeVisible();
    expect(statSync(file).size).toBeGreaterThan(500);

    await button(page, 'Practice sipgate').click();
    await button(page, 'Actions for main').click();
    await page.getByRole('menuitem', { name: 'Remove…' }).click();
    await button(page, 'Remove token').click();
    await expect(page.getByText('No token yet.')).toBeVisible();
    await button(page, 'Settings').click();
    await button(page, 'Restore…').click();
    await page.getByLabel('Passphrase of the backup').fill(PASSPHRASE);
    await button(page, 'Open').click();
    await expect(page.getByText('WRONG_PASSPHRASE')).toBeVisible();
    await page.getByLabel('Passphrase of the backup').fill(BACKUP_PASSPHRASE);
    await button(page, 'Open').click();
    await expect(page.getByText('adds main')).toBeVisible();
    await button(page, 'Restore').click();
    // The message of the removal, and its own way back, may still be there.
    const restored = page.getByRole('alertdialog', { name: 'Restored 4 apps and 1 token.' });
    await restored.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('Everything is as it was before.')).toBeVisible();
    await button(page, 'Practice sipgate').click();
    await expect(page.getByText('No token yet.')).toBeVisible();
    await first.close();

    const second = await openWindow({ home: join(home, 'second'), env });
    await button(second.page, 'Restore a backup instead').click();
    await second.page.getByLabel('Passphrase of the backup').fill(BACKUP_PASSPHRASE);
    await button(second.page, 'Restore').click();
    await button(second.page, 'Practice sipgate').click();
    await expect(second.page.getByRole('row', { name: /main/ })).toBeVisible();
    await second.close();
  });
});

test('a vault that nobody uses locks itself', async ({ tessera: { page } }) => {
  await createVault(page);
  await button(page, 'Settings').click();
  await page.getByLabel('Lock when unused for').selectOption('1 minute');
  await page.mouse.move(10, 10);
  await expect(page.getByRole('heading', { name: 'Your vault is locked' })).toBeVisible({ timeout: 90_000 });
});

test('damage is found, said, and moved out of the vault', async ({ tessera: { page }, home }) => {
  await createVault(page);
  await startPractice(page);
  await lock(page);
  const [name = ''] = readdirSync(join(home, 'apps'));
  const path = join(home, 'apps', name);
  writeFileSync(path, readFileSync(path, 'utf8').slice(0, 300));
  await unlock(page, PASSPHRASE);
  await expect(page.getByText(/could not be opened and was set aside/)).toBeVisible();
  await button(page, 'Settings').click();
  await button(page, 'Check now').click();
  await expect(page.getByText('One entry is damaged')).toBeVisible();
  await button(page, 'Move what is damaged out of the vault').click();
  await confirm(page);
  await expect(page.getByText(/What was damaged is in/)).toBeVisible();
  await expect(page.getByText(/could not be opened and was set aside/)).toBeHidden();
});

test.describe('with a keychain', () => {
  test.skip(process.platform !== 'linux', 'elsewhere it would be the keychain of whoever runs this');

  test('the vault is opened by it', async ({ home }) => {
    const service = await SecretService.start();
    const { page, close } = await openWindow({
      home,
      env: { DBUS_SESSION_BUS_ADDRESS: service.address },
    });
    await createVault(page);
    await button(page, 'Settings').click();
    await button(page, 'Add this computer’s keychain').click();
    await confirm(page);
    await expect(page.getByText(/Keychain of /)).toBeVisible();
    await lock(page);
    await button(page, 'Unlock with this computer’s keychain').click();
    await expect(page.getByRole('heading', { name: 'Your vault is ready' })).toBeVisible();
    await close();
    await service.stop();
  });
});

test('no secret is in what Tessera leaves behind', async ({ home }) => {
  const opened = await openWindow({ home });
  const { page } = opened;
  await createVault(page);
  await startPractice(page);
  await button(page, 'Actions for main').click();
  await page.getByRole('menuitem', { name: 'Show the secret' }).click();
  await confirm(page);
  const secret = await page.getByLabel('Secret', { exact: true }).innerText();
  await button(page, 'Hide').click();
  await button(page, 'Send').click();
  await expect(page.getByText('200 OK')).toBeVisible();
  await page.getByLabel('URL or path').fill(`http://localhost:9/${secret}`);
  await button(page, 'Send').click();
  await expect(page.getByText('ORIGIN_NOT_ALLOWED')).toBeVisible();
  expect(await page.title()).toBe('Tessera');
  await opened.close();
  const files = readdirSync(home, { recursive: true, encoding: 'utf8' })
    .map((name) => join(home, name))
    .filter((path) => statSync(path).isFile());
  const forms = [secret, PASSPHRASE].flatMap((text) => [
    Buffer.from(text),
    Buffer.from(text, 'utf16le'),
    Buffer.from(
      Buffer.from(text)
        .toString('base64')
        .replace(/.{0,3}=*$/, ''),
    ),
  ]);
  const leaks = files.filter((path) => {
    const content = readFileSync(path);
    return forms.some((form) => content.includes(form));
  });
  expect(leaks).toEqual([]);
});
