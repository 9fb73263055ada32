import { openConfDocument } from '../../core/storage/conf-document.ts';
import { Tessera } from '../../core/tessera.ts';
import { systemKeychain } from '../../core/vault/system-keychain.ts';
import { CHEAP_KDF } from './temporary-vault.ts';

/** Tessera over a home's folder, as the window and the command have it, but for a passphrase that is cheap to check. */
export function newTessera(home: string, now = () => new Date()): Tessera {
  return new Tessera({ home, openDocument: openConfDocument, keychain: systemKeychain, kdf: CHEAP_KDF, now });
}
