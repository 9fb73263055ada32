import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import type { TesseraApi } from '../../shared/ipc-contract.ts';
import { openWindow } from '../open-window.ts';

/** What was seen of one large answer in the real window. */
export interface LargeAnswerFigures {
  readonly name: string;
  /** From the last byte to the first lines in sight, in milliseconds. */
  readonly firstLinesMs: number;
  /** Longest task on the window's thread while scrolling from top to end, in milliseconds; 0: none over 50. */
  readonly longestTaskMs: number;
  /** From the last key to the count of matches, in milliseconds. */
  readonly searchMs: number;
  /** Growth of the page's JavaScript heap, in MB. */
  readonly heapGrowthMb: number;
}

if (import.meta.main) console.table(await measureLargeAnswers());

/** 50 MB of JSON in 400,000 entries, and 8 MB of it on one line, in the real window. Build first. */
export async function measureLargeAnswers(): Promise<LargeAnswerFigures[]> {
  const server = await serve();
  const home = mkdtempSync(join(tmpdir(), 'tessera-bench-window-'));
  const window = await openWindow({ home });
  try {
    const { page } = window;
    await prepare(page, server.url);
    const session = await page.context().newCDPSession(page);
    return [
      await measureOne(page, session, server, '50 MB of JSON', '/big', 'item 399999'),
      await measureOne(page, session, server, '8 MB on one line', '/line', 'needle'),
    ];
  } finally {
    await window.close();
    rmSync(home, { recursive: true, force: true });
    server.close();
  }
}

interface Served {
  readonly url: string;
  /** When the last byte of the last answer was handed to the network, by the clock. */
  readonly lastByteAt: () => number;
  readonly close: () => void;
}

async function serve(): Promise<Served> {
  const text = 'lorem ipsum dolor sit amet consetetur sadipscing elitr sed diam nonumy eirmod tempor';
  const entries = Array.from({ length: 400_000 }, (_, id) =>
    JSON.stringify({ id, name: `item ${id}`, text }),
  );
  const bodies: Readonly<Record<string, readonly [type: string, body: Buffer]>> = {
    '/big': ['application/json', Buffer.from(`[${entries.join(',')}]`)],
    '/line': ['text/plain', Buffer.from(`${'a long line without end '.repeat(350_000)}needle`)],
  };
  let lastByteAt = 0;
  const server = createServer(({ url }, reply) => {
    const [type, body] = bodies[url ?? ''] ?? ['text/plain', Buffer.from('ok')];
    reply.writeHead(200, { 'content-type': type, 'content-length': body.length });
    reply.end(body, () => {
      lastByteAt = Date.now();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, lastByteAt: () => lastByteAt, close: () => server.close() };
}

async function prepare(page: Page, url: string): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).fill('correct horse battery staple');
  await page.getByLabel('Passphrase, once more').fill('correct horse battery staple');
  await page.getByRole('button', { name: 'Create vault' }).click();
  await page.getByRole('heading', { name: 'Your vault is ready' }).waitFor();
  await page.evaluate((baseUrl) => {
    const { tessera } = window as unknown as { readonly tessera: TesseraApi };
    return tessera.apps.create({ name: 'Bench', baseUrl });
  }, url);
  await page.reload();
  await page.getByRole('button', { name: 'Bench', exact: true }).click();
  await page.getByRole('button', { name: 'New request' }).first().click();
}

async function measureOne(
  page: Page,
  session: CDPSession,
  server: Served,
  name: string,
  path: string,
  needle: string,
): Promise<LargeAnswerFigures> {
  const heap = async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return usedSize;
  };
  const before = await heap();
  await page.getByLabel('URL or path').fill(path);
  const shownAt = page.evaluate(firstLinesShown, path === '/line');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const firstLinesMs = (await shownAt) - server.lastByteAt();

  const body = page.getByLabel('Body of the answer');
  const longestTaskMs = await body.evaluate(scrollThrough);

  await body.press('Control+f');
  const input = page.getByLabel('Find in the body');
  // Found often: the search that is measured is for what is found once.
  await input.fill('l');
  await page.getByRole('search').getByText(/ of /).waitFor();
  const start = Date.now();
  await input.fill(needle);
  await page.evaluate(oneMatchCounted);
  const searchMs = Date.now() - start;
  const heapGrowthMb = ((await heap()) - before) / 1e6;
  await page.getByRole('button', { name: 'Close the search' }).click();
  return { name, firstLinesMs, longestTaskMs, searchMs, heapGrowthMb };
}

/** In the page. @returns when a complete answer's rows are in sight, by the clock */
function firstLinesShown(isOneLine: boolean): Promise<number> {
  return new Promise((resolve) => {
    const look = () => {
      const response = document.querySelector('section[aria-label="Response"][aria-busy="false"]');
      // Laid out: while it came it was one line.
      const rows = response?.querySelectorAll('[role="textbox"] [data-line]') ?? [];
      const isShown =
        (rows[isOneLine ? 0 : 1]?.getAttribute('data-line') ?? '').trim() === (isOneLine ? '1' : '2');
      if (isShown) resolve(Date.now());
      else requestAnimationFrame(look);
    };
    // What is there of the last answer goes first.
    const wait = () => {
      if (document.querySelector('section[aria-label="Response"][aria-busy="true"]') !== null) look();
      else requestAnimationFrame(wait);
    };
    wait();
  });
}

/** In the page. Resolves when one match is counted. */
function oneMatchCounted(): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (document.querySelector('search [role="status"]')?.textContent === '1 of 1') resolve();
      else requestAnimationFrame(look);
    };
    look();
  });
}

/** In the page: scrolls from top to end in steps of many rows, a step a frame. @returns its longest task, in ms */
async function scrollThrough(element: Element): Promise<number> {
  let longest = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  observer.observe({ type: 'longtask' });
  const steps = 150;
  for (let step = 1; step <= steps; step += 1) {
    element.scrollTop = ((element.scrollHeight - element.clientHeight) * step) / steps;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
  observer.disconnect();
  return longest;
}
