import { parseInput } from '../../shared/parse-input.ts';
import { newPassphraseSchema } from '../../shared/vault/vault.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';
import { warnOfWeakness } from './warn-of-weakness.ts';

export async function backUpVault(session: Session, file: string): Promise<undefined> {
  const { vault, backups } = await session.confirmed();
  const passphrase = parseInput(newPassphraseSchema, await session.backupPassphrase('create'), 'Passphrase');
  await backups.save(file, passphrase);
  await warnOfWeakness(session, passphrase);
  const apps = vault.appIds().length;
  session.print(
    { file, apps },
    `${apps} ${apps === 1 ? 'app is' : 'apps are'} in ${printable(file)}, sealed. Collection files are not in it: they are yours.`,
  );
}
