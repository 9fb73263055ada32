import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { openWindow } from '../../scripts/open-window.ts';
import { keep } from './support/keep-tokens.ts';
import { confirm, expect, test, unlock } from './support/tessera-test.ts';

const request = (name: string, token: string) =>
  `info:\n  name: ${name}\n  type: http\nhttp:\n  method: GET\n  url: /${name} # as ever\n  auth:\n    type: bearer\n    token: "{{vault.${token}}}"\n`;

/** An app with two tokens, the first its default, and a collection with two requests that name that one. */
async function keepRequests(home: string): Promise<string> {
  const folder = join(home, 'checks');
  mkdirSync(folder);
  writeFileSync(join(folder, 'opencollection.yml'), 'opencollection: 1.0.0\ninfo:\n  name: Checks\n');
  for (const name of ['ping', 'pong']) writeFileSync(join(folder, `${name}.yml`), request(name, 'main'));
  await keep(home, ({ apps, tokens }) => {
    const { id } = apps.create({ name: 'Phone', baseUrl: 'https://phone.example.com' });
    for (const name of ['main', 'spare']) {
      tokens.add(id, { name, scheme: 'bearer', secret: `the secret of ${name}` });
    }
    apps.update(id, { defaultToken: 'main' });
    apps.setCollections(id, [folder]);
  });
  return folder;
}

const row = (page: Page, name: string) => page.getByRole('row', { name, exact: true });

async function openTokens(page: Page): Promise<void> {
  await unlock(page);
  await page.getByRole('button', { name: 'All tokens' }).click();
}

test('saved requests follow a token that is renamed, on the disk and where they are open', async ({
  home,
}) => {
  const folder = await keepRequests(home);
  const window = await openWindow({ home });
  try {
    const { page } = window;
    await unlock(page);
    await page.getByRole('button', { name: 'Phone', exact: true }).first().click();
    await page.getByRole('treegrid', { name: 'Checks' }).getByText('ping').click();
    await expect(page.getByLabel('Token', { exact: true })).toHaveValue('token:main');
    await page.getByRole('button', { name: 'All tokens' }).click();
    await row(page, 'main').dblclick();
    const editor = page.getByRole('dialog', { name: 'Edit main' });
    await editor.getByLabel('Name').fill('first');
    await expect(editor.getByLabel('Change the 2 saved requests that name it, too')).toBeChecked();
    await editor.getByRole('button', { name: 'Save' }).click();
    await confirm(page);
    await expect(page.getByText('2 saved requests changed to first.')).toBeVisible();
    expect(readFileSync(join(folder, 'ping.yml'), 'utf8')).toBe(request('ping', 'first'));
    expect(readFileSync(join(folder, 'pong.yml'), 'utf8')).toBe(request('pong', 'first'));
    await page.getByRole('button', { name: 'Phone', exact: true }).first().click();
    await expect(page.getByLabel('Token', { exact: true })).toHaveValue('token:first');
    await expect(page.getByRole('img', { name: 'not saved' })).toHaveCount(0);
  } finally {
    await window.close();
  }
});

test('a file that cannot follow is named, and one that is not to follow stays', async ({ home }) => {
  const folder = await keepRequests(home);
  const window = await openWindow({ home });
  try {
    const { page } = window;
    await openTokens(page);
    await row(page, 'main').dblclick();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('first');
    const follow = page.getByLabel('Change the 2 saved requests that name it, too');
    await follow.uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await confirm(page);
    await expect(row(page, 'first')).toBeVisible();
    expect(readFileSync(join(folder, 'ping.yml'), 'utf8')).toBe(request('ping', 'main'));

    for (const name of ['ping', 'pong']) writeFileSync(join(folder, `${name}.yml`), request(name, 'first'));
    await row(page, 'first').dblclick();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('second');
    await expect(follow).toBeChecked();
    writeFileSync(join(folder, 'ping.yml'), `${request('ping', 'first')}broken: [\n`);
    await page.getByRole('button', { name: 'Save' }).click();
    const left = page.getByRole('dialog', { name: 'second is saved, and some files were left as they are' });
    await expect(left.getByText(/ping\.yml is not valid YAML/)).toBeVisible();
    await left.getByRole('button', { name: 'Close' }).click();
    expect(readFileSync(join(folder, 'pong.yml'), 'utf8')).toBe(request('pong', 'second'));
  } finally {
    await window.close();
  }
});

