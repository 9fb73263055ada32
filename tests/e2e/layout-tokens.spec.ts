import { openWindow } from '../../scripts/open-window.ts';
import { checkScreen } from './support/check-screen.ts';
import { keepFindings } from './support/keep-findings.ts';
import { inDays, keep } from './support/keep-tokens.ts';
import { test as atProvider, openApp } from './support/practice-test.ts';
import { confirm, expect, PASSPHRASE, test, unlock } from './support/tessera-test.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('Home and Health fit each size, full and empty, and axe finds nothing', async ({ home }) => {
      await keep(home, ({ apps, tokens }) => {
        const { id } = apps.create({ name: 'Phone', allowedOrigins: ['http://phone.internal'] });
        const common = { scheme: 'bearer', secret: 'the very same value' } as const;
        tokens.add(id, { ...common, name: 'main', expiresAt: inDays(3) });
        for (const name of ['one', 'a token whose name is as long as names of tokens hardly ever are']) {
          tokens.add(id, { ...common, name, expiresAt: inDays(20) });
        }
      });
      const { page, close } = await openWindow({ home, colorScheme });
      await unlock(page);
      await checkScreen(page);
      await page.getByRole('button', { name: /: one, a token.* expire$/ }).click();
      await expect(page.getByRole('menu')).toBeVisible();
      await checkScreen(page);
      await page.keyboard.press('Escape');
      await page
        .getByRole('navigation')
        .getByRole('button', { name: /^Health/ })
        .click();
      await expect(page.getByText(/have the same value/)).toBeVisible();
      await checkScreen(page);
      const dismiss = page.getByRole('button', { name: /^Dismiss:/ });
      for (let left = await dismiss.count(); left > 0; left -= 1) {
        await dismiss.first().click();
        await expect(dismiss).toHaveCount(left - 1);
      }
      await expect(page.getByRole('heading', { name: 'Nothing to do' })).toBeVisible();
      await checkScreen(page);
      await close();
    });

    test('tokens of every state, and what is done with them, fit each size, and axe finds nothing', async ({
      home,
    }) => {
      test.setTimeout(180_000);
      await keep(home, ({ apps, tokens }) => {
        const { id } = apps.create({ name: 'Phone', provider: 'sipgate', baseUrl: 'http://phone.internal' });
        const common = { scheme: 'basic', tokenId: 'token-Ab12Cd', secret: 'one of many' } as const;
        for (const [name, days] of Object.entries({ far: 90, near: 20, urgent: 3, last: 0.5, old: -3 })) {
          tokens.add(id, { ...common, name, expiresAt: inDays(days), scopes: ['account:read', 'all'] });
        }
        const { id: tokenId } = tokens.add(id, { ...common, name: 'leaked' });
        tokens.markCompromised([{ appId: id, tokenId }], true);
      });
      const { page, close } = await openWindow({ home, colorScheme });
      await unlock(page);
      await page.getByRole('button', { name: 'All tokens' }).click();
      const table = page.getByRole('grid', { name: 'All tokens' });
      await table.getByText('far', { exact: true }).click();
      await table.getByText('near', { exact: true }).click({ modifiers: ['Shift'] });
      await checkScreen(page);
      const tools = page.getByRole('toolbar', { name: 'What to do with tokens' });
      await page.setViewportSize({ width: 960, height: 640 });
      const tops = await tools
        .getByRole('button')
        .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().top));
      expect(new Set(tops).size, 'rows of tools').toBe(1);
      await page.getByLabel('Search tokens').fill('not one of them');
      await expect(table.getByRole('rowheader')).toHaveCount(0);
      await checkScreen(page);
      await page.getByLabel('Search tokens').fill('');
      await table.getByText('old', { exact: true }).click();
      await tools.getByRole('button', { name: 'Rotate' }).click();
      await page.getByLabel('New value').selectOption('generated');
      await checkScreen(page);
      await page.getByRole('button', { name: 'Regenerate' }).click();
      const question = page.getByRole('dialog', { name: 'Is it you?' });
      await question.getByLabel('Passphrase').fill('not the passphrase');
      await page.keyboard.press('Enter');
      await expect(question.getByText('WRONG_PASSPHRASE')).toBeVisible();
      await checkScreen(page);
      await question.getByLabel('Passphrase').fill(PASSPHRASE);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog', { name: 'The secret of old' })).toBeVisible();
      await checkScreen(page);
      await page.getByRole('button', { name: 'Done' }).click();
      await tools.getByRole('button', { name: 'Remove' }).click();
      await page.getByRole('button', { name: 'Remove token' }).click();
      await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
      await checkScreen(page);
      await close();
    });

    test('Health over thousands of tokens fits each size, and axe finds nothing', async ({ home }) => {
      await keepFindings(home, { expired: 3, neverExpiring: 3_000 });
      const { page, close } = await openWindow({ home, colorScheme });
      await unlock(page);
      await page
        .getByRole('navigation')
        .getByRole('button', { name: /^Health/ })
        .click();
      await page.getByRole('button', { name: 'Show all 3,000' }).click();
      await page.getByRole('button', { name: 'Next page of Never expire' }).click();
      await expect(page.getByText('51–100 of 3,000')).toBeVisible();
      await checkScreen(page);
      await page.getByRole('button', { name: /^Dismiss all 3: / }).click();
      await page.getByRole('button', { name: 'Show 3 dismissed' }).click();
      await expect(page.getByRole('heading', { name: 'Dismissed' })).toBeVisible();
      await checkScreen(page);
      await page.getByLabel('Search findings').fill('nothing like it');
      await expect(page.getByText('No finding fits.')).toBeVisible();
      await checkScreen(page);
      await close();
    });

    atProvider(
      'the steps of a sign-in fit each size, and axe finds nothing',
      async ({ tessera: { page }, practice }) => {
        await openApp(page, 'portsip');
        await page.getByRole('button', { name: 'Sign in for a token' }).click();
        const form = page.getByRole('dialog', { name: /^Sign in for/ });
        const { username, password } = practice.login('portsip', 'practice-two-factor');
        await form.getByLabel('Name', { exact: true }).fill('signed in');
        await form.getByLabel('User name').fill(username);
        await form.getByLabel('Password', { exact: true }).fill('wrong');
        await form.getByRole('button', { name: 'Add and connect' }).click();
        const connect = page.getByRole('dialog', { name: 'Connect signed in' });
        await expect(connect.getByText('LOGIN_FAILED')).toBeVisible();
        await checkScreen(page);
        await connect.getByLabel(/^Password of/).fill(password);
        await connect.getByRole('button', { name: 'Connect', exact: true }).click();
        await expect(connect.getByLabel('Code')).toBeVisible();
        await checkScreen(page);
      },
    );

    atProvider(
      'tokens at their provider fit each size, and axe finds nothing',
      async ({ tessera: { page }, practice }) => {
        const { password } = practice.login('virtuozzo', 'practice@practice.example');
        await openApp(page, 'virtuozzo');
        await page.getByRole('tab', { name: 'Tokens' }).click();
        const tools = page.getByRole('toolbar', { name: 'What to do with tokens' });
        const open = async (action: string, title: RegExp) => {
          await tools.getByRole('button', { name: action, exact: true }).click();
          await expect(page.getByRole('dialog', { name: title })).toBeVisible();
        };
        await open('Generate', /^Generate a token at/);
        await page.getByRole('textbox', { name: 'Name' }).fill('ci');
        await page.getByLabel('users.account.GetUserInfo').check();
        await checkScreen(page);
        await page.getByRole('button', { name: 'Generate token' }).click();
        await confirm(page);
        await expect(page.getByText('PROVIDER_REFUSED')).toBeVisible();
        await checkScreen(page);
        await page.getByLabel('Password of the account').fill(password);
        await page.getByRole('button', { name: 'Generate token' }).click();
        await page.getByText('What was exchanged').click();
        await checkScreen(page);
        await page.getByRole('button', { name: 'Done' }).click();
        await page
          .getByRole('grid', { name: /^Tokens of/ })
          .getByText('ci', { exact: true })
          .click();
        await open('Rotate', /^Regenerate ci/);
        await checkScreen(page);
        await page.keyboard.press('Escape');
        await open('Remove', /^Remove ci at/);
        await checkScreen(page);
        await page.keyboard.press('Escape');
        await open('Refresh', /^Tokens of virtuozzo at/);
        await expect(page.getByRole('region', { name: /^Only at/ })).toBeVisible();
        await page.getByText('What was exchanged').click();
        await checkScreen(page);
      },
    );
  });
}
