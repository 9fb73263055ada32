import { timingSafeEqual } from 'node:crypto';
import { nameKey } from '../../shared/name.ts';
import type { AppFile, RecordSummary } from '../vault/app-file.ts';

/** What a token of a backup is to an app of the vault: missing there, there already, or there with another content. */
export type TokenRelation = 'new' | 'same' | 'differs';

/** Compares the tokens of an app in a backup with those that the vault has, by name and secret. */
export class TokenRelations {
  readonly #app: AppFile;
  readonly #target: AppFile | undefined;
  /** Records of the target by the key of their name; `null` for a name that has been taken since. */
  readonly #namesakes: Map<string, RecordSummary<'token'> | null>;

  constructor(app: AppFile, target: AppFile | undefined) {
    this.#app = app;
    this.#target = target;
    const records = target?.records('token') ?? [];
    this.#namesakes = new Map(records.map((record) => [nameKey(record.metadata.name), record]));
  }

  of(record: RecordSummary<'token'>): TokenRelation {
    const token = record.metadata;
    const namesake = this.#namesakes.get(nameKey(token.name));
    if (namesake === undefined) return 'new';
    if (namesake === null || this.#target === undefined) return 'differs';
    const ours = this.#app.openSecret(record.id);
    const theirs = this.#target.openSecret(namesake.id);
    try {
      const isSame = ours.length === theirs.length && timingSafeEqual(ours, theirs);
      return isSame && namesake.metadata.scheme === token.scheme ? 'same' : 'differs';
    } finally {
      ours.fill(0);
      theirs.fill(0);
    }
  }

  take(name: string): void {
    this.#namesakes.set(nameKey(name), null);
  }

  freeName(wanted: string): string {
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? wanted : `${wanted} ${number}`;
      if (!this.#namesakes.has(nameKey(name))) return name;
    }
  }
}
