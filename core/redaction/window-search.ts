/** Longer windows would not skip further: the table knows shifts up to a byte. */
const LONGEST_WINDOW = 64;

/**
 * Finds any of many byte patterns in one pass (Wu–Manber): a table over hashed blocks of three or four bytes
 * says how far the search may jump, so that most bytes are never looked at. All patterns are looked for in
 * windows as long as the shortest of them. Windows lie at the *end* of the patterns, because tokens of one
 * kind begin alike (`sk_live_`, `eyJhbGciOi…`) and end differently.
 */
export class WindowSearch {
  readonly #patterns: readonly Buffer[];
  readonly #window: number;
  readonly #block: 3 | 4;
  readonly #hashShift: number;
  readonly #shifts: Uint8Array;
  /** First pattern whose last block has this hash, and the next one of the same; -1: none. */
  readonly #first: Int32Array;
  readonly #next: Int32Array;

  /** @param patterns at least one, each at least four bytes; kept, and cleared by `wipe` */
  constructor(patterns: readonly Buffer[]) {
    this.#patterns = patterns;
    this.#window = patterns.reduce((shortest, { length }) => Math.min(shortest, length), LONGEST_WINDOW);
    // Short windows: a smaller block leaves more to skip. Long ones: a larger block is rarer.
    this.#block = this.#window < 12 ? 3 : 4;
    const blocks = patterns.length * (this.#window - this.#block + 1);
    const bits = Math.min(18, Math.max(10, Math.ceil(Math.log2(blocks * 16))));
    this.#hashShift = 32 - bits;
    this.#shifts = new Uint8Array(2 ** bits).fill(this.#window - this.#block + 1);
    this.#first = new Int32Array(2 ** bits).fill(-1);
    this.#next = new Int32Array(patterns.length).fill(-1);
    for (const [index, pattern] of patterns.entries()) this.#add(pattern, index);
  }

  /** Calls `found` for every occurrence that ends after `from`, by ascending end. */
  search(text: Buffer, from: number, found: (start: number, end: number) => void): void {
    const shifts = this.#shifts;
    const hashShift = this.#hashShift;
    const unused = (4 - this.#block) * 8;
    const length = text.length;
    const blocks = new DataView(text.buffer, text.byteOffset, length);
    let end = Math.max(from + 1, this.#window);
    while (end <= length) {
      const hash = Math.imul(blocks.getInt32(end - 4, true) >>> unused, MULTIPLIER) >>> hashShift;
      const shift = shifts[hash] ?? 0;
      if (shift === 0) {
        this.#report(hash, text, end, found);
        end += 1;
      } else {
        end += shift;
      }
    }
  }

  wipe(): void {
    for (const pattern of this.#patterns) pattern.fill(0);
    this.#shifts.fill(0);
    this.#first.fill(-1);
  }

  #add(pattern: Buffer, index: number): void {
    for (let shift = this.#window - this.#block; shift >= 0; shift -= 1) {
      const end = pattern.length - shift;
      const block = pattern.readUIntLE(end - this.#block, this.#block);
      const hash = Math.imul(block, MULTIPLIER) >>> this.#hashShift;
      this.#shifts[hash] = Math.min(this.#shifts[hash] ?? shift, shift);
      if (shift === 0) {
        this.#next[index] = this.#first[hash] ?? -1;
        this.#first[hash] = index;
      }
    }
  }

  #report(hash: number, text: Buffer, end: number, found: (start: number, end: number) => void): void {
    for (let index = this.#first[hash] ?? -1; index !== -1; index = this.#next[index] ?? -1) {
      const pattern = this.#patterns[index];
      if (pattern !== undefined && endsWith(text, end, pattern)) found(end - pattern.length, end);
    }
  }
}

/** Knuth's: spreads neighbouring values over the table. */
const MULTIPLIER = 0x9e3779b1;

function endsWith(text: Buffer, end: number, pattern: Buffer): boolean {
  const start = end - pattern.length;
  if (start < 0) return false;
  for (let offset = pattern.length - 1; offset >= 0; offset -= 1) {
    if (pattern[offset] !== text[start + offset]) return false;
  }
  return true;
}
