import { openWindow } from '../../scripts/open-window.ts';
import { inDays, keep } from './support/keep-tokens.ts';
import { confirm, expect, test, unlock } from './support/tessera-test.ts';

test('the editor warns of a date in the past, and puts in what the provider says', async ({ home }) => {
  await keep(home, ({ apps, tokens }) => {
    const { id } = apps.create({ name: 'Code', provider: 'github' });
    const token = tokens.add(id, {
      name: 'main',
      scheme: 'bearer',
      secret: 'ghp_of_this_test',
      scopes: ['gist'],
      expiresAt: inDays(20),
    });
    const check = {
      at: new Date().toISOString(),
      outcome: 'accepted' as const,
      identity: 'ada',
      message: 'The provider accepts it.',
      expiresAt: '2099-10-07T19:07:53.000Z',
      scopes: ['repo', 'gist'],
    };
    tokens.keepChecks(id, [{ token, changesOf: () => ({ check }) }]);
  });
  const window = await openWindow({ home });
  try {
    const { page } = window;
    await unlock(page);
    await page.getByRole('button', { name: 'All tokens' }).click();
    await page.getByRole('row', { name: 'main', exact: true }).dblclick();
    const editor = page.getByRole('dialog', { name: 'Edit main' });
    await editor.getByLabel('Expires').fill('2020-01-31');
    await expect(editor.getByText('This date is in the past')).toBeVisible();
    await expect(editor.getByRole('button', { name: 'Save as expired' })).toBeVisible();
    await editor.getByRole('button', { name: 'Use the provider’s expiry and scopes' }).click();
    await expect(editor.getByLabel('Expires')).toHaveValue('2099-10-07T19:07:53Z');
    await expect(editor.getByText('This date is in the past')).toBeHidden();
    await expect(editor.getByRole('button', { name: /^Use the provider’s/ })).toBeHidden();
    await editor.getByRole('button', { name: 'Save' }).click();
    await confirm(page);
    await expect(editor).toBeHidden();
    await expect(page.getByRole('row', { name: 'main', exact: true })).toContainText('2099');
  } finally {
    await window.close();
  }
});
