import { AppError } from '../../shared/app-error.ts';
import type { DamagedRecord } from '../../shared/vault/vault.ts';
import { type AppContents, NO_CONTENTS, withoutRecords, withRecords } from './app-contents.ts';
import {
  type AppPlace,
  damagedSecret,
  type RecordKind,
  readAppContents,
  type SealedRecord,
} from './app-document.ts';
import { APP_FORMAT, APP_VERSION } from './app-format.ts';
import { AppSeal } from './app-seal.ts';
import { openMetadata } from './open-metadata.ts';
import { type RecordMetadata, readMetadata } from './record-metadata.ts';
import { SealBroken } from './seal.ts';

export interface AppFileOptions extends AppPlace {
  /** The app's own; wiped with the file. */
  readonly key: Buffer;
  /** Called before a change is worked out: takes the writer's lock, and reads anew what others wrote. */
  readonly beforeChange: () => void;
  /** Runs each change: only where this process may write, and with what the disk refuses made plain. */
  readonly write: (change: () => void) => void;
}

export interface RecordSummary<Kind extends RecordKind> {
  readonly id: string;
  readonly metadata: RecordMetadata<Kind>;
}

interface NewRecordOf<Kind extends RecordKind> extends RecordSummary<Kind> {
  readonly kind: Kind;
  /** Left out: the metadata changes, the secret stays. */
  readonly secret?: Buffer;
}
export type NewRecord = { [Kind in RecordKind]: NewRecordOf<Kind> }[RecordKind];

/** A record as it stands in the file, its secret sealed: one that was taken out is put back as it was. */
export interface RemovedRecord<Kind extends RecordKind> extends RecordSummary<Kind> {
  readonly sealed: SealedRecord;
}

/**
 * One app's sealed file: its profile and its records, under the app's own key. Read once; every change
 * writes the whole file. Metadata is opened with the file and kept until the vault is locked; secrets are
 * opened one at a time.
 */
export class AppFile {
  readonly appId: string;
  readonly #options: AppFileOptions;
  readonly #seal: AppSeal;
  #contents: AppContents;
  #metadata = new Map<string, RecordMetadata>();
  #profile: unknown;
  #damaged: DamagedRecord[] = [];
  #wiped = false;
  /** Of the file as it was last read or written. */
  #stamp = '';

  private constructor(options: AppFileOptions, seal: AppSeal, contents: AppContents) {
    this.appId = options.appId;
    this.#options = options;
    this.#seal = seal;
    this.#contents = contents;
  }

  /** A new app's file, written at once. */
  static create(options: AppFileOptions, profile: unknown): AppFile {
    const file = new AppFile(options, new AppSeal(options), NO_CONTENTS);
    file.saveProfile(profile);
    return file;
  }

  /** @throws AppError `RECORD_DAMAGED` or `VAULT_NEWER_FORMAT` where the file as a whole cannot be used */
  static open(options: AppFileOptions): AppFile {
    const stamp = options.store.stamp();
    const seal = new AppSeal(options);
    const file = new AppFile(options, seal, readAppContents(options, seal));
    file.#stamp = stamp;
    file.#openContents();
    return file;
  }

  /** Takes over what another process has written since. */
  reload(): void {
    if (this.#options.store.stamp() === this.#stamp) return;
    const contents = this.#read();
    if (contents.revision === this.#contents.revision) return;
    this.#contents = contents;
    this.#openContents();
  }

  /** Grows with every change. */
  get revision(): number {
    return this.#contents.revision;
  }

  /** Records that did not open. They stay in the file as they are. */
  get damaged(): readonly DamagedRecord[] {
    return this.#damaged;
  }

  profile(): unknown {
    return this.#profile;
  }

  saveProfile(profile: unknown): void {
    this.#options.beforeChange();
    this.#write(this.#contents, profile);
  }

  records<Kind extends RecordKind>(kind: Kind): RecordSummary<Kind>[] {
    return [...this.#contents.records].flatMap(([id, record]) => {
      const metadata = this.#metadata.get(id);
      // It was read as that of the record's kind.
      return record.kind === kind && metadata !== undefined
        ? [{ id, metadata: metadata as RecordMetadata<Kind> }]
        : [];
    });
  }

  /** @returns the secret, which the caller wipes with `fill(0)` @throws AppError `TOKEN_NOT_FOUND`, `RECORD_DAMAGED` */
  openSecret(id: string): Buffer {
    const record = this.#contents.records.get(id);
    if (record === undefined) {
      throw new AppError('TOKEN_NOT_FOUND', 'This token is not in the vault. It may have been removed.');
    }
    // One that was set aside is not opened either: what its metadata says of it cannot be relied on.
    if (!this.#metadata.has(id)) throw damagedSecret(id, record.kind);
    try {
      return this.#seal.open(record.secret, [id, record.kind, 'secret', record.revision]);
    } catch (error) {
      throw error instanceof SealBroken ? damagedSecret(id, record.kind) : error;
    }
  }

  /** As it is in the file: another text as soon as the record is changed. `null` where there is none that opens. */
  sealedSecret(id: string): string | null {
    return this.#metadata.has(id) ? (this.#contents.records.get(id)?.secret ?? null) : null;
  }

  /** Adds a record, or replaces the one with the same id under the next revision. */
  put(record: NewRecord): void {
    this.putAll([record]);
  }

  /** Many in one write. @param profile changes in the same write; left out: it stays */
  putAll(added: readonly NewRecord[], profile?: unknown): void {
    this.#options.beforeChange();
    this.#putIn(
      added.map((record) => ({ ...record, sealed: this.#sealRecord(record) })),
      profile,
    );
  }

  remove(id: string): void {
    this.#options.beforeChange();
    this.#takeOut([id]);
  }

  /**
   * Many of one kind in one write.
   *
   * @param profile changes in the same write; left out: it stays
   * @returns what was removed, still sealed, for `putBack`
   */
  removeAll<Kind extends RecordKind>(
    kind: Kind,
    ids: readonly string[],
    profile?: unknown,
  ): RemovedRecord<Kind>[] {
    this.#options.beforeChange();
    const wanted = new Set(ids);
    const removed = this.records(kind).flatMap((record) => {
      const sealed = this.#contents.records.get(record.id);
      return sealed !== undefined && wanted.has(record.id) ? [{ ...record, sealed }] : [];
    });
    this.#takeOut(
      removed.map(({ id }) => id),
      profile,
    );
    return removed;
  }

  /** Takes a removal back, while the app's key is the same. @param profile as with `removeAll` */
  putBack(removed: readonly RemovedRecord<RecordKind>[], profile?: unknown): void {
    this.#options.beforeChange();
    this.#putIn(removed, profile);
  }

  /** How many records there are that open. */
  get size(): number {
    return this.#metadata.size;
  }

  /** Opens every secret. @returns what is damaged, those included */
  openAll(): DamagedRecord[] {
    const broken = [...this.#metadata.keys()].filter((id) => {
      try {
        this.openSecret(id).fill(0);
        return false;
      } catch {
        return true;
      }
    });
    return [
      ...this.#damaged,
      ...broken.map((recordId) => ({
        recordId,
        appId: this.appId,
        reason: 'its secret was changed on disk',
      })),
    ];
  }

  /** What could not be opened, as it was found; by id. */
  damagedEntries(): Readonly<Record<string, unknown>> {
    const { records, unreadable } = this.#contents;
    const entries = this.#damaged.flatMap(({ recordId }) => {
      const record = recordId === null ? undefined : records.get(recordId);
      return record === undefined ? [] : [[recordId, record]];
    });
    return { ...unreadable, ...Object.fromEntries(entries) };
  }

