import { z } from 'zod';
import { AppError } from '../../shared/app-error.ts';
import type { DocumentStore } from '../storage/document-store.ts';
import { type StoredSlot, storedSlotSchema } from './key-slot.ts';
import { VAULT_FORMAT, VAULT_VERSION } from './vault-format.ts';

const vaultDocumentSchema = z.object({
  format: z.literal(VAULT_FORMAT),
  version: z.literal(VAULT_VERSION),
  vaultId: z.uuid(),
  revision: z.int().min(1),
  slots: z.array(storedSlotSchema).min(1),
  apps: z.record(z.uuid(), z.object({ wrappedKey: z.base64() })),
  /** Sealed list of the slots and apps that there must be. */
  manifest: z.base64(),
});
export type VaultDocument = z.infer<typeof vaultDocumentSchema>;

/** A new vault's, before it is first saved. */
export function newVaultDocument(vaultId: string, slots: readonly StoredSlot[]): VaultDocument {
  return {
    format: VAULT_FORMAT,
    version: VAULT_VERSION,
    vaultId,
    revision: 0,
    slots: [...slots],
    apps: {},
    manifest: '',
  };
}

/**
 * @returns `undefined` where there is no vault yet
 * @throws AppError `VAULT_DAMAGED`, `VAULT_NEWER_FORMAT`; the file is left as it is
 */
export function readVaultDocument(store: DocumentStore): VaultDocument | undefined {
  let document: Record<string, unknown> | undefined;
  try {
    document = store.read();
  } catch (error) {
    throw vaultDamaged(store.path, error instanceof SyntaxError ? 'it is not JSON' : 'it cannot be read');
  }
  if (document === undefined) return undefined;
  if (typeof document.version === 'number' && document.version > VAULT_VERSION) {
    throw new AppError(
      'VAULT_NEWER_FORMAT',
      `The vault in ${store.path} was saved by a newer Tessera. Update Tessera to open it.`,
      { path: store.path },
    );
  }
  const parsed = vaultDocumentSchema.safeParse(document);
  if (!parsed.success) {
    throw vaultDamaged(
      store.path,
      `it is not a vault (${parsed.error.issues[0]?.path.join('.') || 'its form'})`,
    );
  }
  return parsed.data;
}

export function vaultDamaged(path: string, reason: string): AppError {
  return new AppError(
    'VAULT_DAMAGED',
    `The vault in ${path} cannot be used: ${reason}. Nothing was changed; put back a copy of the file.`,
    { path, reason },
  );
}
