import { existsSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type Conf from 'conf';
import type { DocumentStore, JsonDocument } from './document-store.ts';
import { writeWholeFile } from './write-whole-file.ts';

type StoreClass = new (options: ConstructorParameters<typeof Conf<JsonDocument>>[0]) => Conf<JsonDocument>;

/**
 * A document kept by `Store`: conf, or electron-store, which extends it. They read; the writing is ours,
 * because theirs takes a file that was written in part, as on a full disk, for a whole one.
 */
export function openStoreDocument(Store: StoreClass, path: string): DocumentStore {
  // Made on first use: the constructor reads the file, and fails where it is not JSON.
  let store: Conf<JsonDocument> | undefined;
  const opened = () => {
    store ??= new Store({
      cwd: dirname(path),
      configName: basename(path, '.json'),
      // electron-store calls the same option `name`.
      ...{ name: basename(path, '.json') },
      accessPropertiesByDotNotation: false,
      clearInvalidConfig: false,
      configFileMode: 0o600,
    });
    return store;
  };
  return {
    path,
    stamp: () => stampOf(path),
    read: () => (existsSync(path) ? opened().store : undefined),
    write: (document) => writeWholeFile(path, `${JSON.stringify(document)}\n`, { isPrivate: true }),
  };
}

/** A file that is replaced is a new one to the system; its time and size tell on systems that number none. */
function stampOf(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.ino}:${stat.mtimeNs}:${stat.size}`;
}
