import { z } from 'zod';
import { AppError } from '../../shared/app-error.ts';
import type { DocumentStore } from '../storage/document-store.ts';
import { kdfSchema } from './kdf.ts';

export const VAULT_FORMAT = 'tessera-vault';
export const VAULT_VERSION = 1;

const passphraseSlotSchema = z.object({
  id: z.uuid(),
  kind: z.literal('passphrase'),
  createdAt: z.iso.datetime(),
  kdf: kdfSchema,
  wrappedKey: z.base64(),
});
export type PassphraseSlot = z.infer<typeof passphraseSlotSchema>;

const vaultDocumentSchema = z.object({
  format: z.literal(VAULT_FORMAT),
  version: z.literal(VAULT_VERSION),
  vaultId: z.uuid(),
  revision: z.int().min(1),
  slots: z.array(passphraseSlotSchema).min(1),
  apps: z.record(z.uuid(), z.object({ wrappedKey: z.base64() })),
  /** Sealed list of the slots and apps that there must be. */
  manifest: z.base64(),
});
export type VaultDocument = z.infer<typeof vaultDocumentSchema>;

export const vaultManifestSchema = z.object({ slots: z.array(z.uuid()), apps: z.array(z.uuid()) });
export type VaultManifest = z.infer<typeof vaultManifestSchema>;

/**
 * @returns `undefined` where there is no vault yet
 * @throws AppError `VAULT_DAMAGED`, `VAULT_NEWER_FORMAT`; the file is left as it is
 */
export function readVaultDocument(store: DocumentStore): VaultDocument | undefined {
  let document: Record<string, unknown> | undefined;
  try {
    document = store.read();
  } catch {
    throw vaultDamaged(store.path, 'it is not JSON');
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
