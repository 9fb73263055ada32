/** Bytes of the block that the skip table is keyed by. No pattern is shorter. */
const BLOCK = 4;
/** Longer windows would not skip further: the table knows shifts up to a byte. */
const LONGEST_WINDOW = 64;

/**
 * Finds any of many byte patterns in one pass (Wu–Manber): a table over hashed blocks of four bytes says how
 * far the search may jump, so that most bytes are never looked at. Windows lie at the *end* of the patterns,
 * because tokens of one kind begin alike (`sk_live_`, `eyJhbGciOi…`) and end differently.
 */
export class PatternSet {
  readonly longest: number;
  readonly #patterns: readonly Buffer[];
  readonly #window: number;
  readonly #hashShift: number;
  readonly #shifts: Uint8Array;
  readonly #first: Int32Array;
  readonly #next: Int32Array;

  /** @param patterns each at least four bytes; kept, and cleared by `wipe` */
  constructor(patterns: readonly Buffer[]) {
    this.#patterns = patterns;
    this.longest = patterns.reduce((longest, { length }) => Math.max(longest, length), 0);
    this.#window = patterns.reduce((shortest, { length }) => Math.min(shortest, length), LONGEST_WINDOW);
    const blocks = patterns.length * (this.#window - BLOCK + 1);
    const bits = Math.min(18, Math.max(10, Math.ceil(Math.log2(blocks * 16 + 1))));
    this.#hashShift = 32 - bits;
    this.#shifts = new Uint8Array(2 ** bits).fill(this.#window - BLOCK + 1);
    this.#first = new Int32Array(2 ** bits).fill(-1);
    this.#next = new Int32Array(patterns.length).fill(-1);
    for (const [index, pattern] of patterns.entries()) this.#add(pattern, index);
  }

  /**
   * Calls `found` for every occurrence that ends after `from`, by ascending end, several at one end
   * included.
   */
  search(text: Buffer, from: number, found: (pattern: number, start: number, end: number) => void): void {
    if (this.#patterns.length === 0) return;
    const shifts = this.#shifts;
    const hashShift = this.#hashShift;
    const blocks = new DataView(text.buffer, text.byteOffset, text.length);
    let end = Math.max(from + 1, this.#window);
    while (end <= text.length) {
      const hash = hashOf(blocks.getInt32(end - BLOCK, true), hashShift);
      const shift = shifts[hash] ?? 1;
      if (shift !== 0) {
        end += shift;
        continue;
      }
      for (let index = this.#first[hash] ?? -1; index !== -1; index = this.#next[index] ?? -1) {
        const length = this.#lengthIfEndingAt(index, text, end);
        if (length > 0) found(index, end - length, end);
      }
      end += 1;
    }
  }

  wipe(): void {
    for (const pattern of this.#patterns) pattern.fill(0);
    this.#shifts.fill(0);
    this.#first.fill(-1);
  }

  #add(pattern: Buffer, index: number): void {
    const start = pattern.length - this.#window;
    for (let offset = 0; offset <= this.#window - BLOCK; offset += 1) {
      const hash = hashOf(pattern.readInt32LE(start + offset), this.#hashShift);
      const shift = this.#window - BLOCK - offset;
      this.#shifts[hash] = Math.min(this.#shifts[hash] ?? shift, shift);
      if (shift === 0) {
        this.#next[index] = this.#first[hash] ?? -1;
        this.#first[hash] = index;
      }
    }
  }

  #lengthIfEndingAt(index: number, text: Buffer, end: number): number {
    const pattern = this.#patterns[index];
    if (pattern === undefined) return 0;
    const start = end - pattern.length;
    if (start < 0) return 0;
    for (let offset = pattern.length - 1; offset >= 0; offset -= 1) {
      if (pattern[offset] !== text[start + offset]) return 0;
    }
    return pattern.length;
  }
}

function hashOf(block: number, hashShift: number): number {
  return Math.imul(block, 0x9e3779b1) >>> hashShift;
}
