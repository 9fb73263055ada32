/** A JSON document that is a file of its own, read once and written whole. */
export type JsonDocument = Record<string, unknown>;

/** The port to electron-store (window) and conf (command). Both leave the same bytes on disk. */
export interface DocumentStore {
  readonly path: string;
  /** Another text after each write, by whatever process; the same while nobody writes. */
  stamp(): string;
  /** @returns `undefined` where there is no file @throws SyntaxError where it is not JSON */
  read(): JsonDocument | undefined;
  /** Replaces the file in one step: after a crash it is the old one or the new one. */
  write(document: JsonDocument): void;
}

/** @param path absolute, ending in `.json` */
export type OpenDocument = (path: string) => DocumentStore;