test('a name that may not stand in the requests is refused before the token has it', async ({ home }) => {
  const folder = await keepRequests(home);
  const window = await openWindow({ home });
  try {
    const { page } = window;
    await openTokens(page);
    await row(page, 'main').dblclick();
    const editor = page.getByRole('dialog', { name: 'Edit main' });
    await editor.getByLabel('Name').fill('the secret of spare');
    const follow = editor.getByLabel('Change the 2 saved requests that name it, too');
    await expect(follow).toBeChecked();
    await editor.getByRole('button', { name: 'Save' }).click();
    await expect(editor.getByRole('alert').getByText('SECRET_IN_FILE')).toBeVisible();
    expect(readFileSync(join(folder, 'ping.yml'), 'utf8')).toBe(request('ping', 'main'));
    await follow.uncheck();
    await editor.getByRole('button', { name: 'Save' }).click();
    await confirm(page);
    await expect(row(page, 'the secret of spare')).toBeVisible();
  } finally {
    await window.close();
  }
});

test('why no request could follow is said once the token has its new name', async ({ home }) => {
  const folder = await keepRequests(home);
  for (const name of ['ping', 'pong']) writeFileSync(join(folder, `${name}.yml`), request(name, 'spare'));
  const window = await openWindow({ home });
  try {
    const { page } = window;
    await openTokens(page);
    await row(page, 'main').dblclick();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('the secret of spare');
    await page.getByRole('button', { name: 'Save' }).click();
    // By now it was seen that none names it.
    await expect(page.getByRole('dialog', { name: 'Is it you?' })).toBeVisible();
    writeFileSync(join(folder, 'ping.yml'), request('ping', 'main'));
    await confirm(page);
    const left = page.getByRole('dialog', { name: 'its saved requests were left as they are' });
    await expect(left.getByRole('alert').getByText('SECRET_IN_FILE')).toBeVisible();
    await left.getByRole('button', { name: 'Close' }).click();
    await expect(row(page, 'the secret of spare')).toBeVisible();
    expect(readFileSync(join(folder, 'ping.yml'), 'utf8')).toBe(request('ping', 'main'));
  } finally {
    await window.close();
  }
});

test('Enter is held back while it is looked for requests that name the token, and what was found is asked', async ({
  home,
}) => {
  const folder = await keepRequests(home);
  // So many that Enter is there first.
  for (let each = 0; each < 4_000; each += 1) {
    writeFileSync(join(folder, `call ${each}.yml`), request(`call ${each}`, 'spare'));
  }
  const window = await openWindow({ home });
  try {
    const { page } = window;
    await openTokens(page);
    const rename = async (from: string, to: string) => {
      await row(page, from).dblclick();
      await page
        .getByRole('dialog', { name: `Edit ${from}` })
        .getByLabel('Name')
        .selectText();
      await page.keyboard.press(to);
      await page.keyboard.press('Enter');
    };
    await rename('main', 'F');
    const follow = page.getByLabel('Change the 2 saved requests that name it, too');
    await expect(follow).toBeChecked();
    expect(readFileSync(join(folder, 'ping.yml'), 'utf8')).toBe(request('ping', 'main'));
    await follow.uncheck();
    await page.keyboard.press('Enter');
    await confirm(page);
    await expect(row(page, 'F')).toBeVisible();

    await rename('F', 'G');
    await expect(row(page, 'G')).toBeVisible();
  } finally {
    await window.close();
  }
});

test('removing an app’s default token says what that means, and undo brings it back as the default', async ({
  home,
}) => {
  await keepRequests(home);
  const window = await openWindow({ home });
  try {
    const { page } = window;
    await openTokens(page);
    await row(page, 'main').click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    const asking = page.getByRole('dialog', { name: 'Remove main?' });
    await expect(
      asking.getByText(
        'Phone loses its default token, main: requests that name no token use spare, its only one.',
      ),
    ).toBeVisible();
    await asking.getByRole('button', { name: 'Remove token' }).click();
    await confirm(page);
    await page.getByRole('button', { name: 'Phone', exact: true }).first().click();
    await page.keyboard.press('Control+n');
    await expect(page.getByRole('option', { name: 'Default: spare' })).toBeAttached();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('option', { name: 'Default: main' })).toBeAttached();
  } finally {
    await window.close();
  }
});
