import { join } from 'node:path';
import { Backups } from '../../core/backup/backups.ts';
import { openConfDocument } from '../../core/storage/conf-document.ts';
import { Tessera } from '../../core/tessera.ts';
import { systemKeychain } from '../../core/vault/system-keychain.ts';
import { CHEAP_KDF } from '../support/temporary-vault.ts';

/**
 * Makes a sample of the vault's format in the folder that is given, for `tests/fixtures/vault`. Run once for
 * each version of the format; what it made is never changed again.
 */
const [, , folder = ''] = process.argv;
const PASSPHRASE = 'the passphrase of the sample';
const now = () => new Date('2026-11-24T12:00:00Z');
const tessera = new Tessera({
  home: folder,
  openDocument: openConfDocument,
  keychain: systemKeychain,
  kdf: CHEAP_KDF,
  now,
});
await tessera.vault.create(PASSPHRASE);
const phone = tessera.apps.create({ name: 'Phone', provider: 'sipgate' });
const billing = tessera.apps.create({
  name: 'Abrechnung äöü 請求',
  baseUrl: 'https://api.example.com/v1',
  allowedOrigins: ['https://api.example.com', 'https://*.example.net'],
});
tessera.tokens.add(phone.id, {
  name: 'main',
  scheme: 'basic',
  tokenId: 'token-ABC123',
  secret: 'made-up-secret-1',
  scopes: ['account:read'],
  expiresAt: '2027-01-31T00:00:00.000Z',
  notes: 'Made up for a test.',
});
tessera.tokens.add(phone.id, { name: 'bearer', scheme: 'bearer', secret: 'made-up-secret-2' });
tessera.tokens.add(billing.id, {
  name: 'key',
  scheme: 'query',
  field: 'api_key',
  secret: 'päss wörd & 秘密',
});
tessera.tokens.add(billing.id, {
  name: 'header',
  scheme: 'header',
  field: 'X-Api-Key',
  secret: 'made-up-secret-4',
});
const code = await tessera.vault.setRecoveryCode();
await new Backups(tessera.vault, CHEAP_KDF, now).save(join(folder, 'backup.tessera'), PASSPHRASE);
await tessera.close();
console.log(JSON.stringify({ passphrase: PASSPHRASE, recoveryCode: code }));
