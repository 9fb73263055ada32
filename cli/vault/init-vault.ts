import { AppError } from '../../shared/app-error.ts';
import { parseInput } from '../../shared/parse-input.ts';
import { newPassphraseSchema } from '../../shared/vault/vault.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';
import { warnOfWeakness } from './warn-of-weakness.ts';

export async function initVault(session: Session): Promise<undefined> {
  const { vault } = await session.tessera();
  // Before a passphrase is made up for it.
  if (vault.status().state !== 'missing') {
    throw new AppError('VAULT_EXISTS', `There is a vault in ${session.home} already. Choose another --home.`);
  }
  const passphrase = parseInput(newPassphraseSchema, await session.passphrase('create'), 'Passphrase');
  await vault.create(passphrase);
  await warnOfWeakness(session, passphrase);
  session.print(
    vault.status(),
    `There is a new vault in ${printable(session.home)}.\nNobody can tell you a forgotten passphrase: \`tessera vault key add recovery\` makes a code for that day.`,
  );
}
