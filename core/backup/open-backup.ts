import { readFileSync, statSync } from 'node:fs';
import { AppError } from '../../shared/app-error.ts';
import type { BackupKind } from '../../shared/backup/backup.ts';
import { openMemoryDocument } from '../storage/memory-document.ts';
import { systemReason } from '../system-error.ts';
import { AppFile } from '../vault/app-file.ts';
import { deriveKey } from '../vault/kdf.ts';
import { unseal } from '../vault/seal.ts';
import {
  BACKUP_FORMAT,
  BACKUP_VERSION,
  type BackupDocument,
  backupDocumentSchema,
  backupKeyContext,
  backupManifestContext,
  backupManifestSchema,
} from './backup-document.ts';
import { memoryOptions } from './make-backup.ts';

/** Far above what a vault of 100,000 tokens needs; nothing larger is read into memory. */
const MAX_BYTES = 512 * 1024 * 1024;

/** A backup whose apps can be read. */
export interface OpenBackup {
  readonly kind: BackupKind;
  readonly createdAt: string;
  readonly apps: readonly AppFile[];
  /** Reasons why apps of it cannot be opened. */
  readonly damaged: readonly string[];
  /** Wipes its keys. */
  readonly close: () => void;
}

/**
 * @throws AppError `BACKUP_NOT_FOUND`, `INVALID_FILE`, `VAULT_NEWER_FORMAT`, `VAULT_KDF_REFUSED`,
 * `WRONG_PASSPHRASE`; `BACKUP_DAMAGED` where apps were taken out of it or put into it
 */
export async function openBackup(path: string, passphrase: string): Promise<OpenBackup> {
  const document = readBackup(path);
  const { kind, createdAt, kdf } = document;
  const backupKey = await deriveKey(passphrase, Buffer.from(kdf.salt, 'base64'), kdf);
  try {
    const listed = openManifest(backupKey, document);
    const apps: AppFile[] = [];
    const damaged: string[] = [];
    for (const appId of listed) {
      try {
        apps.push(openApp(backupKey, document, appId));
      } catch (error) {
        damaged.push(
          error instanceof AppError ? String(error.details?.reason ?? error.message) : 'an app was changed',
        );
      }
    }
    if (Object.keys(document.apps).some((appId) => !listed.includes(appId))) {
      damaged.push('an app was put into it from elsewhere');
    }
    if (apps.length === 0 && damaged.length > 0) {
      throw new AppError('BACKUP_DAMAGED', `Nothing in this backup can be opened: ${damaged[0]}.`);
    }
    const close = () => {
      for (const app of apps) app.wipe();
    };
    return { kind, createdAt, apps, damaged, close };
  } finally {
    backupKey.fill(0);
  }
}

function openApp(backupKey: Buffer, document: BackupDocument, appId: string): AppFile {
  const { backupId, apps } = document;
  const entry = apps[appId];
  if (entry === undefined) throw new AppError('BACKUP_DAMAGED', 'an app was taken out of it');
  const key = unseal(backupKey, entry.wrappedKey, backupKeyContext(backupId, appId));
  return AppFile.open(memoryOptions(backupId, appId, key, openMemoryDocument(appId, entry.file)));
}

/** The seal that tells a wrong passphrase: nothing else in the file can. */
function openManifest(backupKey: Buffer, document: BackupDocument): string[] {
  try {
    const opened = unseal(backupKey, document.manifest, backupManifestContext(document));
    return backupManifestSchema.parse(JSON.parse(opened.toString('utf8')));
  } catch {
    throw new AppError(
      'WRONG_PASSPHRASE',
      'This is not the passphrase of the backup, or the backup was changed.',
    );
  }
}

function readBackup(path: string): BackupDocument {
  const document = parseJson(readLimited(path), path);
  const parsed = backupDocumentSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const { format, version } = (document ?? {}) as { format?: unknown; version?: unknown };
  if (format === BACKUP_FORMAT && typeof version === 'number' && version > BACKUP_VERSION) {
    throw new AppError(
      'VAULT_NEWER_FORMAT',
      `${path} was saved by a newer Tessera. Update Tessera to open it.`,
      { path },
    );
  }
  throw notABackup(path);
}

function readLimited(path: string): string {
  try {
    if (statSync(path).size > MAX_BYTES) throw notABackup(path);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof AppError) throw error;
    const reason = systemReason(error);
    throw new AppError('BACKUP_NOT_FOUND', `${path} cannot be read (${reason}).`, { path });
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notABackup(path);
  }
}

function notABackup(path: string): AppError {
  return new AppError('INVALID_FILE', `${path} is not a backup of Tessera, or was cut short.`, { path });
}
