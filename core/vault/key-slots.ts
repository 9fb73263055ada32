import { hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { AppError } from '../../shared/app-error.ts';
import type { KdfCost, VaultKey } from '../../shared/vault/vault.ts';
import { deriveKey, SALT_BYTES } from './kdf.ts';
import {
  type KeychainSlot,
  type PassphraseSlot,
  type RecoverySlot,
  type StoredSlot,
  slotContext,
} from './key-slot.ts';
import type { Keychain } from './keychain.ts';
import { newRecoveryCode, readRecoveryCode } from './recovery-code.ts';
import { KEY_BYTES, seal, unseal } from './seal.ts';

/** What a new slot is made for. */
export interface SlotTarget {
  readonly vaultId: string;
  readonly vaultKey: Buffer;
  readonly now: Date;
}

export async function newPassphraseSlot(
  { vaultId, vaultKey, now }: SlotTarget,
  passphrase: string,
  cost: KdfCost,
): Promise<PassphraseSlot> {
  const salt = randomBytes(SALT_BYTES);
  const slot = {
    id: randomUUID(),
    kind: 'passphrase' as const,
    createdAt: now.toISOString(),
    kdf: { algorithm: 'argon2id' as const, ...cost, salt: salt.toString('base64') },
  };
  const slotKey = await deriveKey(passphrase, salt, cost);
  return withKey(slotKey, () => ({
    ...slot,
    wrappedKey: seal(slotKey, vaultKey, slotContext(vaultId, slot)),
  }));
}

/** Half of the slot's key goes to the system's keychain, half stays in the file: neither opens the vault alone. */
export async function newKeychainSlot(
  { vaultId, vaultKey, now }: SlotTarget,
  keychain: Keychain,
): Promise<KeychainSlot> {
  const slot = {
    id: randomUUID(),
    kind: 'keychain' as const,
    createdAt: now.toISOString(),
    computer: hostname().slice(0, 300),
  };
  const slotKey = randomBytes(KEY_BYTES);
  try {
    await keychain.write(slot.id, slotKey);
    return { ...slot, wrappedKey: seal(slotKey, vaultKey, slotContext(vaultId, slot)) };
  } finally {
    slotKey.fill(0);
  }
}

export function newRecoverySlot({ vaultId, vaultKey, now }: SlotTarget): {
  readonly slot: RecoverySlot;
  /** To be shown once: it is stored nowhere. */
  readonly code: string;
} {
  const slot = { id: randomUUID(), kind: 'recovery' as const, createdAt: now.toISOString() };
  const { bytes, code } = newRecoveryCode();
  const slotKey = recoveryKey(bytes, vaultId);
  const wrappedKey = withKey(slotKey, () => seal(slotKey, vaultKey, slotContext(vaultId, slot)));
  return { slot: { ...slot, wrappedKey }, code };
}

/**
 * Tries a key on every slot of its kind.
 *
 * @returns the vault key; `null` where it opens none, be it wrong or the slot damaged: both must look alike
 * @throws AppError `KEYCHAIN_UNAVAILABLE`, `VAULT_KDF_REFUSED`, `INVALID_INPUT` for a code that was mistyped
 */
export async function openWithKey(
  vaultId: string,
  slots: readonly StoredSlot[],
  key: VaultKey,
  keychain: Keychain,
): Promise<Buffer | null> {
  for (const slot of slots) {
    const slotKey = await slotKeyOf(vaultId, slot, key, keychain);
    if (slotKey === null) continue;
    try {
      return unseal(slotKey, slot.wrappedKey, slotContext(vaultId, slot));
    } catch {
      // The next slot may be the one.
    } finally {
      slotKey.fill(0);
    }
  }
  return null;
}

async function slotKeyOf(
  vaultId: string,
  slot: StoredSlot,
  key: VaultKey,
  keychain: Keychain,
): Promise<Buffer | null> {
  if (slot.kind === 'passphrase' && key.kind === 'passphrase') {
    return deriveKey(key.passphrase, Buffer.from(slot.kdf.salt, 'base64'), slot.kdf);
  }
  if (slot.kind === 'recovery' && key.kind === 'recovery') {
    return recoveryKey(readRecoveryCode(key.code), vaultId);
  }
  return slot.kind === 'keychain' && key.kind === 'keychain' ? keychain.read(slot.id) : null;
}

/** HKDF-SHA-256 (RFC 5869): a code has its full entropy, and needs no slow derivation. Wipes the code's bytes. */
function recoveryKey(code: Buffer, vaultId: string): Buffer {
  return withKey(code, () =>
    Buffer.from(hkdfSync('sha256', code, Buffer.from(vaultId, 'utf8'), 'tessera recovery 1', KEY_BYTES)),
  );
}

/** Why a key of this kind did not open the vault. */
export function wrongKey(kind: VaultKey['kind']): AppError {
  switch (kind) {
    case 'passphrase':
      return new AppError('WRONG_PASSPHRASE', 'This is not the passphrase of the vault.');
    case 'recovery':
      return new AppError(
        'WRONG_RECOVERY_CODE',
        'This recovery code does not open the vault. It may be another vault’s, or one that was replaced.',
      );
    case 'keychain':
      return new AppError(
        'KEYCHAIN_KEY_MISSING',
        'This computer’s keychain does not hold the key of this vault. Use the passphrase or the recovery code.',
      );
  }
}

function withKey<Value>(key: Buffer, use: () => Value): Value {
  try {
    return use();
  } finally {
    key.fill(0);
  }
}
