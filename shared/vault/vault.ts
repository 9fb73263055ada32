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

export const KEY_SLOT_KINDS = ['passphrase'] as const;
export type KeySlotKind = (typeof KEY_SLOT_KINDS)[number];

export type VaultState = 'missing' | 'locked' | 'unlocked';

export interface VaultStatus {
  readonly state: VaultState;
  /** Folder that holds the vault. */
  readonly home: string;
  readonly slots: readonly KeySlotKind[];
  /** Why nothing can be written, in words; `null` where it can. */
  readonly readOnly: string | null;
  /** Records that could not be opened and were set aside: how many, in which apps. */
  readonly damaged: readonly DamagedRecord[];
}

export interface DamagedRecord {
  /** `null`: the app's file itself. */
  readonly recordId: string | null;
  readonly appId: string;
  readonly reason: string;
}

/** How well a passphrase would hold, 0 (guessed at once) to 4 (very strong). */
export interface PassphraseStrength {
  readonly score: 0 | 1 | 2 | 3 | 4;
  readonly warning: string | null;
  readonly suggestions: readonly string[];
}
