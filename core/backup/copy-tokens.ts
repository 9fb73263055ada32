import type { AppFile, NewRecord, RecordSummary } from '../vault/app-file.ts';

/** Puts tokens of one app's file into another, opened and sealed anew without ever becoming a string. */
export function copyTokens(
  from: AppFile,
  to: AppFile,
  choose: (record: RecordSummary<'token'>) => RecordSummary<'token'> | null = (record) => record,
): number {
  const records: NewRecord[] = [];
  try {
    for (const record of from.records('token')) {
      const chosen = choose(record);
      if (chosen === null) continue;
      records.push({ ...chosen, kind: 'token', secret: from.openSecret(record.id) });
    }
    if (records.length > 0) to.putAll(records);
    return records.length;
  } finally {
    for (const { secret } of records) secret?.fill(0);
  }
}
