import { writeSync } from 'node:fs';
import { Apps } from '../../core/apps/apps.ts';
import { openConfDocument } from '../../core/storage/conf-document.ts';
import { Tokens } from '../../core/tokens/tokens.ts';
import { systemKeychain } from '../../core/vault/system-keychain.ts';
import { Vault } from '../../core/vault/vault.ts';

/**
 * Changes a vault for ever, in a circle of four: a token is added, an app is added, the app is removed, the
 * token is removed. Says the number of each change once it is done, for a test that kills it at any moment.
 */
const [, , home = '', code = ''] = process.argv;
const vault = new Vault({ home, openDocument: openConfDocument, keychain: systemKeychain });
const now = () => new Date();
const apps = new Apps(vault, now);
const tokens = new Tokens(vault, now);
await vault.unlock({ kind: 'recovery', code });

const base = apps.find('Base').id;
for (const { id, name } of apps.list()) if (name !== 'Base') apps.remove(id);
for (const { id, appId } of tokens.list(null)) tokens.remove({ appId, tokenId: id });

const changes = [
  () => void tokens.add(base, { name: 'main', scheme: 'bearer', secret: 'a secret' }),
  () => void apps.create({ name: 'Other' }),
  () => apps.remove(apps.find('Other').id),
  () => tokens.remove({ appId: base, tokenId: tokens.find(base, 'main').id }),
];
writeSync(1, '0\n');
for (let number = 1; ; number += 1) {
  changes[(number - 1) % changes.length]?.();
  writeSync(1, `${number}\n`);
}
