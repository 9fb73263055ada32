import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { openWindow } from '../../scripts/open-window.ts';
import { LoopbackServer } from '../support/loopback-server.ts';
import { OAuthUser } from '../support/oauth-user.ts';
import { PracticeApi } from '../support/practice-api.ts';
import { createVault, expect, test } from './support/tessera-test.ts';

async function addApp(page: Page, name: string, baseUrl: string) {
  await createVault(page);
  await page.getByRole('button', { name: /Add your own app/ }).click();
  const form = page.getByRole('dialog', { name: 'Add an app' });
  await form.getByLabel('Name', { exact: true }).fill(name);
  await form.getByLabel('Base URL').fill(baseUrl);
  await form.getByRole('button', { name: 'Add app' }).click();
}

async function openSignIn(page: Page, way: string) {
  await page.getByRole('button', { name: 'Sign in for a token' }).click();
  const form = page.getByRole('dialog', { name: /^Sign in for/ });
  await form.getByLabel('Way to sign in').selectOption({ label: way });
  return form;
}

async function send(page: Page, path: string) {
  await page.getByRole('button', { name: 'New request' }).first().click();
  await page.getByLabel('URL or path').fill(path);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

const PASSWORD = 'the pässword "of" nobody';

test('an unlisted provider with a login of its own shape is set up in the window alone', async ({
  tessera: { page },
}) => {
  await using server = await LoopbackServer.start((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      if (request.method === 'PUT' && request.url === '/doors/open') {
        const { who, word } = JSON.parse(body);
        const isRight = who.id === 'me' && word[0] === PASSWORD;
        response.statusCode = isRight ? 200 : 403;
        response.end(
          isRight
            ? JSON.stringify({ opened: { keys: [{ value: 'a-key-that-opens' }], lasts: 600 } })
            : JSON.stringify({ reason: `not ${word[0]}` }),
        );
        return;
      }
      response.statusCode = request.headers['x-door-key'] === 'a-key-that-opens' ? 200 : 401;
      response.end(JSON.stringify({ seen: request.headers['x-door-key'] ?? null }));
    });
  });
  await addApp(page, 'Doors', server.url);
  const form = await openSignIn(page, 'Another login, described here');
  await form.getByLabel('User name').fill('me');
  await form.getByLabel('Method').selectOption('PUT');
  await form.getByLabel('URL or path').fill('/doors/open');
  await form.getByLabel('JSON').fill('{"who":{"id":"{{username}}"},"word":["{{password}}"]}');
  await form.getByLabel('How the access token is sent').selectOption('header');
  await form.getByLabel('Under the name').fill('X-Door-Key');

  await form.getByLabel('Password', { exact: true }).fill('a wrong one');
  await form.getByRole('button', { name: 'Try it' }).click();
  await expect(form.getByText(/it answered 403/)).toBeVisible();
  await form.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await form.getByRole('button', { name: 'Try it' }).click();
  await expect(form.getByText(/no access token at access_token/)).toBeVisible();
  const values = form.getByRole('region', { name: 'Values in the answer' });
  await expect(values.getByRole('listitem')).toHaveText(['opened.keys[0].value', 'opened.lasts']);
  await form.getByLabel('Access token', { exact: true }).fill('opened.keys[0].value');
  await form.getByLabel('Seconds until it expires').fill('opened.lasts');
  await form.getByRole('button', { name: 'Try it' }).click();
  await expect(form.getByText(/The sign-in works.*access token, seconds until it expires/)).toBeVisible();
  await expect(form).not.toContainText('a-key-that-opens');

  await form.getByRole('button', { name: 'Add and connect' }).click();
  await expect(page.getByText(/main is connected until/)).toBeVisible();
  await send(page, '/things');
  const response = page.getByRole('region', { name: 'Response' });
  await expect(response.getByText('200 OK')).toBeVisible();
  await expect(page.locator('body')).not.toContainText('a-key-that-opens');
});

test('PortSIP: a sign-in with a code, a refresh when its time is over, and a sign-out', async ({
  tessera: { page },
}) => {
  await using practice = await PracticeApi.start();
  await addApp(page, 'Phone', `${practice.server.url}/portsip/api`);
  const { username, password, code = '' } = practice.login('portsip', 'practice-two-factor');
  const form = await openSignIn(page, 'PortSIP 22.2 and later');
  await form.getByLabel('User name').fill(username);
  await form.getByLabel('Password', { exact: true }).fill('wrong');
  await form.getByRole('button', { name: 'Add and connect' }).click();
  const connect = page.getByRole('dialog', { name: 'Connect main' });
  await expect(connect.getByText('LOGIN_FAILED')).toBeVisible();
  await connect.getByLabel(/^Password of/).fill(password);
  await connect.getByRole('button', { name: 'Connect', exact: true }).click();
  await connect.getByLabel('Code').fill(code);
  await connect.getByRole('button', { name: 'Send the code' }).click();
  await expect(page.getByText(/main is connected until/)).toBeVisible();

  await practice.advance(7200);
  await send(page, '/auth/user');
  const response = page.getByRole('region', { name: 'Response' });
  await expect(response.getByText('200 OK')).toBeVisible();
  await expect(response.getByText(/refused the access token. It was renewed/)).toBeVisible();

  await page.getByRole('button', { name: 'Actions for main' }).click();
  await page.getByRole('menuitem', { name: 'Refresh now' }).click();
  await expect.poll(() => practice.timesCalled('POST /portsip/api/auth/refresh_token')).toBe(2);
  await page.getByRole('button', { name: 'Actions for main' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByText('Signed out of main.')).toBeVisible();
  await expect(page.getByRole('row', { name: /main/ }).getByText('needs sign-in')).toBeVisible();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByText('LOGIN_NEEDED')).toBeVisible();
  await page.getByRole('button', { name: 'Connect and send' }).click();
  await connect.getByRole('button', { name: 'Connect', exact: true }).click();
  await connect.getByLabel('Code').fill(code);
  await connect.getByRole('button', { name: 'Send the code' }).click();
  await expect(response.getByText('200 OK')).toBeVisible();
});

