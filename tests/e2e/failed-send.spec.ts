import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { confirm, createVault, expect, startPractice, test } from './support/tessera-test.ts';

test('a request that got no answer shows how far it came', async ({ tessera: { page } }) => {
  const server = createServer((_request, response) => {
    // Nothing listens at port 1.
    response.writeHead(302, { Location: 'http://127.0.0.1:1/there' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const response = page.getByRole('region', { name: 'Response' });
    await createVault(page);
    await startPractice(page);
    await page.getByLabel('URL or path').fill(`${url}/here`);
    await page.getByLabel('Token', { exact: true }).selectOption('No token');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(response.getByRole('alert')).toContainText('NETWORK_REFUSED');
    const timeline = response.getByRole('region', { name: 'Timeline' });
    await expect(timeline.getByText(`GET ${url}/here`)).toBeVisible();
    await expect(timeline.getByText('GET http://127.0.0.1:1/there')).toBeVisible();
    await expect(timeline.getByText('stopped while connecting')).toBeVisible();
    await timeline.getByText(/^Received, /).click();
    await expect(timeline.getByText('HTTP/1.1 302 Found')).toBeVisible();
  } finally {
    server.close();
  }
});

test('an origin that is not allowed is put into the form of the app, and allowed by the user alone', async ({
  tessera: { page },
}) => {
  const server = createServer((_request, response) => response.end('from elsewhere'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    await createVault(page);
    await startPractice(page);
    await page.getByLabel('URL or path').fill(`${origin}/there`);
    await page.keyboard.press('Control+Enter');
    const allow = page.getByRole('button', { name: `Allow ${origin} for Practice sipgate…` });
    await allow.click();
    const dialog = page.getByRole('dialog', { name: 'Edit the app' });
    const origins = dialog.getByLabel('Allowed origins');
    await expect(origins).toBeFocused();
    await expect(origins).toHaveValue(new RegExp(` ${origin}$`));
    await page.keyboard.press('Escape');
    await expect(allow).toBeFocused();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('ORIGIN_NOT_ALLOWED')).toBeVisible();
    await allow.click();
    await page.keyboard.press('Enter');
    await confirm(page);
    await page.getByRole('button', { name: 'Send again' }).click();
    await expect(page.getByLabel('Body of the answer')).toContainText('from elsewhere');
  } finally {
    server.close();
  }
});
