import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Apps } from '../../core/apps/apps.ts';
import { openConfDocument } from '../../core/storage/conf-document.ts';
import { Tokens } from '../../core/tokens/tokens.ts';
import { systemKeychain } from '../../core/vault/system-keychain.ts';
import { Vault } from '../../core/vault/vault.ts';

export const PASSPHRASE = 'correct horse battery staple';

/** The cheapest that the vault accepts: tests open many vaults. */
export const CHEAP_KDF = { memoryKiB: 19 * 1024, iterations: 2, parallelism: 1 } as const;

/** A home in a folder of its own, gone at the end of the block that declared it with `using`. */
export class TemporaryHome {
  readonly path = mkdtempSync(join(tmpdir(), 'tessera-home-'));

  /** Another look at the same home, as another process would have it. */
  open(now = () => new Date()) {
    const vault = new Vault({
      home: this.path,
      openDocument: openConfDocument,
      keychain: systemKeychain,
      kdf: CHEAP_KDF,
    });
    return { vault, apps: new Apps(vault, now), tokens: new Tokens(vault, now) };
  }

  /** A new vault in it, unlocked. */
  async create() {
    const opened = this.open();
    await opened.vault.create(PASSPHRASE);
    return opened;
  }

  /** The vault in it, unlocked. */
  async unlock() {
    const opened = this.open();
    await opened.vault.unlock({ kind: 'passphrase', passphrase: PASSPHRASE });
    return opened;
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
