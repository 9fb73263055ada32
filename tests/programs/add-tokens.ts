import { Apps } from '../../core/apps/apps.ts';
import { openConfDocument } from '../../core/storage/conf-document.ts';
import { Tokens } from '../../core/tokens/tokens.ts';
import { systemKeychain } from '../../core/vault/system-keychain.ts';
import { Vault } from '../../core/vault/vault.ts';
import { AppError } from '../../shared/app-error.ts';

/** Adds tokens until it cannot; prints how many there were before each, and at last why it ended. */
const [, , home = '', code = ''] = process.argv;
const vault = new Vault({ home, openDocument: openConfDocument, keychain: systemKeychain });
const now = () => new Date();
const tokens = new Tokens(vault, now);
await vault.unlock({ kind: 'recovery', code });
const base = new Apps(vault, now).find('Base').id;
try {
  for (let count = 0; count < 1000; count += 1) {
    console.log(count);
    tokens.add(base, { name: `token ${count}`, scheme: 'bearer', secret: 'x'.repeat(500) });
  }
} catch (error) {
  console.log(error instanceof AppError ? `${error.code} ${error.message}` : String(error));
}
