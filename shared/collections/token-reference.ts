import type { AppErrorData } from '../app-error.ts';

/** A file of a collection. */
export interface CollectionFile {
  /** Absolute folder of the collection. */
  readonly collectionId: string;
  /** Relative to it; empty: the folder itself. */
  readonly path: string;
}

/** A file that could not be read or written: it is as it was. */
export interface FileProblem extends CollectionFile {
  readonly problem: AppErrorData;
}

/** Where the collections of an app name one of its tokens. */
export interface TokenReferences {
  readonly files: readonly CollectionFile[];
  /** What may name it too, and could not be read. */
  readonly unread: readonly FileProblem[];
}

/** A file that names a token by its new name now. */
export interface RenamedReference extends CollectionFile {
  readonly versionBefore: string;
  readonly version: string;
}

/** What became of the files that named a token by the name it had. */
export interface RenamedReferences {
  readonly changed: readonly RenamedReference[];
  readonly failed: readonly FileProblem[];
}
