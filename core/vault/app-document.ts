import { z } from 'zod';
import { AppError } from '../../shared/app-error.ts';
import type { DocumentStore } from '../storage/document-store.ts';
import type { AppContents } from './app-contents.ts';
import { APP_FORMAT, APP_VERSION } from './app-format.ts';
import type { AppSeal } from './app-seal.ts';

/** An app has at most one record of cookies. */
const RECORD_KINDS = ['token', 'cookies', 'connection'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

const sealedRecordSchema = z.strictObject({
  kind: z.enum(RECORD_KINDS),
  revision: z.int().min(1),
  metadata: z.base64(),
  secret: z.base64(),
});
export type SealedRecord = z.infer<typeof sealedRecordSchema>;

const appFileSchema = z.object({
  format: z.literal(APP_FORMAT),
  version: z.literal(APP_VERSION),
  vaultId: z.uuid(),
  appId: z.uuid(),
  /** Revision of the manifest itself, which seals it again. */
  revision: z.int().min(1),
  manifest: z.base64(),
  profile: z.base64(),
  records: z.record(z.string(), z.unknown()),
});

/** What there must be in the file, sealed: without it a record could be taken out or an older one put back. */
const manifestSchema = z.object({
  profile: z.int().min(1),
  records: z.record(z.string(), z.object({ kind: z.enum(RECORD_KINDS), revision: z.int().min(1) })),
});
export type AppManifest = z.infer<typeof manifestSchema>;

/** Where an app's file is, and which app of which vault it has to be. */
export interface AppPlace {
  readonly vaultId: string;
  readonly appId: string;
  readonly store: DocumentStore;
}

/** @throws AppError `RECORD_DAMAGED` or `VAULT_NEWER_FORMAT` where the file as a whole cannot be used */
export function readAppContents({ vaultId, appId, store }: AppPlace, seal: AppSeal): AppContents {
  const document = readDocument(store);
  const parsed = appFileSchema.safeParse(document);
  if (!parsed.success) {
    if (typeof document?.version === 'number' && document.version > APP_VERSION) {
      throw new AppError(
        'VAULT_NEWER_FORMAT',
        'This app was saved by a newer Tessera. Update Tessera to open it.',
        { appId },
      );
    }
    throw damaged(appId, 'its file is not in the format of an app');
  }
  const file = parsed.data;
  if (file.vaultId !== vaultId || file.appId !== appId)
    throw damaged(appId, 'its file belongs to another vault or app');
  const manifest = openManifest(file.manifest, file.revision, seal);
  if (manifest === null) throw damaged(appId, 'its list of records was changed on disk');
  const records = new Map<string, SealedRecord>();
  const unreadable: Record<string, unknown> = {};
  for (const [id, entry] of Object.entries(file.records)) {
    const record = sealedRecordSchema.safeParse(entry);
    if (record.success) records.set(id, record.data);
    else unreadable[id] = entry;
  }
  return { revision: file.revision, manifest, profile: file.profile, records, unreadable };
}

function readDocument(store: DocumentStore): Record<string, unknown> | undefined {
  try {
    return store.read();
  } catch {
    return undefined;
  }
}

function openManifest(envelope: string, revision: number, seal: AppSeal): AppManifest | null {
  try {
    return manifestSchema.parse(seal.openJson(envelope, ['manifest', revision]));
  } catch {
    return null;
  }
}

function damaged(appId: string, reason: string): AppError {
  return new AppError(
    'RECORD_DAMAGED',
    `An app cannot be opened: ${reason}. The other apps are not affected. Restore its file from a backup.`,
    { appId, reason },
  );
}

/** What a record is to people, and how it is spoken of. */
const DAMAGED: Readonly<Record<RecordKind, readonly [what: string, it: string]>> = {
  token: ['This token was', 'it'],
  cookies: ['The cookies of this app were', 'them'],
  connection: ['The password of this app’s proxy, or its client certificate, was', 'it'],
};

/** A record whose secret is not as it was sealed. */
export function damagedSecret(id: string, kind: RecordKind): AppError {
  const [what, it] = DAMAGED[kind];
  return new AppError(
    'RECORD_DAMAGED',
    `${what} damaged on disk and cannot be opened. Restore ${it} from a backup, or replace ${it}.`,
    { id },
  );
}
