import { openConfDocument } from '../../core/storage/conf-document.ts';
import { Tessera } from '../../core/tessera.ts';
import { systemKeychain } from '../../core/vault/system-keychain.ts';

/**
 * Opens the vault in the folder that is given, does with its tokens what needs their secrets, says so,
 * and locks when told on standard input. What its memory holds then is for the test to look at.
 */
const [, , home = '', passphrase = ''] = process.argv;
const tessera = new Tessera({ home, openDocument: openConfDocument, keychain: systemKeychain });
await tessera.vault.unlock({ kind: 'passphrase', passphrase });
for (const { id, appId } of tessera.tokens.list(null)) {
  tessera.secretIn(appId, 'a file that is about to be written');
  tessera.tokens.secrets.open({ appId, tokenId: id }).fill(0);
}
tessera.vault.repair.report();
// Something that needs the app's redactor, which knows all secrets: an answer that nobody gives.
for (const { id: appId } of tessera.apps.list()) {
  await tessera
    .send(appId, { method: 'GET', url: 'http://127.0.0.1:1/', auth: { kind: 'none' } } as never)
    .catch(() => undefined);
}
console.log('open');
process.stdin.once('data', () => {
  tessera.vault.lock();
  console.log('locked');
});
