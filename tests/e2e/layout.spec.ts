import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openWindow } from '../../scripts/open-window.ts';
import { LoopbackServer } from '../support/loopback-server.ts';
import { checkScreen } from './support/check-screen.ts';
import { keep } from './support/keep-tokens.ts';
import { confirm, createVault, expect, startPractice, test, unlock } from './support/tessera-test.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('every screen fits each size, and axe finds nothing', async ({ tessera: { page } }) => {
      test.setTimeout(300_000);
      const check = () => checkScreen(page);
      expect(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(
        colorScheme === 'dark',
      );
      await check();
      await createVault(page);
      await check();
      await startPractice(page);
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await expect(page.getByText('200 OK')).toBeVisible();
      await check();
      await page.getByRole('button', { name: 'Find…' }).click();
      await page.getByLabel('Find in the body').fill('company');
      await expect(page.getByRole('search').getByText(/^1 of/)).toBeVisible();
      await check();
      await page.getByRole('button', { name: 'Close the search' }).click();
      await page.getByRole('tab', { name: 'Settings' }).click();
      await expect(page.getByLabel('Send and keep cookies')).toBeChecked();
      await check();
      await page.getByRole('button', { name: /^Actions for Practice/ }).click();
      await page.getByRole('menuitem', { name: 'Cookies…' }).click();
      await page.getByRole('button', { name: 'Add a cookie…' }).click();
      await check();
      await page.getByLabel('Name', { exact: true }).fill('session');
      await page.getByLabel('Value').fill('a value of a session');
      await page.getByRole('button', { name: 'Add cookie' }).click();
      await expect(page.getByRole('button', { name: 'Show session' })).toBeVisible();
      await check();
      await page.keyboard.press('Escape');
      await page.getByLabel('URL or path').fill('http://localhost:9/account');
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await page.getByRole('button', { name: /^Allow http:\/\/localhost:9 / }).click();
      await expect(page.getByText(/^Once .* is allowed/)).toBeVisible();
      await check();
      await page.keyboard.press('Escape');
      await check();
      await page.getByRole('button', { name: 'Add a token' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await check();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Sign in for a token' }).click();
      await page.getByLabel('Way to sign in').selectOption({ label: 'Another login, described here' });
      for (const label of ['A refresh token renews it', 'The provider can ask for a code']) {
        await page.getByLabel(label).check();
      }
      await check();
      await page.getByLabel('Way to sign in').selectOption({ label: 'OAuth 2.0: enter a code elsewhere' });
      await page.getByText(/^Endpoints, where/).click();
      await check();
      await page.keyboard.press('Escape');
      await page.getByRole('tab', { name: 'Tokens' }).click();
      const table = page.getByRole('grid', { name: 'Tokens of Practice' });
      await table.getByText('main', { exact: true }).click();
      await check();
      const tools = page.getByRole('toolbar', { name: 'What to do with tokens' });
      for (const [action, title] of [
        ['Edit', 'Edit main'],
        ['Copy', 'Copy main'],
        ['Generate', 'sipgate makes tokens on its web page'],
        ['Rotate', 'Rotate main'],
        ['Remove', 'Remove main?'],
      ] as const) {
        await tools.getByRole('button', { name: action, exact: true }).click();
        await expect(page.getByRole('dialog', { name: title })).toBeVisible();
        await check();
        await page.keyboard.press('Escape');
      }
      await page.getByRole('button', { name: 'All tokens' }).click();
      await expect(
        page.getByRole('grid', { name: 'All tokens' }).getByText('main', { exact: true }).first(),
      ).toBeVisible();
      await check();
      await page.getByRole('button', { name: /^Practice sipgate/ }).click();
      await page.getByRole('button', { name: 'Actions for main' }).click();
      await expect(page.getByRole('menu')).toBeVisible();
      await check();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Add an app' }).click();
      await page.getByRole('combobox', { name: 'Provider' }).click();
      await expect(page.getByRole('listbox')).toBeVisible();
      await check();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^Actions for Practice/ }).click();
      await page.getByRole('menuitem', { name: 'Check all tokens' }).click();
      await expect(page.getByText(/1 accepted/)).toBeVisible();
      await check();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Settings' }).click();
      await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
      await check();
      await page.getByRole('button', { name: 'Make a recovery code' }).click();
      await expect(page.getByRole('dialog', { name: 'Is it you?' })).toBeVisible();
      await check();
      await confirm(page);
      await expect(page.getByRole('dialog', { name: 'Your recovery code' })).toBeVisible();
      await check();
      await page.getByLabel('I have kept it').check();
      await page.getByRole('button', { name: 'Done' }).click();
      await page.getByRole('button', { name: 'Check now' }).click();
      await expect(page.getByText('nothing is damaged')).toBeVisible();
      await check();
      await page.getByRole('button', { name: 'Lock the vault' }).click();
      await page.getByRole('button', { name: 'Use a recovery code' }).click();
      await check();
    });

    test('timeline and connection fit each size, and axe finds nothing', async ({ tessera: { page } }) => {
      await createVault(page);
      await startPractice(page);
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await page.getByRole('tab', { name: 'Timeline' }).click();
      await page.getByText(/^Sent, /).click();
      await checkScreen(page);
      // Nothing listens at port 1.
      await page.getByLabel('URL or path').fill('http://127.0.0.1:1/there');
      await page.getByLabel('Token', { exact: true }).selectOption('No token');
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await expect(page.getByText('stopped while connecting')).toBeVisible();
      await checkScreen(page);
      await page.getByRole('button', { name: /^Actions for Practice/ }).click();
      await page.getByRole('menuitem', { name: 'Connection…' }).click();
      await page.getByLabel('Which').selectOption('One of its own');
      await page.getByLabel('Check the certificates of servers').uncheck();
      await checkScreen(page);
      await page.getByLabel('Which').selectOption('None');
      await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
      await confirm(page);
      await expect(page.getByText(/takes any certificate/)).toBeVisible();
      await checkScreen(page);
    });

    test('the run of a collection fits each size, and axe finds nothing', async ({ home }) => {
      const folder = join(home, 'checks');
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'opencollection.yml'), 'opencollection: 1.0.0\ninfo:\n  name: Checks\n');
      const request = 'info:\n  name: a request\n  type: http\nhttp:\n  method: GET\n  url: /\n';
      writeFileSync(join(folder, 'one.yml'), request);
      await keep(home, ({ apps }) => {
        // Nothing listens at port 1.
        const { id } = apps.create({ name: 'Phone', baseUrl: 'http://127.0.0.1:1' });
        apps.setCollections(id, [folder]);
      });
      const { page, close } = await openWindow({ home, colorScheme });
      await unlock(page);
      await page.getByRole('button', { name: 'Phone', exact: true }).click();
      await page.getByRole('button', { name: /^Run / }).click();
      await checkScreen(page);
      await page.getByLabel('Further tries of each').fill('1');
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await expect(page.getByText('NETWORK_REFUSED, 2 tries')).toBeVisible();
      await checkScreen(page);
      await close();
    });

    test('an answer with all that can be said of one fits each size, and axe finds nothing', async ({
      home,
    }) => {
      let isFirst = true;
      await using server = await LoopbackServer.start((_request, response) => {
        response.setHeader('Content-Type', 'application/json; charset=utf-8');
        response.setHeader('Set-Cookie', 'sid=a-cookie-made-up-for-it');
        for (const [name, value] of Object.entries({ Limit: 100, Remaining: 3, Reset: 30 })) {
          response.setHeader(`X-RateLimit-${name}`, value);
        }
        response.setHeader('Retry-After', '0');
        response.setHeader('Trailer', 'X-Checksum');
        response.writeHead(isFirst ? 503 : 200);
        isFirst = false;
        response.write(Buffer.from('{"access_token":"made-up-for-the-test","name":"M\xfcller"}', 'latin1'));
        response.addTrailers({ 'X-Checksum': 'abc' });
        response.end();
      });
      await keep(home, ({ apps }) => {
        apps.create({ name: 'Odd', baseUrl: server.url });
      });
      const { page, close } = await openWindow({ home, colorScheme });
      await unlock(page);
      await page.getByRole('button', { name: 'Odd', exact: true }).click();
      await page.getByRole('button', { name: 'New request' }).last().click();
      await page.getByLabel('URL or path').fill('/all-of-it');
      await page.getByRole('tab', { name: 'Settings' }).click();
      await page.getByLabel('Further tries').fill('1');
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      for (const said of ['2 tries', '3 of 100 requests left', '2 secrets masked', '1 byte is not UTF-8']) {
        await expect(page.getByText(said)).toBeVisible();
      }
      await page.getByLabel('Body of the answer').locator('[data-mask]').click();
      await expect(page.getByRole('button', { name: 'Save access_token to the vault' })).toBeVisible();
      await checkScreen(page);
      await page.getByRole('button', { name: 'Save access_token to the vault' }).click();
      await page.getByLabel('Sent as').selectOption('A header of its own');
      await checkScreen(page);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await checkScreen(page);
      await page.getByRole('tab', { name: 'Headers' }).last().click();
      await expect(page.getByText('X-Checksum (trailer)')).toBeVisible();
      await checkScreen(page);
      const add = page.getByRole('button', { name: 'New request', exact: true });
      for (let tabs = 1; tabs < 24; tabs += 1) await add.click();
      await expect(add).toBeInViewport({ ratio: 1 });
      await expect(page.getByRole('tab', { name: 'New request' }).last()).toBeInViewport({ ratio: 1 });
      await close();
    });

    test('bodies of each kind, and what is done with an app and the vault, fit each size', async ({
      tessera: { page },
    }) => {
      test.setTimeout(180_000);
      await createVault(page);
      await startPractice(page);
      await page.getByRole('tab', { name: 'Body' }).click();
      for (const kind of ['JSON', 'GraphQL', 'Form', 'Multipart', 'File']) {
        await page.getByRole('radio', { name: kind, exact: true }).check();
        await checkScreen(page);
      }
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByRole('dialog', { name: 'Save request' })).toBeVisible();
      await checkScreen(page);
      await page.keyboard.press('Escape');
      for (const [action, title] of [
        ['Edit the app…', 'Edit the app'],
        ['Remove the app…', /^Remove Practice/],
      ] as const) {
        await page.getByRole('button', { name: /^Actions for Practice/ }).click();
        await page.getByRole('menuitem', { name: action }).click();
        await expect(page.getByRole('dialog', { name: title })).toBeVisible();
        await checkScreen(page);
        await page.keyboard.press('Escape');
      }
      await page.getByRole('button', { name: 'Settings' }).click();
      for (const [action, title] of [
        ['Change…', 'Change the passphrase'],
        ['Back up…', /^Back up/],
      ] as const) {
        await page.getByRole('button', { name: action }).click();
        await expect(page.getByRole('dialog', { name: title })).toBeVisible();
        await checkScreen(page);
        await page.keyboard.press('Escape');
      }
    });
  });
}
