import { ZodError } from 'zod';
import type { AppContents } from './app-contents.ts';
import type { AppSeal } from './app-seal.ts';
import { type RecordMetadata, readMetadata } from './record-metadata.ts';

export interface OpenedMetadata {
  readonly metadata: Map<string, RecordMetadata>;
  /** Why the others do not open, by their ids. */
  readonly damaged: ReadonlyMap<string, string>;
}

/** Opens and reads the metadata of every record that is the one its file's list names. */
export function openMetadata({ manifest, records }: AppContents, seal: AppSeal): OpenedMetadata {
  const metadata = new Map<string, RecordMetadata>();
  const damaged = new Map<string, string>();
  for (const [id, listed] of Object.entries(manifest.records)) {
    const record = records.get(id);
    if (record === undefined) damaged.set(id, 'it was taken out of the file, or is not in its format');
    else if (record.revision !== listed.revision || record.kind !== listed.kind)
      damaged.set(id, 'it is not the one that was last saved');
  }
  for (const [id, record] of records) {
    if (manifest.records[id] === undefined) damaged.set(id, 'it was put into the file from elsewhere');
    if (damaged.has(id)) continue;
    try {
      const opened = seal.openJson(record.metadata, [id, record.kind, 'metadata', record.revision]);
      metadata.set(id, readMetadata(record.kind, opened));
    } catch (error) {
      const isUnknown = error instanceof ZodError;
      damaged.set(id, isUnknown ? 'it is in no form that this Tessera knows' : 'it was changed on disk');
    }
  }
  return { metadata, damaged };
}
