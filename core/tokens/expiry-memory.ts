import { z } from 'zod';
import type { DocumentStore } from '../storage/document-store.ts';

const memorySchema = z.object({ told: z.record(z.string().max(100), z.int().min(0)) });

/**
 * Which levels one was told of, by keyed fingerprints of a token and its end: a token that is renewed is told
 * of anew, and a clock that is set back tells nothing twice. No name and no date is in it.
 */
export class ExpiryMemory {
  readonly #store: DocumentStore;
  #told: Map<string, number> | undefined;

  constructor(store: DocumentStore) {
    this.#store = store;
  }

  /** Whether this level, or one closer to the end, was told of already. */
  knows(fingerprint: string, level: number): boolean {
    const told = this.#read().get(fingerprint);
    return told !== undefined && told <= level;
  }

  note(fingerprint: string, level: number): void {
    this.#read().set(fingerprint, level);
  }

  /** Writes what was noted. @param known fingerprints that are still of use; left out: all */
  save(known?: ReadonlySet<string>): void {
    const told = this.#read();
    for (const fingerprint of told.keys()) if (known?.has(fingerprint) === false) told.delete(fingerprint);
    try {
      this.#store.write({ told: Object.fromEntries(told) });
    } catch {
      // A full or read-only disk: until it is not, what was told is remembered as long as we run.
    }
  }

  /** A file that cannot be read tells everything once more. */
  #read(): Map<string, number> {
    if (this.#told !== undefined) return this.#told;
    let told: Readonly<Record<string, number>> = {};
    try {
      told = memorySchema.parse(this.#store.read() ?? { told: {} }).told;
    } catch {
      // Replaced at the next save.
    }
    this.#told = new Map(Object.entries(told));
    return this.#told;
  }
}
