import { randomUUID } from 'node:crypto';
import type { AppFile } from '../vault/app-file.ts';

/** Puts an app's cookies into another file that has none: those that are there already are the later ones. */
export function copyCookies(from: AppFile, to: AppFile): void {
  const [record] = from.records('cookies');
  if (record === undefined || to.records('cookies').length > 0) return;
  const secret = from.openSecret(record.id);
  try {
    to.put({ id: randomUUID(), kind: 'cookies', metadata: record.metadata, secret });
  } finally {
    secret.fill(0);
  }
}
