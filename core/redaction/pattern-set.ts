import { WindowSearch } from './window-search.ts';

/** Patterns below this length are searched apart, so that they do not slow down the search for the others. */
const SHORT = 16;

/** Many byte patterns, found in one or two passes. */
export class PatternSet {
  readonly longest: number;
  readonly #searches: readonly WindowSearch[];

  /** @param patterns each at least four bytes; kept, and cleared by `wipe` */
  constructor(patterns: readonly Buffer[]) {
    this.longest = patterns.reduce((longest, { length }) => Math.max(longest, length), 0);
    const short = patterns.filter(({ length }) => length < SHORT);
    const long = patterns.filter(({ length }) => length >= SHORT);
    this.#searches = [short, long].filter(({ length }) => length > 0).map((each) => new WindowSearch(each));
  }

  /** Calls `found` for every occurrence that ends after `from`, several at one place included. */
  search(text: Buffer, from: number, found: (start: number, end: number) => void): void {
    for (const search of this.#searches) search.search(text, from, found);
  }

  wipe(): void {
    for (const search of this.#searches) search.wipe();
  }
}
