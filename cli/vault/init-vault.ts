import { passphraseStrength } from '../../core/vault/passphrase-strength.ts';
import { AppError } from '../../shared/app-error.ts';
import { parseInput } from '../../shared/parse-input.ts';
import { newPassphraseSchema } from '../../shared/vault/vault.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';

/** From this score on a passphrase holds against someone who has the vault's file. */
const GOOD_SCORE = 3;

const WORDS = ['very weak', 'weak', 'fair', 'good', 'very good'] as const;

export async function initVault(session: Session): Promise<undefined> {
  const { vault } = await session.tessera();
  // Before a passphrase is made up for it.
  if (vault.status().state !== 'missing') {
    throw new AppError('VAULT_EXISTS', `There is a vault in ${session.home} already. Choose another --home.`);
  }
  const passphrase = parseInput(newPassphraseSchema, await session.passphrase('create'), 'Passphrase');
  const { score, warning } = await passphraseStrength(passphrase);
  await vault.create(passphrase);
  if (score < GOOD_SCORE) {
    session.warn(
      `This passphrase is ${WORDS[score]}${warning === null ? '' : `: ${warning}`} Several uncommon words are better.`,
    );
  }
  session.print(
    vault.status(),
    `There is a new vault in ${printable(session.home)}.\nNobody can recover its passphrase: keep it safe.`,
  );
}