/** An app of the practice OAuth server whose client has no secret. @returns the dialog that connects it */
async function connectPublicClient(page: Page, practice: PracticeApi, how: string): Promise<Locator> {
  await addApp(page, 'Data', `${practice.server.url}/oauth`);
  const form = await openSignIn(page, how);
  await form.getByLabel('Issuer').fill(`${practice.server.url}/oauth`);
  await form.getByLabel('Client ID').fill('practice-desktop');
  await form.getByLabel('How the client shows who it is').selectOption('none');
  await form.getByLabel('Scopes').fill('account:read');
  await form.getByRole('button', { name: 'Add and connect' }).click();
  return page.getByRole('dialog', { name: 'Connect main' });
}

test('OAuth: a code is shown, can be cancelled, and connects when it was entered', async ({
  tessera: { page },
}) => {
  await using practice = await PracticeApi.start();
  const connect = await connectPublicClient(page, practice, 'OAuth 2.0: enter a code elsewhere');
  await expect(connect.getByLabel('Code to enter')).toBeVisible();
  await connect.getByRole('button', { name: 'Copy the code' }).click();
  await expect(connect.getByRole('button', { name: 'Copied' })).toBeFocused();
  await connect.getByRole('button', { name: 'Cancel' }).click();
  await expect(connect).toBeHidden();
  await expect(page.getByRole('row', { name: /main/ }).getByText('needs sign-in')).toBeVisible();

  await page.getByRole('button', { name: 'Actions for main' }).click();
  await page.getByRole('menuitem', { name: 'Connect…' }).click();
  const shown = connect.getByLabel('Code to enter');
  await expect(shown).toBeVisible();
  const userCode = (await shown.textContent()) ?? '';
  const verificationUrl = `${practice.server.url}/oauth/device`;
  new OAuthUser(practice).showCode({ userCode, verificationUrl, completeUrl: null, expiresAt: '' });
  await expect(page.getByText(/main is connected until/)).toBeVisible();
  await send(page, '/resource');
  await expect(page.getByRole('region', { name: 'Response' }).getByText('200 OK')).toBeVisible();
});

test('OAuth: the system’s browser is sent to the provider, and brings back what connects', async ({
  home,
}) => {
  const [answers, opened] = [join(home, 'answers.json'), join(home, 'opened')];
  // "Open" both times: the first sign-in is declined on the page.
  writeFileSync(answers, '[0, 0]');
  writeFileSync(opened, '');
  const env = { TESSERA_STAND_IN_DIALOGS: answers, TESSERA_STAND_IN_OPENED: opened };
  const { page, runtime, close } = await openWindow({ home, env });
  test.skip(runtime === 'electron', 'what the system’s browser is told cannot be read by a program');
  await using practice = await PracticeApi.start();
  const connect = await connectPublicClient(page, practice, 'OAuth 2.0: sign in in the browser');
  await expect(connect.getByText('Waiting for you to sign in in the browser.')).toBeVisible();

  const addresses = () => readFileSync(opened, 'utf8').trimEnd().split('\n');
  const signInPage = async (index: number): Promise<URL> => {
    await expect.poll(() => URL.canParse(addresses()[index] ?? '')).toBe(true);
    return new URL(addresses()[index] ?? '');
  };
  const first = await signInPage(0);
  expect(first.origin).toBe(practice.server.url);
  expect(Object.fromEntries(first.searchParams)).toMatchObject({
    response_type: 'code',
    code_challenge_method: 'S256',
    scope: 'account:read',
  });
  const stray = await fetch(`${first.searchParams.get('redirect_uri')}?code=stolen&state=guessed`);
  expect(stray.status).toBe(400);
  const declining = new OAuthUser(practice, 'deny');
  await declining.openPage(first);
  expect(declining.cameBackTo?.text).toContain('declined');
  await expect(connect.getByText('LOGIN_FAILED')).toBeVisible();

  await connect.getByRole('button', { name: 'Connect', exact: true }).click();
  const second = await signInPage(1);
  for (const name of ['state', 'code_challenge', 'redirect_uri']) {
    expect(second.searchParams.get(name)).not.toBe(first.searchParams.get(name));
  }
  const allowing = new OAuthUser(practice);
  await allowing.openPage(second);
  expect(allowing.cameBackTo?.text).toContain('You are signed in');
  await expect(page.getByText(/main is connected until/)).toBeVisible();
  await send(page, '/resource');
  await expect(page.getByRole('region', { name: 'Response' }).getByText('200 OK')).toBeVisible();
  await close();
});