  takeOutDamaged(): void {
    this.#options.beforeChange();
    const damaged = this.#damaged.map(({ recordId }) => recordId);
    this.#write({ ...withoutRecords(this.#contents, damaged), unreadable: {} });
    this.#damaged = [];
  }

  /** Wipes the key and drops what was opened. */
  wipe(): void {
    this.#wiped = true;
    this.#seal.wipe();
    this.#metadata = new Map();
    this.#profile = undefined;
  }

  #putIn(added: readonly RemovedRecord<RecordKind>[], profile: unknown): void {
    this.#write(withRecords(this.#contents, added), profile);
    for (const { id, metadata } of added) this.#metadata.set(id, metadata);
  }

  #takeOut(ids: readonly string[], profile?: unknown): void {
    this.#write(withoutRecords(this.#contents, ids), profile);
    for (const id of ids) this.#metadata.delete(id);
  }

  /** The stamp is taken first: a file that is replaced meanwhile is read again next time. */
  #read(): AppContents {
    const stamp = this.#options.store.stamp();
    const contents = readAppContents(this.#options, this.#seal);
    this.#stamp = stamp;
    return contents;
  }

  /** @throws ZodError where what is sealed could not be read again: it would be set aside at the next opening */
  #sealRecord({ id, kind, metadata, secret }: NewRecord): SealedRecord {
    readMetadata(kind, metadata);
    const revision = (this.#contents.records.get(id)?.revision ?? 0) + 1;
    const kept = secret ?? this.openSecret(id);
    try {
      return {
        kind,
        revision,
        metadata: this.#seal.sealJson(metadata, [id, kind, 'metadata', revision]),
        secret: this.#seal.seal(kept, [id, kind, 'secret', revision]),
      };
    } finally {
      if (kept !== secret) kept.fill(0);
    }
  }

  /** What does not open is set aside: reported, and left in the file. */
  #openContents(): void {
    const { manifest, profile } = this.#contents;
    const { metadata, damaged } = openMetadata(this.#contents, this.#seal);
    this.#metadata = metadata;
    this.#damaged = [...damaged].map(([recordId, reason]) => ({ recordId, appId: this.appId, reason }));
    this.#profile = this.#seal.openJson(profile, ['profile', manifest.profile]);
  }

  #write(changed: AppContents, profile: unknown = this.#profile): void {
    // What is sealed under a wiped key could never be opened again.
    if (this.#wiped)
      throw new AppError(
        'VAULT_LOCKED',
        'The vault was locked, or the app removed, before the change was saved.',
      );
    const next = profile === this.#profile ? changed : this.#withProfile(changed, profile);
    const revision = next.revision + 1;
    const manifest = this.#seal.sealJson(next.manifest, ['manifest', revision]);
    const { vaultId, store } = this.#options;
    const document = {
      format: APP_FORMAT,
      version: APP_VERSION,
      vaultId,
      appId: this.appId,
      revision,
      manifest,
      profile: next.profile,
      records: { ...next.unreadable, ...Object.fromEntries(next.records) },
    };
    this.#options.write(() => store.write(document));
    this.#stamp = store.stamp();
    this.#contents = { ...next, revision };
    this.#profile = profile;
  }

  #withProfile(contents: AppContents, profile: unknown): AppContents {
    const revision = contents.manifest.profile + 1;
    const sealed = this.#seal.sealJson(profile, ['profile', revision]);
    return { ...contents, profile: sealed, manifest: { ...contents.manifest, profile: revision } };
  }
}
