import { WindowSearch } from './window-search.ts';

/** Patterns below this length are searched apart, so that they do not slow down the search for the others. */
const SHORT = 16;

/** Many byte patterns, found in one or two passes. */
export class PatternSet {
  readonly longest: number;
  readonly #searches: readonly WindowSearch[];
  readonly #patterns: readonly Buffer[];
  #byFirstByte: ReadonlyMap<number, readonly Buffer[]> | null = null;

  /**
   * @param patterns each at least four bytes; kept, and cleared by `wipe`
   * @param others found as well
   */
  constructor(patterns: readonly Buffer[], others?: PatternSet) {
    this.longest = patterns.reduce((longest, { length }) => Math.max(longest, length), others?.longest ?? 0);
    const short = patterns.filter(({ length }) => length < SHORT);
    const long = patterns.filter(({ length }) => length >= SHORT);
    const own = [short, long].filter(({ length }) => length > 0).map((each) => new WindowSearch(each));
    this.#patterns = [...(others === undefined ? [] : others.#patterns), ...patterns];
    this.#searches = [...(others === undefined ? [] : others.#searches), ...own];
  }

  /** Calls `found` for every occurrence that ends after `from`, several at one place included. */
  search(text: Buffer, from: number, found: (start: number, end: number) => void): void {
    for (const search of this.#searches) search.search(text, from, found);
  }

  /** Where the first pattern begins of which the text has a part and not the end; the text's length where none does. */
  firstUnfinished(text: Buffer): number {
    this.#byFirstByte ??= Map.groupBy(this.#patterns, (pattern) => pattern[0] ?? 0);
    for (let start = Math.max(0, text.length - this.longest + 1); start < text.length; start += 1) {
      const patterns = this.#byFirstByte.get(text[start] ?? 0);
      if (patterns?.some((pattern) => isUnfinished(pattern, text, start))) return start;
    }
    return text.length;
  }

  wipe(): void {
    for (const search of this.#searches) search.wipe();
  }
}

function isUnfinished(pattern: Buffer, text: Buffer, start: number): boolean {
  const length = text.length - start;
  return length < pattern.length && text.compare(pattern, 0, length, start) === 0;
}
