import { expect, test, vi } from 'vitest';
import { recorded } from '../../support/recording-electron.ts';

vi.mock('electron', async () => (await import('../../support/recording-electron.ts')).recordingElectron());

test('the window’s requests ask the system which proxy leads to a URL', async () => {
  const { resolveProxy } = await import('../../../electron/connections/resolve-proxy.ts');
  recorded.proxy = 'PROXY proxy.test:8080';
  expect(await resolveProxy('https://api.example.com/')).toBe('PROXY proxy.test:8080');
  expect(recorded.proxyAskedFor).toEqual(['https://api.example.com/']);
});
