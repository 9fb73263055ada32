import type {} from '../../renderer/api/tessera.ts';
import { ipcContract } from '../../shared/ipc-contract.ts';
import { createVault, expect, test } from './support/tessera-test.ts';

test('the page has no Node, no Electron, and one way to the main process', async ({ tessera: { page } }) => {
  const found = await page.evaluate(() => ({
    names: ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer', '__dirname'].filter(
      (name) => name in globalThis,
    ),
    features: Object.keys(window.tessera).sort(),
    frozen: Object.isFrozen(window.tessera),
  }));
  expect(found.names).toEqual([]);
  const features = Object.keys(ipcContract).map((name) => name.split('.')[0]);
  expect(found.features).toEqual([...new Set([...features, 'on'])].sort());
});

test('the page cannot run inline script, load from elsewhere or connect anywhere', async ({
  tessera: { page },
}) => {
  const reached = await page.evaluate(async () => {
    const script = document.createElement('script');
    try {
      script.textContent = 'window.inline = true';
      document.body.append(script);
    } catch {
      // Trusted types refuse it before the policy does.
    }
    const connected = await fetch('http://127.0.0.1:9/').then(
      () => true,
      () => false,
    );
    try {
      // As a string it is evaluated by the page itself, later, under the page's policy.
      setTimeout('window.evaluated = true' as never);
    } catch {
      // Trusted types refuse it at once.
    }
    const place = document.createElement('p');
    try {
      place.innerHTML = '<b>bold</b>';
    } catch {
      // Trusted types refuse all HTML but the empty one.
    }
    place.innerHTML = '';
    await new Promise((resolve) => setTimeout(resolve, 0));
    const html = place.querySelector('b') !== null;
    return { inline: 'inline' in window, html, connected, evaluated: 'evaluated' in window };
  });
  expect(reached).toEqual({ inline: false, html: false, connected: false, evaluated: false });
});

test('the page stays where it is, opens no window and gets no permission', async ({ tessera: { page } }) => {
  const before = page.url();
  const opened = await page.evaluate(() => window.open('https://evil.example/') === null);
  expect(opened).toBe(true);
  await page.evaluate(() => {
    window.location.href = 'https://evil.example/';
  });
  await expect(page.getByRole('heading', { name: 'Welcome to Tessera' })).toBeVisible();
  expect(page.url()).toBe(before);
  const permission = await page.evaluate(() =>
    navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state),
  );
  expect(permission).not.toBe('granted');
});

test('calls with input that does not fit are refused by code, without repeating it', async ({
  tessera: { page },
}) => {
  await createVault(page);
  const replies = await page.evaluate(async () => {
    const apps = window.tessera.apps as unknown as Record<string, (input: unknown) => Promise<unknown>>;
    const create = (input: unknown) => apps.create?.(input);
    return [
      await create({ name: '', baseUrl: 'https://a.example' }),
      await create({ name: 'x'.repeat(10_000_000) }),
      await create({ name: 'a', baseUrl: 'javascript:alert(1)' }),
      await create({ name: '<img src=x onerror=alert(1)>', baseUrl: 'https://a.example' }),
      await create(null),
    ];
  });
  expect(
    replies.map((reply) => (reply as { ok: boolean; error?: { code: string } }).error?.code ?? 'ok'),
  ).toEqual(['INVALID_INPUT', 'INVALID_INPUT', 'INVALID_INPUT', 'ok', 'INVALID_INPUT']);
  expect(JSON.stringify(replies)).not.toContain('xxxxxxxx');
});
