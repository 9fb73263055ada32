import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RunningApp } from './support/run-app.ts';

let app: RunningApp;
let page: Page;
let server: Server;
let address: string;
let connections: number;

beforeAll(async () => {
  server = createServer((_request, response) => response.end('reached')).listen(0, '127.0.0.1');
  server.on('connection', () => {
    connections += 1;
  });
  await once(server, 'listening');
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  app = new RunningApp();
  await app.line();
  page = await app.page();
});

beforeEach(async () => {
  connections = 0;
  await app.takeNotes();
});

afterAll(async () => {
  await app.dispose();
  server.close();
});

async function load(url: string): Promise<void> {
  await app.inMain(
    async ({ BrowserWindow }, target) => BrowserWindow.getAllWindows()[0]?.loadURL(target),
    url,
  );
}

describe('a page under a policy', () => {
  it('runs its own scripts and no inline ones', async () => {
    expect(await page.evaluate(() => ['atStart' in window, 'inlineRan' in window])).toEqual([true, false]);
  });

  it('loads nothing that the policy forbids', async () => {
    const violation = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
            once: true,
          });
          document.body.append(Object.assign(new Image(), { src: 'data:image/gif;base64,' }));
        }),
    );
    expect(violation).toBe('img-src');
  });
});

describe('leaving', () => {
  it('by window.open is asked, and opens nothing', async () => {
    expect(await page.evaluate(() => window.open('https://elsewhere.invalid/popup'))).toBeNull();
    await expect.poll(() => app.takeNotes()).toEqual([['open', 'https://elsewhere.invalid/popup']]);
    expect(page.context().pages()).toHaveLength(1);
  });

  it('by a link to another window is asked, and opens nothing', async () => {
    await page.click('#blank');
    await expect.poll(() => app.takeNotes()).toEqual([['open', 'https://elsewhere.invalid/tab']]);
    await expect.poll(() => page.context().pages().length).toBe(1);
  });

  it('by a link is asked, and the page stays', async () => {
    await page.click('#away', { noWaitAfter: true });
    await expect.poll(() => app.takeNotes()).toEqual([['navigate', 'https://elsewhere.invalid/page']]);
    expect(await page.evaluate(() => document.title)).toBe('Probe');
  });

  it('by script is asked under the address that the app knows, and the page stays', async () => {
    await page.evaluate(() => {
      location.href = '/asked';
    });
    await expect.poll(() => app.takeNotes()).toEqual([['navigate', 'app://probe/asked']]);
    expect(await page.evaluate(() => document.title)).toBe('Probe');
  });
});

describe("the app's own protocol", () => {
  it('is asked under its own address', async () => {
    const answer = await page.evaluate(() => fetch('/asked?x=1').then((response) => response.json()));
    expect(answer).toEqual({ url: 'app://probe/asked?x=1', method: 'GET' });
  });

  it('answers with its own status', async () => {
    expect(await page.evaluate(() => fetch('/nowhere').then(({ status }) => status))).toBe(404);
  });

  it('refuses to redirect, which would leave the interception', async () => {
    const outcome = await page.evaluate(() => fetch('/moved').catch((error: Error) => error.name));
    expect(outcome).toBe('TypeError');
    expect(app.errors).toContain('redirect');
  });
});

describe('the network, even without a policy', () => {
  beforeAll(async () => {
    await load('app://probe/lax.html');
    await page.waitForURL('**/lax.html');
  });

  it('is not reached by fetch, picture, frame or socket', async () => {
    const failures = new Set<string | undefined>();
    page.on('requestfailed', (request) => failures.add(request.failure()?.errorText));
    const outcomes = await page.evaluate(async (url) => {
      const settled = <Name extends string>(target: EventTarget, names: readonly Name[]) =>
        Promise.race(
          names.map(
            (name) => new Promise<Name>((resolve) => target.addEventListener(name, () => resolve(name))),
          ),
        );
      const image = Object.assign(new Image(), { src: url });
      const socket = new WebSocket(url.replace('http', 'ws'));
      const frame = document.body.appendChild(Object.assign(document.createElement('iframe'), { src: url }));
      return Promise.all([
        fetch(url).then(
          () => 'load',
          () => 'error',
        ),
        settled(image, ['load', 'error']),
        settled(socket, ['open', 'error']),
        Promise.resolve(frame.contentDocument?.body.textContent),
      ]);
    }, address);
    expect(outcomes).toEqual(['error', 'error', 'error', '']);
    expect(connections).toBe(0);
    // Stopped before the network is asked, which would refuse too: no name resolves there.
    expect([...failures].filter((text) => !text?.startsWith('net::ERR_BLOCKED_BY_CLIENT'))).toEqual([]);
    expect(failures.size).toBeGreaterThan(0);
  });

  it('gives no permission that a page may ask for', async () => {
    const states = await page.evaluate(() =>
      Promise.all(
        (['geolocation', 'notifications', 'camera', 'clipboard-read'] as const).map((name) =>
          navigator.permissions.query({ name: name as PermissionName }).then(({ state }) => state),
        ),
      ),
    );
    expect(states).toEqual(['denied', 'denied', 'denied', 'denied']);
  });

  it('is not reached by the app loading a page from it', async () => {
    await expect(load(address)).rejects.toThrow('could not be loaded');
    expect(connections).toBe(0);
  });
});
