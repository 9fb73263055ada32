import type { DocumentStore, JsonDocument } from './document-store.ts';

/** A document that is on no disk: part of a backup that is being made or read. */
export function openMemoryDocument(path: string, document?: JsonDocument): DocumentStore {
  let current = document;
  let writes = 0;
  return {
    path,
    stamp: () => String(writes),
    read: () => current,
    write: (next) => {
      current = next;
      writes += 1;
    },
  };
}
