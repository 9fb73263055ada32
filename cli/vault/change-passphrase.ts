import { parseInput } from '../../shared/parse-input.ts';
import {
  KDF_COSTS,
  kdfCostNameSchema,
  newPassphraseSchema,
  type VaultStatus,
} from '../../shared/vault/vault.ts';
import type { Session } from '../session.ts';
import { warnOfWeakness } from './warn-of-weakness.ts';

export interface ChangePassphraseOptions {
  readonly cost?: string;
}

/** Also the way to a passphrase for who has only the recovery code left, and to another cost. */
export async function changePassphrase(
  session: Session,
  options: ChangePassphraseOptions,
): Promise<undefined> {
  const cost = parseInput(kdfCostNameSchema, options.cost ?? 'standard', 'Cost');
  const { vault } = await session.confirmed();
  const passphrase = parseInput(newPassphraseSchema, await session.newPassphrase(), 'New passphrase');
  await vault.setPassphrase(passphrase, KDF_COSTS[cost]);
  await warnOfWeakness(session, passphrase);
  const status: VaultStatus = vault.status();
  session.print(status, 'The vault has a new passphrase. Nothing else was encrypted again.');
}
