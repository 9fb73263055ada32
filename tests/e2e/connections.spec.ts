import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { confirm, createVault, expect, startPractice, test } from './support/tessera-test.ts';

test('an app is given a proxy, tried, and its timeline tells what went over the network', async ({
  tessera: { page },
}) => {
  const heads: string[] = [];
  // A proxy that answers by itself is enough to see that it was asked.
  const proxy = createServer(({ method, url, rawHeaders }, response) => {
    heads.push(`${method} ${url} ${rawHeaders.join(' ')}`);
    response.end('from the proxy');
  });
  // However slow the machine, the connection of the trial is there for the request that follows it.
  proxy.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  try {
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const dialog = page.getByRole('dialog');
    const response = page.getByRole('region', { name: 'Response' });
    const openDialog = async () => {
      await page.getByRole('button', { name: /^Actions for Practice/ }).click();
      await page.getByRole('menuitem', { name: 'Connection…' }).click();
    };
    await createVault(page);
    await startPractice(page);
    await openDialog();
    await dialog.getByLabel('Which').selectOption('One of its own');
    await dialog.getByLabel('URL', { exact: true }).fill('ftp://nowhere');
    await button('Save and try').click();
    await expect(dialog.getByText('a proxy starts with http://')).toBeVisible();
    await dialog.getByLabel('URL', { exact: true }).fill(proxyUrl);
    await dialog.getByLabel('User name').fill('ada');
    await dialog.getByLabel('Password').fill('the-proxys-own');
    await button('Save and try').click();
    await confirm(page);
    await expect(dialog.getByText(`It connects: 200 OK from ${proxyUrl.slice(7)}`)).toBeVisible();
    await expect(dialog.getByText('One is kept. Type to replace it.')).toBeVisible();
    await expect(dialog.getByLabel('Password')).toHaveValue('');
    expect(heads.at(-1)).toContain(Buffer.from('ada:the-proxys-own').toString('base64'));
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(dialog).toHaveCount(0);

    await button('Send').click();
    await page.getByRole('tab', { name: 'Timeline' }).click();
    await expect(response.getByText(`over the proxy ${proxyUrl}`)).toBeVisible();
    await expect(response.getByText('connection used again')).toBeVisible();
    await response.getByText(/^Sent, /).click();
    await expect(response.getByText('Proxy-Authorization: Basic ••••')).toBeVisible();
    await expect(response.getByText('the-proxys-own')).toHaveCount(0);

    await openDialog();
    await dialog.getByLabel('Which').selectOption('None');
    await dialog.getByLabel('Check the certificates of servers').uncheck();
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText(/takes any certificate/)).toBeVisible();
    await page.getByRole('button', { name: 'Change…' }).click();
    await dialog.getByLabel('Check the certificates of servers').check();
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText(/takes any certificate/)).toHaveCount(0);
  } finally {
    proxy.closeAllConnections();
    proxy.close();
  }
});
