import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openConfDocument } from '../../../core/storage/conf-document.ts';
import { deriveKey } from '../../../core/vault/kdf.ts';
import { slotContext } from '../../../core/vault/key-slot.ts';
import { unseal } from '../../../core/vault/seal.ts';
import { readVaultDocument } from '../../../core/vault/vault-document.ts';
import { findInMemory } from '../../support/process-memory.ts';
import { PASSPHRASE, TemporaryHome } from '../../support/temporary-vault.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', 'programs', 'lock-and-wait.ts');
// The second has every kind of character that some encoding writes in another way.
const SECRETS = ['f3b1c6a0-77d2-4a58-9b8e-5c1d0e2f4a69', 'ä/+"<\\&\' zq7-longer-than-a-pointer-%$'] as const;

let child: ChildProcess | undefined;
afterEach(() => child?.kill('SIGKILL'));

/** The keys of a vault, as somebody who has its files and its passphrase gets them. */
async function keysOf(home: TemporaryHome): Promise<Record<string, Buffer>> {
  const document = readVaultDocument(openConfDocument(join(home.path, 'vault.json')));
  const slot = document?.slots[0];
  if (document === undefined || slot?.kind !== 'passphrase') throw new Error('The vault has no passphrase.');
  const slotKey = await deriveKey(PASSPHRASE, Buffer.from(slot.kdf.salt, 'base64'), slot.kdf);
  const vaultKey = unseal(slotKey, slot.wrappedKey, slotContext(document.vaultId, slot));
  const appKeys = Object.entries(document.apps).map(([appId, { wrappedKey }], index) => [
    `app key ${index}`,
    unseal(vaultKey, wrappedKey, ['tessera-vault', 1, document.vaultId, 'app-key', appId]),
  ]);
  return { 'slot key': slotKey, 'vault key': vaultKey, ...Object.fromEntries(appKeys) };
}

async function said(process: ChildProcess, word: string): Promise<void> {
  let output = '';
  for await (const [chunk] of on(process)) {
    output += String(chunk);
    if (output.includes(word)) return;
  }
}

async function* on(process: ChildProcess): AsyncGenerator<[unknown]> {
  while (process.stdout !== null) yield (await once(process.stdout, 'data')) as [unknown];
}

describe.skipIf(process.platform !== 'linux')('the memory of a process', () => {
  it('holds the keys while the vault is open, and neither keys nor secrets once it is locked', async () => {
    using home = new TemporaryHome();
    const { vault, apps, tokens } = await home.create();
    for (const [index, secret] of SECRETS.entries()) {
      const app = apps.create({ name: `App ${index}` });
      tokens.add(app.id, { name: 'main', scheme: 'bearer', secret });
    }
    vault.close();
    const keys = await keysOf(home);
    const secrets = Object.fromEntries(SECRETS.map((secret) => [secret, Buffer.from(secret)]));
    child = spawn(process.execPath, [PROGRAM, home.path, PASSPHRASE], { stdio: ['pipe', 'pipe', 'inherit'] });
    const pid = child.pid ?? 0;
    await said(child, 'open');
    // That the keys are found now is what makes not finding them later worth something.
    const whileOpen = findInMemory(pid, keys);
    expect(whileOpen['vault key']).toBeGreaterThan(0);
    child.stdin?.write('lock\n');
    await said(child, 'locked');
    const afterwards = findInMemory(pid, { ...keys, ...secrets });
    expect(Object.entries(afterwards).filter(([, count]) => count > 0)).toEqual([]);
  });
});
