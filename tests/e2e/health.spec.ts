import { openWindow } from '../../scripts/open-window.ts';
import { inDays, keep } from './support/keep-tokens.ts';
import { expect, test, unlock } from './support/tessera-test.ts';

test('Health is reached from Home, leads to what it found, and is told when it is mended', async ({
  home,
}) => {
  await keep(home, ({ apps, tokens }) => {
    const phone = apps.create({ name: 'Phone', allowedOrigins: ['http://phone.internal'] });
    const billing = apps.create({ name: 'Billing' });
    const common = { scheme: 'bearer', expiresAt: inDays(60) } as const;
    tokens.add(phone.id, { ...common, name: 'main', secret: 'the very same value' });
    tokens.add(billing.id, { ...common, name: 'copy', secret: 'the very same value' });
    tokens.add(billing.id, { ...common, name: 'endless', secret: 'one of its own', expiresAt: null });
  });
  const { page, close } = await openWindow({ home });
  await unlock(page);
  await expect(page.getByRole('navigation').getByRole('button', { name: 'Health, 2 serious' })).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Health 2 serious, 1 hint' }).click();
  await expect(page.getByText('copy of Billing and main of Phone have the same value.')).toBeVisible();
  await expect(page.getByText('the very same value')).toBeHidden();

  await page.getByRole('button', { name: 'Open the token endless' }).click();
  await expect(page.getByRole('row', { name: /endless/ })).toBeFocused();

  await page.getByRole('button', { name: /^Health/ }).click();
  await page.getByRole('button', { name: 'Edit the app Phone' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Allowed origins').fill('');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/unencrypted\.$/)).toBeHidden();

  await page.getByRole('button', { name: /^Dismiss: copy of Billing/ }).click();
  await expect(page.getByText('have the same value')).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('have the same value')).toBeVisible();
  for (const title of [/^Dismiss: copy of Billing/, /^Dismiss: endless/]) {
    await page.getByRole('button', { name: title }).click();
  }
  await expect(page.getByRole('heading', { name: 'Nothing to do' })).toBeVisible();
  await page.getByRole('button', { name: 'Show 2 dismissed' }).click();
  await page.getByRole('button', { name: /^Count again: endless/ }).click();
  await expect(page.getByText('1 hint')).toBeVisible();
  await close();
});
