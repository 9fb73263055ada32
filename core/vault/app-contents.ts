import type { AppManifest, SealedRecord } from './app-document.ts';

/** What is in an app's file, still sealed but for its list of records. */
export interface AppContents {
  readonly revision: number;
  readonly manifest: AppManifest;
  readonly profile: string;
  readonly records: ReadonlyMap<string, SealedRecord>;
  /** Entries that are no records at all, kept as they were found. */
  readonly unreadable: Readonly<Record<string, unknown>>;
}

/** Of a file that was never written. */
export const NO_CONTENTS: AppContents = {
  revision: 0,
  manifest: { profile: 0, records: {} },
  profile: '',
  records: new Map(),
  unreadable: {},
};

/** The same with these records too, each in the place of one with its id. */
export function withRecords(
  { manifest, ...contents }: AppContents,
  added: readonly { readonly id: string; readonly sealed: SealedRecord }[],
): AppContents {
  const records = new Map(contents.records);
  const listed = { ...manifest.records };
  for (const { id, sealed } of added) {
    records.set(id, sealed);
    listed[id] = { kind: sealed.kind, revision: sealed.revision };
  }
  return { ...contents, records, manifest: { ...manifest, records: listed } };
}

/** The same without these, in the list of records as well. */
export function withoutRecords(
  { manifest, ...contents }: AppContents,
  ids: Iterable<string | null>,
): AppContents {
  const gone = new Set(ids);
  const isKept = ([id]: readonly [string, unknown]) => !gone.has(id);
  return {
    ...contents,
    records: new Map([...contents.records].filter(isKept)),
    manifest: { ...manifest, records: Object.fromEntries(Object.entries(manifest.records).filter(isKept)) },
  };
}
