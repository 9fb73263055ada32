import { z } from 'zod';

/** Fewest characters of a passphrase. Strength is judged apart; this stops the empty and the trivial. */
export const PASSPHRASE_LENGTH = 8;

const PASSPHRASE_MAX = 1024;

/** A passphrase that is being chosen. */
export const newPassphraseSchema = z
  .string()
  .min(PASSPHRASE_LENGTH, `a passphrase has at least ${PASSPHRASE_LENGTH} characters`)
  .max(PASSPHRASE_MAX, 'a passphrase has at most 1,024 characters');

/** A passphrase that is being tried. */
export const passphraseSchema = z
  .string()
  .min(1, 'the passphrase is empty')
  .max(PASSPHRASE_MAX, 'a passphrase has at most 1,024 characters');

/** A recovery code as somebody typed it: any case, with or without its spaces and hyphens. */
const typedRecoveryCodeSchema = z.string().min(1, 'the recovery code is empty').max(200, 'this is too long');

/** What a person knows: proves to a running Tessera that its owner is there. */
export const personalKeySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('passphrase'), passphrase: passphraseSchema }),
  z.strictObject({ kind: z.literal('recovery'), code: typedRecoveryCodeSchema }),
]);
export type PersonalKey = z.infer<typeof personalKeySchema>;

/** What opens a vault. The keychain needs nothing typed. */
export const vaultKeySchema = z.discriminatedUnion('kind', [
  ...personalKeySchema.options,
  z.strictObject({ kind: z.literal('keychain') }),
]);
export type VaultKey = z.infer<typeof vaultKeySchema>;

export type KeySlotKind = VaultKey['kind'];
export const keySlotIdSchema = z.uuid('a key slot is named by its id');

/** Cost of Argon2id. */
export interface KdfCost {
  readonly memoryKiB: number;
  readonly iterations: number;
  readonly parallelism: number;
}

/** Costs to choose from for a passphrase; what opens on the slowest computer of its owner is right. */
export const KDF_COSTS = {
  /** The second recommendation of RFC 9106 § 4. */
  standard: { memoryKiB: 64 * 1024, iterations: 3, parallelism: 4 },
  high: { memoryKiB: 256 * 1024, iterations: 4, parallelism: 4 },
  /** As much memory as a vault's file may ask for: a second or more on a desktop. */
  highest: { memoryKiB: 1024 * 1024, iterations: 4, parallelism: 4 },
} as const satisfies Record<string, KdfCost>;
export type KdfCostName = keyof typeof KDF_COSTS;
export const kdfCostNameSchema = z.enum(['standard', 'high', 'highest']);

/** One way to open the vault, without what opens it. */
export interface KeySlot {
  readonly id: string;
  readonly kind: KeySlotKind;
  readonly createdAt: string;
  /** `passphrase` only. */
  readonly cost: KdfCost | null;
  /** `keychain` only: the name of the computer whose keychain holds the other half. */
  readonly computer: string | null;
}

/** Whether the system's keychain can be used, and in words why not. */
export type KeychainState =
  | { readonly available: true }
  | { readonly available: false; readonly reason: string };

export type VaultState = 'missing' | 'locked' | 'unlocked';

export interface VaultStatus {
  readonly state: VaultState;
  /** Folder that holds the vault. */
  readonly home: string;
  readonly slots: readonly KeySlot[];
  /** Why nothing can be written, in words; `null` where it can. */
  readonly readOnly: string | null;
  /** Records that could not be opened and were set aside: how many, in which apps. */
  readonly damaged: readonly DamagedRecord[];
}

export interface DamagedRecord {
  /** `null`: the app's file itself, or the vault's. */
  readonly recordId: string | null;
  /** `null`: the vault's own file. */
  readonly appId: string | null;
  readonly reason: string;
}

/** What was found when everything in a vault was opened. */
export interface VaultReport {
  readonly apps: number;
  readonly records: number;
  readonly damaged: readonly DamagedRecord[];
  /** Files beside the vault's that belong to no app of it, by name. They are left alone. */
  readonly strayFiles: readonly string[];
}

/** How well a passphrase would hold, 0 (guessed at once) to 4 (very strong). */
export interface PassphraseStrength {
  readonly score: 0 | 1 | 2 | 3 | 4;
  readonly warning: string | null;
  readonly suggestions: readonly string[];
}
