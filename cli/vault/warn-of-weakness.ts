import { passphraseStrength } from '../../core/vault/passphrase-strength.ts';
import type { Session } from '../session.ts';

/** From this score on a passphrase holds against someone who has the vault's file. */
const GOOD_SCORE = 3;

const WORDS = ['very weak', 'weak', 'fair', 'good', 'very good'] as const;

/** A weak passphrase is taken, and called what it is. */
export async function warnOfWeakness(session: Session, passphrase: string): Promise<void> {
  const { score, warning } = await passphraseStrength(passphrase);
  if (score >= GOOD_SCORE) return;
  const why = warning === null ? '' : `: ${warning}`;
  session.warn(`This passphrase is ${WORDS[score]}${why} Several uncommon words are better.`);
}
