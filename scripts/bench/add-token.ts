import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillVault } from './fill-vault.ts';
import { median } from './measure.ts';

const TOKENS_AN_APP = 1_000;
const ADDS = 25;

/**
 * Milliseconds to add one token to an app of a thousand: in a vault of that app alone, and in one of ten such apps.
 * Turn by turn, so that both see the same machine.
 */
export async function measureAddToken(): Promise<{ readonly alone: number; readonly amongTen: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-bench-'));
  try {
    const vaults = [
      await fillVault(join(folder, 'alone'), { apps: 1, tokensAnApp: TOKENS_AN_APP }),
      await fillVault(join(folder, 'among-ten'), { apps: 10, tokensAnApp: TOKENS_AN_APP }),
    ].map((filled) => ({ ...filled, times: [] as number[] }));
    for (let added = 0; added < ADDS; added += 1) {
      for (const { tokens, appIds, times } of vaults) {
        const start = performance.now();
        tokens.add(appIds[0] ?? '', { name: `added ${added}`, scheme: 'bearer', secret: `secret ${added}` });
        times.push(performance.now() - start);
      }
    }
    for (const { vault } of vaults) vault.close();
    const [alone = Number.NaN, amongTen = Number.NaN] = vaults.map(({ times }) => median(times));
    return { alone, amongTen };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
