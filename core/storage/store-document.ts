import { closeSync, existsSync, fsyncSync, openSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type Conf from 'conf';
import type { DocumentStore, JsonDocument } from './document-store.ts';

type StoreClass = new (options: ConstructorParameters<typeof Conf<JsonDocument>>[0]) => Conf<JsonDocument>;

/** A document kept by `Store`: conf, or electron-store, which extends it. */
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
      serialize: (document) => `${JSON.stringify(document)}\n`,
    });
    return store;
  };
  return {
    path,
    read: () => (existsSync(path) ? opened().store : undefined),
    write: (document) => {
      opened().store = document;
      syncFolder(dirname(path));
    },
  };
}

/** The file itself is synced by conf; its new name lasts only once the folder is too. Windows has no such call. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
