import { z } from 'zod';
import type { KeySlot } from '../../shared/vault/vault.ts';
import { kdfSchema } from './kdf.ts';
import type { SealContext } from './seal.ts';
import { VAULT_FORMAT, VAULT_VERSION } from './vault-format.ts';

const common = { id: z.uuid(), createdAt: z.iso.datetime(), wrappedKey: z.base64() };

const passphraseSlotSchema = z.object({ ...common, kind: z.literal('passphrase'), kdf: kdfSchema });
/** The other half is 32 random bytes in the system's keychain, under the slot's id. */
const keychainSlotSchema = z.object({
  ...common,
  kind: z.literal('keychain'),
  computer: z.string().max(300),
});
const recoverySlotSchema = z.object({ ...common, kind: z.literal('recovery') });

/** One way to open the vault, as it stands in the vault's file. */
export const storedSlotSchema = z.discriminatedUnion('kind', [
  passphraseSlotSchema,
  keychainSlotSchema,
  recoverySlotSchema,
]);
export type StoredSlot = z.infer<typeof storedSlotSchema>;
export type PassphraseSlot = z.infer<typeof passphraseSlotSchema>;
export type KeychainSlot = z.infer<typeof keychainSlotSchema>;
export type RecoverySlot = z.infer<typeof recoverySlotSchema>;

/** A slot before the vault key is wrapped in it. */
export type UnwrappedSlot<Slot extends StoredSlot> = Omit<Slot, 'wrappedKey'>;

/** Binds a wrapped key to everything that stands beside it: a slot's cost cannot be changed without breaking it. */
export function slotContext(
  vaultId: string,
  slot: UnwrappedSlot<PassphraseSlot> | UnwrappedSlot<KeychainSlot> | UnwrappedSlot<RecoverySlot>,
): SealContext {
  return [VAULT_FORMAT, VAULT_VERSION, vaultId, 'slot', slot.id, slot.kind, ...partsOf(slot)];
}

function partsOf(slot: Parameters<typeof slotContext>[1]): SealContext {
  switch (slot.kind) {
    case 'passphrase': {
      const { algorithm, memoryKiB, iterations, parallelism, salt } = slot.kdf;
      return [algorithm, memoryKiB, iterations, parallelism, salt];
    }
    case 'keychain':
      return [slot.computer];
    case 'recovery':
      return [];
  }
}

/** A slot as it is shown: nothing that opens it. */
export function describeSlot(slot: StoredSlot): KeySlot {
  const { id, kind, createdAt } = slot;
  if (kind !== 'passphrase') {
    return { id, kind, createdAt, cost: null, computer: kind === 'keychain' ? slot.computer : null };
  }
  const { memoryKiB, iterations, parallelism } = slot.kdf;
  return { id, kind, createdAt, cost: { memoryKiB, iterations, parallelism }, computer: null };
}
