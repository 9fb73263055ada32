import { randomBytes, randomUUID } from 'node:crypto';
import type { BackupKind } from '../../shared/backup/backup.ts';
import type { KdfCost } from '../../shared/vault/vault.ts';
import { openMemoryDocument } from '../storage/memory-document.ts';
import { AppFile } from '../vault/app-file.ts';
import { deriveKey, SALT_BYTES } from '../vault/kdf.ts';
import { KEY_BYTES, seal } from '../vault/seal.ts';
import {
  BACKUP_FORMAT,
  BACKUP_VERSION,
  type BackupDocument,
  backupKeyContext,
  backupManifestContext,
} from './backup-document.ts';
import { copyConnectionSecrets } from './copy-connection-secrets.ts';
import { copyCookies } from './copy-cookies.ts';
import { copyTokens } from './copy-tokens.ts';

export interface BackupOptions {
  readonly kind: BackupKind;
  readonly passphrase: string;
  readonly cost: KdfCost;
  readonly now: Date;
  /** What goes along of an app's profile. */
  readonly profileOf: (app: AppFile) => unknown;
}

/** Seals apps anew, each under a key of its own, for a file that its own passphrase opens. */
export async function makeBackup(
  apps: () => readonly AppFile[],
  { kind, passphrase, cost, now, profileOf }: BackupOptions,
): Promise<BackupDocument> {
  const backupId = randomUUID();
  const salt = randomBytes(SALT_BYTES);
  const kdf = { algorithm: 'argon2id' as const, ...cost, salt: salt.toString('base64') };
  const header = { backupId, kind, createdAt: now.toISOString(), kdf };
  const backupKey = await deriveKey(passphrase, salt, cost);
  const sealed: BackupDocument['apps'] = {};
  try {
    // Asked for only now: while the key was derived the vault may have been locked, which says so here.
    for (const app of apps()) {
      sealed[app.appId] = sealApp(app, backupId, backupKey, profileOf(app), kind);
    }
    const manifest = seal(
      backupKey,
      Buffer.from(JSON.stringify(Object.keys(sealed)), 'utf8'),
      backupManifestContext(header),
    );
    return { format: BACKUP_FORMAT, version: BACKUP_VERSION, ...header, apps: sealed, manifest };
  } finally {
    backupKey.fill(0);
  }
}

function sealApp(app: AppFile, backupId: string, backupKey: Buffer, profile: unknown, kind: BackupKind) {
  const key = randomBytes(KEY_BYTES);
  const wrappedKey = seal(backupKey, key, backupKeyContext(backupId, app.appId));
  const store = openMemoryDocument(app.appId);
  const copy = AppFile.create(memoryOptions(backupId, app.appId, key, store), profile);
  try {
    copyTokens(app, copy);
    // Cookies are the sessions of whoever sent the requests: they do not go to somebody else.
    if (kind === 'vault') copyCookies(app, copy);
    copyConnectionSecrets(app, copy);
    return { wrappedKey, file: store.read() ?? {} };
  } finally {
    copy.wipe();
  }
}

/** An app's file that is written to memory alone, which needs no lock. */
export function memoryOptions(
  vaultId: string,
  appId: string,
  key: Buffer,
  store: ReturnType<typeof openMemoryDocument>,
) {
  return {
    vaultId,
    appId,
    key,
    store,
    beforeChange: () => undefined,
    write: (change: () => void) => change(),
  };
}
