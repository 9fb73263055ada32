import { openWindow } from '../../scripts/open-window.ts';
import { HttpRecorder } from '../support/http-recorder.ts';
import { keep } from './support/keep-tokens.ts';
import { expect, test, unlock } from './support/tessera-test.ts';

test('a default token is chosen in the form of its app, and requests that name none use it', async ({
  home,
}) => {
  const service = await HttpRecorder.start();
  await keep(home, ({ apps, tokens }) => {
    const { id } = apps.create({ name: 'Phone', baseUrl: service.url });
    for (const name of ['first', 'second'])
      tokens.add(id, { name, scheme: 'bearer', secret: `the-secret-of-${name}` });
  });
  const window = await openWindow({ home });
  try {
    const { page } = window;
    await unlock(page);
    await page.getByRole('button', { name: 'Phone', exact: true }).click();
    await page.getByRole('button', { name: /^Actions for Phone/ }).click();
    await page.getByRole('menuitem', { name: 'Edit the app…' }).click();
    const form = page.getByRole('dialog', { name: 'Edit the app' });
    await expect(form.getByLabel('Default token')).toHaveValue('');
    await form.getByLabel('Default token').selectOption('second');
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(form).toBeHidden();

    await page.keyboard.press('Control+n');
    await page.getByLabel('URL or path').fill('/me');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect.poll(() => service.requests[0]?.headers.authorization).toBe('Bearer the-secret-of-second');
  } finally {
    await window.close();
    service.close();
  }
});

test('a default token that is not in the vault is shown as that, and can be given up', async ({ home }) => {
  await keep(home, ({ apps, tokens }) => {
    const { id } = apps.create({ name: 'Phone', baseUrl: 'https://phone.example.com' });
    tokens.add(id, { name: 'first', scheme: 'bearer', secret: 'the-secret-of-first' });
    apps.update(id, { defaultToken: 'gone' });
  });
  const window = await openWindow({ home });
  try {
    const { page } = window;
    await unlock(page);
    await page.getByRole('button', { name: 'Phone', exact: true }).click();
    await page.keyboard.press('Control+n');
    await expect(page.getByRole('option', { name: 'Default: gone (not in the vault)' })).toBeAttached();

    await page.getByRole('button', { name: /^Actions for Phone/ }).click();
    await page.getByRole('menuitem', { name: 'Edit the app…' }).click();
    const form = page.getByRole('dialog', { name: 'Edit the app' });
    await expect(
      form.getByRole('option', { name: 'gone (not in the vault)', selected: true }),
    ).toBeAttached();
    await form.getByLabel('Default token').selectOption('None');
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('option', { name: 'Default: first' })).toBeAttached();
  } finally {
    await window.close();
  }
});
