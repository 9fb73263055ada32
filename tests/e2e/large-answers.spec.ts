import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { createVault, expect, test } from './support/tessera-test.ts';

const ENTRIES = 400_000;
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Streams that are open: a test goes on with them. */
const streams: ServerResponse[] = [];

const answer: RequestListener = ({ url }, reply) => {
  const say = (contentType: string, body: string | Buffer) => {
    reply.writeHead(200, { 'content-type': contentType }).end(body);
  };
  if (url === '/big') say('application/json', bigJson());
  else if (url === '/line')
    say('application/json', JSON.stringify({ long: `${'x'.repeat(8_000_000)} needle` }));
  else if (url === '/picture') say('image/png', Buffer.from(PIXEL, 'base64'));
  else if (url === '/bytes') say('application/octet-stream', Buffer.from([0, 1, 2, 0x41, 0xff]));
  else if (url === '/page') say('text/html', '<h1>Not a heading</h1>\n<script>window.evil = true</script>');
  else {
    reply.writeHead(200, { 'content-type': 'text/event-stream' });
    streams.push(reply);
    reply.write('event: tick\nid: 1\ndata: the first\n\n');
  }
};

/** 50 MB. */
function bigJson(): string {
  const text = 'lorem ipsum dolor sit amet consetetur sadipscing elitr sed diam nonumy eirmod tempor';
  const entries = Array.from({ length: ENTRIES }, (_, id) =>
    JSON.stringify({ id, name: `item ${id}`, text }),
  );
  return `[${entries.join(',')}]`;
}

let server: Server;
test.beforeAll(async () => {
  server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
test.afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** An app of the server, with a request open. */
async function openRequest(page: Page): Promise<(path: string) => Promise<void>> {
  await createVault(page);
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await page.evaluate((url) => window.tessera.apps.create({ name: 'Large', baseUrl: url }), baseUrl);
  await page.reload();
  await page.getByRole('button', { name: 'Large', exact: true }).click();
  await page.getByRole('button', { name: 'New request' }).first().click();
  return async (path) => {
    await page.getByLabel('URL or path').fill(path);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
  };
}

test('50 MB of JSON is laid out, searched and gone through, and little of it is in the page', async ({
  tessera: { page },
}) => {
  const send = await openRequest(page);
  await send('/big');
  const body = page.getByLabel('Body of the answer');
  await expect(body).toContainText('"name": "item 0"', { timeout: 60_000 });
  await expect(page.getByText('2,000,002 lines')).toBeVisible();

  await body.press('Control+f');
  const find = page.getByLabel('Find in the body');
  await expect(find).toBeFocused();
  await find.fill('ITEM 39999');
  const search = page.getByRole('search');
  await expect(search.getByText('1 of 11')).toBeVisible();
  await expect(body.locator('[data-match="current"]')).toHaveText('item 39999');
  await find.press('Shift+Enter');
  await expect(search.getByText('11 of 11')).toBeVisible();
  await expect(body).toContainText('"item 399999"');
  await search.getByRole('button', { name: 'Match case' }).click();
  await expect(search.getByText('Nothing found')).toBeVisible();
  await search.getByRole('button', { name: 'Regular expression' }).click();
  await find.fill('(');
  await expect(search.getByText(/no regular expression/)).toBeVisible();
  await find.press('Escape');
  await expect(search).toBeHidden();

  await page.getByLabel('Go to line').fill('1000000');
  await page.getByLabel('Go to line').press('Enter');
  await expect(body.locator('[data-line="1000000"]')).toBeVisible();
  await body.press('End');
  await expect(body.locator('[data-line="2000002"]')).toHaveText(']');
  await body.press('Home');
  await expect(body.locator('[data-line="      1"]')).toHaveText('[');
  expect(await body.locator('[data-line]').count()).toBeLessThan(200);

  await page.getByRole('button', { name: 'Raw', exact: true }).click();
  await expect(page.getByText('1 line', { exact: true })).toBeVisible();
  await expect(body).toContainText('[{"id":0,"name":"item 0"');
});

test('a line of 8 MB goes on in rows, and what is at its end is found', async ({ tessera: { page } }) => {
  const send = await openRequest(page);
  await send('/line');
  const body = page.getByLabel('Body of the answer');
  await expect(body).toContainText('"long": "xxx');
  await page.getByRole('button', { name: 'Find…' }).click();
  await page.getByLabel('Find in the body').fill('needle');
  await expect(page.getByRole('search').getByText('1 of 1')).toBeVisible();
  await expect(body.locator('[data-match="current"]').first()).toBeInViewport();
  await page.getByRole('button', { name: 'Do not wrap' }).click();
  await expect(body).toContainText('"long": "xxx');
});

test('a stream is shown as its events come, and cancelled keeps them', async ({ tessera: { page } }) => {
  const send = await openRequest(page);
  await send('/events');
  const events = page.getByLabel('Body of the answer');
  await expect(events.getByRole('row', { name: /tick 1 the first/ })).toBeVisible();
  streams.at(-1)?.write('data: the second\n\n');
  await expect(events.getByRole('row', { name: /message the second/ })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText(/Cancelled while the answer came/)).toBeVisible();
  await expect(events.getByRole('row')).toHaveCount(3);
  await page.getByRole('button', { name: 'Raw', exact: true }).click();
  await expect(page.getByLabel('Body of the answer')).toContainText('data: the second');
});

test('a picture is shown, other bytes as hex, and a page as its text', async ({ tessera: { page } }) => {
  const send = await openRequest(page);
  await send('/picture');
  const picture = page.getByRole('img', { name: 'Body of the answer' });
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  await send('/bytes');
  await expect(page.getByLabel('Body of the answer')).toContainText('00 01 02 41 ff');
  await send('/page');
  await expect(page.getByLabel('Body of the answer')).toContainText('<script>window.evil = true</script>');
  expect(await page.evaluate(() => 'evil' in window)).toBe(false);
});

test('a lock takes the answer out of the window', async ({ tessera: { page } }) => {
  const send = await openRequest(page);
  await send('/page');
  await expect(page.getByLabel('Body of the answer')).toContainText('Not a heading');
  await page.getByRole('button', { name: 'Lock the vault' }).click();
  await expect(page.locator('body')).not.toContainText('Not a heading');
});
