import type { Page } from '@playwright/test';
import type { ProviderId } from '../../shared/providers/provider.ts';
import { shortToken } from '../support/practice-home.ts';
import { expect, openApp, test } from './support/practice-test.ts';

/** Checks one token, or all of them, and answers what is said of each. */
async function check(
  page: Page,
  provider: ProviderId,
  name?: string,
): Promise<(text: string) => Promise<void>> {
  await page.getByRole('button', { name: `Actions for ${name ?? provider}`, exact: true }).click();
  await page
    .getByRole('menuitem', { name: name === undefined ? 'Check all tokens' : 'Check', exact: true })
    .click();
  const dialog = page.getByRole('dialog', { name: `Check of ${provider}` });
  await expect(dialog.getByRole('status')).toContainText('accepted');
  const results = await dialog.getByRole('listitem').allInnerTexts();
  await dialog.getByRole('button', { name: 'Close' }).click();
  return async (text) => expect(results.join('\n').replaceAll(/\s+/g, ' ')).toContain(text);
}

async function send(page: Page, token: string, method: string, path: string): Promise<void> {
  await page.getByLabel('Token', { exact: true }).selectOption(`token:${token}`);
  await page.getByLabel('Method', { exact: true }).fill(method);
  await page.getByLabel('URL or path').fill(path);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

interface Walk {
  readonly provider: ProviderId;
  readonly identity: string;
  /** What a wrong or an expired token is told. */
  readonly refusal: string;
  /** Token, method, path; the status, and the sentence that explains it. */
  readonly hints: readonly (readonly [string, string, string, string, string])[];
}

const WALKS: readonly Walk[] = [
  {
    provider: 'sipgate',
    identity: 'Practice Company (TEAM)',
    refusal: 'Token ID or token are wrong',
    hints: [
      ['wrong', 'GET', '/account', '401 Unauthorized', 'Token ID or token are wrong, or not Base64-encoded'],
      ['limited', 'GET', '/account', '403 Forbidden', 'Give it the scope that this endpoint needs'],
      ['good', 'GET', '/acount', '404 Not Found', 'This endpoint does not exist'],
      [
        'good',
        'DELETE',
        '/account',
        '405 Method Not Allowed',
        'This endpoint exists, but not with this method',
      ],
    ],
  },
  {
    provider: 'virtuozzo',
    identity: 'Practice User (practice@practice.example)',
    refusal: 'This is an error: result 3, although the status is 200',
    hints: [
      ['wrong', 'GET', '/users/account/rest/getuserinfo', '200 OK', 'result 3, although the status is 200'],
      ['good', 'POST', '/users/authentication/rest/edittoken?id=99', '200 OK', 'result 5'],
      ['good', 'POST', '/users/authentication/rest/signin?login=a', '200 OK', 'result 701'],
      ['good', 'GET', '/environment/control/rest/stopenv?envName=no', '200 OK', 'result 11'],
      ['limited', 'GET', '/users/account/rest/getuserinfo', '200 OK', 'The token may not call this method'],
    ],
  },
  {
    provider: 'portsip',
    identity: 'practice (Admin)',
    refusal: 'The access token is wrong or its time is over',
    hints: [
      ['wrong', 'GET', '/auth/user', '401 Unauthorized', 'The access token is wrong or its time is over'],
      ['limited', 'GET', '/users', '403 Forbidden', 'Check the role of the user'],
    ],
  },
  {
    provider: 'airfocus',
    identity: 'Practice User (practice@practice.example)',
    refusal: 'airfocus does not know this token',
    hints: [
      ['wrong', 'GET', '/api/profile', '401 Unauthorized', 'airfocus does not know this token'],
      ['limited', 'GET', '/api/profile', '403 Forbidden', 'a scope, permission, role or feature is missing'],
    ],
  },
];

for (const { provider, identity, refusal, hints } of WALKS) {
  test(`${provider}: accepted, wrong, over, without a scope, and too often`, async ({
    tessera: { page },
    practice,
  }) => {
    await openApp(page, provider);
    const token = { ...(await shortToken(practice, provider, 600)), name: 'short' };
    await page.evaluate(
      async ([id, short]) => {
        const apps = await window.tessera.apps.list();
        const app = apps.ok ? apps.value.find((each) => each.provider === id) : undefined;
        await window.tessera.tokens.add({ appId: app?.id ?? '', token: short });
      },
      [provider, token] as const,
    );
    await expect(page.getByRole('row', { name: 'short' }).first()).toBeVisible();

    const said = await check(page, provider);
    await said(`accepted good ${identity} The provider accepts it.`);
    await said(`refused wrong ${refusal}`);
    await said(`accepted short ${identity}`);
    await practice.advance(700);
    await (await check(page, provider, 'short'))(`refused short ${identity} ${refusal}`);
    await practice.control('clock?reset');

    await practice.control(`limits?${provider}=1`);
    await check(page, provider, 'good');
    await (await check(page, provider, 'good'))('unclear good');
    await practice.control(`limits?${provider}=`);

    await page.getByLabel('New request').click();
    const response = page.getByRole('region', { name: 'Response' });
    for (const [name, method, path, status, hint] of hints) {
      await send(page, name, method, path);
      await expect(response).toContainText(hint);
      await expect(response).toContainText(status);
    }
  });
}

test('airfocus says how many requests are left', async ({ tessera: { page } }) => {
  await openApp(page, 'airfocus');
  await page.getByLabel('New request').click();
  await send(page, 'good', 'GET', '/api/profile');
  const response = page.getByRole('region', { name: 'Response' });
  await expect(response.getByText(/^599 of 600 requests left/)).toBeVisible();
  await response.getByRole('tab', { name: 'Headers' }).click();
  for (const name of ['limit', 'remaining', 'reset']) {
    await expect(response.getByText(`x-ratelimit-${name}`)).toBeVisible();
  }
});
