import { z } from 'zod';
import type { DamagedRecord } from '../../shared/vault/vault.ts';
import { type SealContext, seal, unseal } from './seal.ts';
import type { VaultDocument } from './vault-document.ts';
import { VAULT_FORMAT, VAULT_VERSION } from './vault-format.ts';

/** The slots and apps that there must be: what was taken out of the file, or put in, is noticed. */
const vaultManifestSchema = z.object({ slots: z.array(z.uuid()), apps: z.array(z.uuid()) });

/** The document's own list, sealed under its revision. */
export function sealManifest(key: Buffer, document: VaultDocument): string {
  const manifest = { slots: document.slots.map(({ id }) => id), apps: Object.keys(document.apps) };
  return seal(key, Buffer.from(JSON.stringify(manifest), 'utf8'), manifestContext(document));
}

/** @returns what differs from the sealed list; `null` where the list itself does not open */
export function checkManifest(key: Buffer, document: VaultDocument): DamagedRecord[] | null {
  let listed: z.infer<typeof vaultManifestSchema>;
  try {
    const opened = unseal(key, document.manifest, manifestContext(document));
    listed = vaultManifestSchema.parse(JSON.parse(opened.toString('utf8')));
  } catch {
    return null;
  }
  const apps = compare(listed.apps, Object.keys(document.apps)).map(({ id, isMissing }) => ({
    recordId: null,
    appId: id,
    reason: isMissing
      ? 'its key was taken out of the vault'
      : 'its key was put into the vault from elsewhere',
  }));
  const slots = compare(
    listed.slots,
    document.slots.map(({ id }) => id),
  ).map(({ isMissing }) => ({
    recordId: null,
    appId: null,
    reason: isMissing
      ? 'a way to open the vault was taken out of its file'
      : 'a way to open the vault was put into its file from elsewhere',
  }));
  return [...apps, ...slots];
}

function compare(listed: readonly string[], present: readonly string[]) {
  return [
    ...listed.filter((id) => !present.includes(id)).map((id) => ({ id, isMissing: true })),
    ...present.filter((id) => !listed.includes(id)).map((id) => ({ id, isMissing: false })),
  ];
}

function manifestContext({ vaultId, revision }: VaultDocument): SealContext {
  return [VAULT_FORMAT, VAULT_VERSION, vaultId, 'manifest', revision];
}
