import { appProfileSchema } from '../../shared/apps/app.ts';
import { connectionRecords } from '../connections/connection-records.ts';
import type { AppFile, NewRecord } from '../vault/app-file.ts';

/** Seals the secrets of an app's connections into a file whose profile names them. */
export function copyConnectionSecrets(from: AppFile, to: AppFile): void {
  const named = connectionRecords(appProfileSchema.parse(to.profile()).connection);
  const records: NewRecord[] = [];
  try {
    for (const { id, metadata } of from.records('connection')) {
      if (!named.includes(id)) continue;
      records.push({ id, kind: 'connection', metadata, secret: from.openSecret(id) });
    }
    if (records.length > 0) to.putAll(records);
  } finally {
    for (const { secret } of records) secret?.fill(0);
  }
}
