import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readColumnText } from '../../../shared/column-text.ts';
import { ipcContract } from '../../../shared/ipc-contract.ts';
import { handlersOver } from '../../support/handlers-over-vault.ts';
import { recordingElectron } from '../../support/recording-electron.ts';

vi.mock('electron', () => recordingElectron());

let vault: Awaited<ReturnType<typeof handlersOver>>;
beforeEach(async () => {
  vault = await handlersOver();
  return () => vault.home[Symbol.dispose]();
});

/** Another token of the app, which never expires. */
const addEndless = (name: string) =>
  vault.tessera.tokens.add(vault.key.appId, { name, scheme: 'bearer', secret: `the secret of ${name}` });

describe('health through the window', () => {
  it('is what the vault’s own report says', async () => {
    addEndless('second');
    const { findings, ...looked } = await vault.call('health.report', undefined);
    const report = await vault.tessera.health.report(null);
    expect({ ...looked, findings: readColumnText(findings) }).toEqual(report);
    expect(report.findings).toHaveLength(2);
  });

  it('counts what is not dismissed', async () => {
    addEndless('second');
    expect(await vault.call('health.counts', undefined)).toEqual({ high: 0, medium: 0, low: 2 });
    const { appId, tokenId } = vault.key;
    const findings = [{ appId, findingId: `no-expiry:${tokenId}` }];
    await vault.call('health.setDismissed', { findings, isDismissed: true });
    expect(await vault.call('health.counts', undefined)).toEqual({ high: 0, medium: 0, low: 1 });
  });

  it.each([
    ['no finding', []],
    ['an app that is not named by its id', [{ appId: 'Phone', findingId: 'unused:x' }]],
    ['a finding without its id', [{ appId: randomUUID(), findingId: '' }]],
  ])('refuses to dismiss %s', (_what, findings) => {
    const { input } = ipcContract['health.setDismissed'];
    expect(input.safeParse({ findings, isDismissed: true }).success).toBe(false);
  });
});
