import { AppError } from '../../shared/app-error.ts';
import { parseInput } from '../../shared/parse-input.ts';
import { type KeySlot, keySlotIdSchema } from '../../shared/vault/vault.ts';
import type { Session } from '../session.ts';
import { printable, table } from '../terminal.ts';

export async function listKeys(session: Session): Promise<undefined> {
  const { slots } = (await session.tessera()).vault.status();
  const rows = slots.map((slot) => [describeKey(slot), slot.createdAt.slice(0, 10), slot.id]);
  session.print(slots, slots.length === 0 ? 'There is none.' : table(['Opens by', 'Since', 'Id'], rows));
}

export async function addKey(session: Session, kind: string): Promise<undefined> {
  if (kind === 'recovery') {
    const { vault } = await session.confirmed();
    const code = await vault.setRecoveryCode();
    session.print(
      { code },
      `${code}\nWrite it down and keep it apart from this computer: it opens the vault, and is not shown again.`,
    );
    return;
  }
  if (kind !== 'keychain') {
    throw new AppError('INVALID_INPUT', 'A key is of kind keychain or recovery.', { path: 'kind' });
  }
  const { vault } = await session.confirmed();
  await vault.addKeychainSlot();
  session.print(vault.status().slots, 'This computer’s keychain opens the vault now.');
}

export async function removeKey(session: Session, id: string): Promise<undefined> {
  const slotId = parseInput(keySlotIdSchema, id, 'Key');
  const { vault } = await session.confirmed();
  await vault.removeSlot(slotId);
  session.print(vault.status().slots, 'The vault is not opened by it any more.');
}

export function describeKey({ kind, cost, computer }: KeySlot): string {
  if (kind === 'passphrase' && cost !== null) {
    const { memoryKiB, iterations, parallelism } = cost;
    return `passphrase (Argon2id, ${memoryKiB / 1024} MiB, ${iterations} passes, ${parallelism} lanes)`;
  }
  return kind === 'keychain' ? `keychain of ${printable(computer ?? 'a computer')}` : 'recovery code';
}
