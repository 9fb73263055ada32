import { z } from 'zod';
import { BACKUP_KINDS } from '../../shared/backup/backup.ts';
import { kdfSchema } from '../vault/kdf.ts';
import type { SealContext } from '../vault/seal.ts';

export const BACKUP_FORMAT = 'tessera-backup';
export const BACKUP_VERSION = 1;

export const backupDocumentSchema = z.object({
  format: z.literal(BACKUP_FORMAT),
  version: z.literal(BACKUP_VERSION),
  backupId: z.uuid(),
  kind: z.enum(BACKUP_KINDS),
  createdAt: z.iso.datetime(),
  kdf: kdfSchema,
  /** Each app in the format of its own file, with the backup's id in place of the vault's. */
  apps: z.record(z.uuid(), z.object({ wrappedKey: z.base64(), file: z.record(z.string(), z.unknown()) })),
  /** Sealed list of the apps that there must be. An older state of one opens under another backup's id only. */
  manifest: z.base64(),
});
export type BackupDocument = z.infer<typeof backupDocumentSchema>;

export const backupManifestSchema = z.array(z.uuid());

type Header = Pick<BackupDocument, 'backupId' | 'kind' | 'createdAt' | 'kdf'>;

/** Binds the list to all that stands beside it in the clear. */
export function backupManifestContext({ backupId, kind, createdAt, kdf }: Header): SealContext {
  const { algorithm, memoryKiB, iterations, parallelism, salt } = kdf;
  return [
    BACKUP_FORMAT,
    BACKUP_VERSION,
    backupId,
    'manifest',
    kind,
    createdAt,
    algorithm,
    memoryKiB,
    iterations,
    parallelism,
    salt,
  ];
}

export function backupKeyContext(backupId: string, appId: string): SealContext {
  return [BACKUP_FORMAT, BACKUP_VERSION, backupId, 'app-key', appId];
}
