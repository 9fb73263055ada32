import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { LoopbackServer } from '../support/loopback-server.ts';
import type { PracticeApi } from '../support/practice-api.ts';
import { expect, openApp, test } from './support/practice-test.ts';
import { confirm, PASSPHRASE } from './support/tessera-test.ts';

const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });
const row = (page: Page, name: string) =>
  page.getByRole('grid', { name: /^Tokens of/ }).getByRole('row', { name, exact: true });
const tool = (page: Page, name: string) =>
  page.getByRole('toolbar', { name: 'What to do with tokens' }).getByRole('button', { name, exact: true });

/** The Tokens tab of an app. */
async function openTokens(page: Page, app: string): Promise<void> {
  await openApp(page, app);
  await page.getByRole('tab', { name: 'Tokens' }).click();
}

/** What is shown once; then it is put away. */
async function takeSecret(page: Page, name: string): Promise<string> {
  const issued = dialog(page, `The secret of ${name}`);
  const secret = (await issued.getByLabel('Secret').textContent()) ?? '';
  await issued.getByText('What was exchanged').click();
  const exchanged = issued.getByLabel('Answer');
  await expect(exchanged).toBeVisible();
  expect(await exchanged.inputValue()).not.toContain(secret);
  await issued.getByRole('button', { name: 'Done' }).click();
  return secret;
}

/** Gives an app another base URL, and confirms that it is the owner who does. */
async function moveApp(page: Page, name: string, baseUrl: string): Promise<void> {
  await page.evaluate(
    async ([passphrase, appName, url]) => {
      await window.tessera.vault.confirm({ kind: 'passphrase', passphrase });
      const apps = await window.tessera.apps.list();
      const app = apps.ok ? apps.value.find((each) => each.name === appName) : undefined;
      const changes = { baseUrl: url, allowedOrigins: [new URL(url).origin] };
      const moved = await window.tessera.apps.update({ appId: app?.id ?? '', changes });
      if (!moved.ok) throw new Error(moved.error.message);
    },
    [PASSPHRASE, name, baseUrl] as const,
  );
}

async function resultOf(practice: PracticeApi, session: string): Promise<number> {
  const path = '/1.0/environment/control/rest/stopenv?envName=practice-env';
  const answer = await practice.call(`${path}&session=${session}`);
  return ((await answer.json()) as { result: number }).result;
}

test('at Virtuozzo: generate, edit, copy, regenerate, refresh, and remove several', async ({
  tessera: { page },
  practice,
}) => {
  const { password } = practice.login('virtuozzo', 'practice@practice.example');
  await openTokens(page, 'virtuozzo');

  await tool(page, 'Generate').click();
  const create = dialog(page, /^Generate a token at Virtuozzo/);
  await create.getByLabel('Name').fill('ci');
  await create.getByLabel('Expires').fill('in 90 days');
  await create.getByLabel('Search scopes').fill('stopenv');
  await create.getByLabel('environment.control.StopEnv').check();
  await create.getByLabel('Password of the account').fill('wrong');
  await create.getByRole('button', { name: 'Generate token' }).click();
  await confirm(page);
  await expect(create.getByText(/result 701.*Check user name and password/)).toBeInViewport();
  await create.getByText('What was exchanged').click();
  await expect(create.getByLabel('Answer')).toHaveValue(/"result": 701/);
  await expect(create.getByText('wrong', { exact: true })).toBeHidden();
  await create.getByLabel('Password of the account').fill(password);
  await create.getByRole('button', { name: 'Generate token' }).click();
  const first = await takeSecret(page, 'ci');
  expect(await resultOf(practice, first)).toBe(0);
  await expect(row(page, 'ci')).toContainText('in 90 days');
  await expect(page.locator('body')).not.toContainText(first);

  await row(page, 'ci').click();
  await tool(page, 'Edit').click();
  const edit = dialog(page, /^Edit ci at Virtuozzo/);
  await edit.getByLabel('Name').fill('nightly');
  await edit.getByLabel('Expires').fill('');
  await edit.getByLabel('Password of the account').fill(password);
  await edit.getByRole('button', { name: 'Save' }).click();
  const done = dialog(page, 'Done');
  await done.getByText('What was exchanged').click();
  await expect(done.getByText('nightly').first()).toBeVisible();
  await expect(done).not.toContainText(password);
  await done.getByRole('button', { name: 'Done' }).click();
  await expect(row(page, 'nightly')).toContainText('never expires');

  await tool(page, 'Rotate').click();
  const regenerate = dialog(page, /^Regenerate nightly at Virtuozzo/);
  await regenerate.getByLabel('Password of the account').fill(password);
  await regenerate.getByRole('button', { name: 'Regenerate' }).click();
  const second = await takeSecret(page, 'nightly');
  expect([await resultOf(practice, first), await resultOf(practice, second)]).toEqual([3, 0]);

  await tool(page, 'Copy').click();
  const copy = dialog(page, /^Copy nightly at Virtuozzo/);
  await expect(copy.getByText('1 checked')).toBeVisible();
  await copy.getByLabel('Password of the account').fill(password);
  await copy.getByRole('button', { name: 'Generate the copy' }).click();
  const third = await takeSecret(page, 'nightly copy');
  expect(await resultOf(practice, third)).toBe(0);

  await tool(page, 'Refresh').click();
  const compare = dialog(page, /^Tokens of virtuozzo at Virtuozzo/);
  await expect(compare.getByRole('region', { name: /^Only at/ }).getByText('stop only')).toBeVisible();
  await compare.getByRole('button', { name: 'Close' }).click();

  await row(page, 'nightly').click();
  await row(page, 'nightly copy').click({ modifiers: ['Shift'] });
  await tool(page, 'Remove').click();
  const remove = dialog(page, /^Remove 2 tokens at Virtuozzo/);
  await remove.getByLabel('Password of the account').fill(password);
  await remove.getByRole('button', { name: 'Revoke and remove 2 tokens' }).click();
  await dialog(page, 'Done').getByRole('button', { name: 'Done' }).click();
  await expect(row(page, 'nightly')).toBeHidden();
  expect([await resultOf(practice, second), await resultOf(practice, third)]).toEqual([3, 3]);
});

