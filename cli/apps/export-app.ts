import { parseInput } from '../../shared/parse-input.ts';
import { newPassphraseSchema } from '../../shared/vault/vault.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';
import { warnOfWeakness } from '../vault/warn-of-weakness.ts';

export async function exportApp(session: Session, name: string, file: string): Promise<undefined> {
  const { apps, backups } = await session.confirmed();
  const app = apps.find(name);
  const passphrase = parseInput(newPassphraseSchema, await session.backupPassphrase('create'), 'Passphrase');
  await backups.exportApp(app.id, file, passphrase);
  await warnOfWeakness(session, passphrase);
  session.print({ file, app: app.id }, `${printable(app.name)} is in ${printable(file)}, sealed.`);
}