test('at Virtuozzo: why no request could follow a token that was renamed is said', async ({
  tessera: { page },
  practice,
}) => {
  const { password } = practice.login('virtuozzo', 'practice@practice.example');
  const { secret } = practice.token('virtuozzo', 'Works: /users/account');
  await openTokens(page, 'virtuozzo');
  const folder = await page.evaluate(async () => {
    await window.tessera.settings.change({ confirmationMinutes: 0 });
    const apps = await window.tessera.apps.list();
    const app = apps.ok ? apps.value.find(({ name }) => name === 'virtuozzo') : undefined;
    const made = await window.tessera.collections.create({ appId: app?.id ?? '', name: 'Checks' });
    return made.ok ? made.value.id : '';
  });
  await tool(page, 'Generate').click();
  const create = dialog(page, /^Generate a token at Virtuozzo/);
  await create.getByLabel('Name').fill('ci');
  await create.getByLabel('Password of the account').fill(password);
  await create.getByRole('button', { name: 'Generate token' }).click();
  await confirm(page);
  await takeSecret(page, 'ci');

  await row(page, 'ci').click();
  await tool(page, 'Edit').click();
  const edit = dialog(page, /^Edit ci at Virtuozzo/);
  await edit.getByLabel('Name').fill(secret);
  await edit.getByLabel('Password of the account').fill(password);
  await edit.getByRole('button', { name: 'Save' }).click();
  await expect(dialog(page, 'Is it you?')).toBeVisible();
  const auth = 'auth:\n    type: bearer\n    token: "{{vault.ci}}"\n';
  writeFileSync(join(folder, 'ping.yml'), `http:\n  method: GET\n  url: /\n  ${auth}`);
  await confirm(page);
  const left = dialog(page, 'its saved requests were left as they are');
  await expect(left.getByRole('alert').getByText('SECRET_IN_FILE')).toBeVisible();
  await left.getByRole('button', { name: 'Close' }).click();
  await expect(dialog(page, 'Done')).toBeVisible();
});

test('at airfocus: list, generate, delete, and the rest by hand', async ({ tessera: { page }, practice }) => {
  await openTokens(page, 'airfocus');
  await tool(page, 'Generate').click();
  const create = dialog(page, 'Generate a token at airfocus');
  await expect(create.getByLabel('Password of the account')).toBeHidden();
  await create.getByLabel('Name').fill('bot of the team');
  await create.getByLabel('Acts as').selectOption('bot');
  await create.getByLabel('Predefined').selectOption('Read only');
  await create.getByLabel('Authorised by').selectOption('limited');
  await create.getByRole('button', { name: 'Generate token' }).click();
  await confirm(page);
  await expect(create.getByText(/a scope, permission, role or feature is missing/)).toBeVisible();
  await create.getByLabel('Authorised by').selectOption('');
  await create.getByRole('button', { name: 'Generate token' }).click();
  const secret = await takeSecret(page, 'bot of the team');
  expect((await practice.bearer('/airfocus/api/team', secret)).status).toBe(200);
  await expect(row(page, 'bot of the team')).toContainText('bot');

  await row(page, 'bot of the team').click();
  await tool(page, 'Rotate').click();
  await expect(dialog(page, 'Rotate bot of the team')).toContainText(
    'airfocus gives new values on its web page',
  );
  await page.keyboard.press('Escape');

  await tool(page, 'Remove').click();
  await dialog(page, /^Remove bot of the team at airfocus/)
    .getByRole('button', { name: 'Revoke and remove' })
    .click();
  await dialog(page, 'Done').getByRole('button', { name: 'Done' }).click();
  await expect(row(page, 'bot of the team')).toBeHidden();
  expect((await practice.bearer('/airfocus/api/team', secret)).status).toBe(401);
});

test('what the provider no longer has can be taken out, after a refresh has found out', async ({
  tessera: { page },
  practice,
}) => {
  await openTokens(page, 'airfocus');
  await tool(page, 'Generate').click();
  const create = dialog(page, 'Generate a token at airfocus');
  await create.getByLabel('Name').fill('gone');
  await create.getByLabel('Predefined').selectOption('Read only');
  await page.getByRole('button', { name: 'Generate token' }).click();
  await confirm(page);
  await takeSecret(page, 'gone');
  const listed = (await (await practice.call('/practice/tokens')).json()) as { id: string; name: string }[];
  const id = listed.find(({ name }) => name === 'gone')?.id;
  await practice.control(`tokens/airfocus/${id}/revoke`);

  await tool(page, 'Refresh').click();
  const missing = page.getByRole('region', { name: 'No longer at airfocus' });
  await expect(missing.getByText('gone')).toBeVisible();
  await missing.getByRole('button', { name: 'Remove from the vault…' }).click();
  await dialog(page, 'Remove gone?').getByRole('button', { name: 'Remove token' }).click();
  await expect(row(page, 'gone')).toBeHidden();
});

test('a provider that cannot be reached leaves what was typed', async ({ tessera: { page }, practice }) => {
  await openTokens(page, 'airfocus');
  await tool(page, 'Generate').click();
  const create = dialog(page, 'Generate a token at airfocus');
  await create.getByLabel('Name').fill('late');
  await practice.server.close();
  await create.getByRole('button', { name: 'Generate token' }).click();
  await confirm(page);
  await expect(create.getByText('NETWORK_REFUSED')).toBeVisible();
  await expect(create.getByLabel('Name')).toHaveValue('late');
});

test('a provider that does not answer is not waited for any longer', async ({ tessera: { page } }) => {
  const reached = Promise.withResolvers<void>();
  const left = Promise.withResolvers<void>();
  await using silent = await LoopbackServer.start((request) => {
    reached.resolve();
    request.on('close', () => left.resolve());
  });
  await openTokens(page, 'airfocus');
  await moveApp(page, 'airfocus', silent.url);
  await tool(page, 'Generate').click();
  const create = dialog(page, 'Generate a token at airfocus');
  await create.getByLabel('Name').fill('late');
  await create.getByRole('button', { name: 'Generate token' }).click();
  await reached.promise;
  await expect(create.getByText('Asking airfocus…')).toBeVisible();
  await create.getByRole('button', { name: 'Cancel' }).click();
  await left.promise;
  await expect(
    page.getByText('Stopped. airfocus may have done it all the same: Refresh shows it.'),
  ).toBeVisible();
  await expect(row(page, 'late')).toBeHidden();
});

test('at sipgate, whose API makes no tokens: the way leads over its page to a pasted value', async ({
  tessera: { page },
}) => {
  await openTokens(page, 'sipgate');
  await tool(page, 'Generate').click();
  const byHand = dialog(page, 'sipgate makes tokens on its web page');
  await expect(byHand.getByRole('button', { name: 'Token page of sipgate' })).toBeVisible();
  await byHand.getByRole('button', { name: 'Keep the new token…' }).click();
  await expect(dialog(page, 'Add a token to sipgate')).toBeVisible();
});
