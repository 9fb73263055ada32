/** Bytes that are read by ranges: a long body is never in memory as a whole. */
export interface ByteSource {
  readonly length: number;
  /** Fewer where the end comes first. What is answered may share memory with the source: it is not to be changed. */
  read(start: number, end: number): Buffer;
}

/** What is read at a time. */
export const PIECE_BYTES = 256 * 1024;

/** All of it in order, in pieces. */
export function* piecesOf(source: ByteSource, start = 0, pieceBytes = PIECE_BYTES): Generator<Buffer> {
  for (let position = start; position < source.length; position += pieceBytes) {
    yield source.read(position, position + pieceBytes);
  }
}

/** Which of the 256 bytes are meant: 1 at their places. */
export type ByteSet = Uint8Array;

export function byteSet(...bytes: readonly number[]): ByteSet {
  const set = new Uint8Array(256);
  for (const byte of bytes) set[byte] = 1;
  return set;
}

/** One byte after the other, forwards and back, with the piece that was read last at hand. */
export class ByteCursor {
  readonly #source: ByteSource;
  #start = 0;
  #piece: Buffer = Buffer.alloc(0);

  constructor(source: ByteSource) {
    this.#source = source;
  }

  get length(): number {
    return this.#source.length;
  }

  /** -1 past the end. */
  at(position: number): number {
    const index = position - this.#start;
    // Asked for first: a look past an array's end would make all later looks slow.
    if (index < 0 || index >= this.#piece.length) return this.#load(position);
    return this.#piece[index] ?? -1;
  }

  /** Where the next byte of a set stands, from `position` on; the length where none does. */
  find(set: ByteSet, position: number): number {
    for (let from = position; this.at(from) !== -1; from = this.#start + this.#piece.length) {
      const piece = this.#piece;
      for (let index = from - this.#start; index < piece.length; index += 1) {
        if (set[piece[index] ?? 0] === 1) return this.#start + index;
      }
    }
    return this.#source.length;
  }

  text(start: number, end: number): string {
    return this.#source.read(start, end).toString('utf8');
  }

  #load(position: number): number {
    if (position >= this.#source.length) return -1;
    this.#start = position - (position % PIECE_BYTES);
    this.#piece = this.#source.read(this.#start, this.#start + PIECE_BYTES);
    return this.#piece[position - this.#start] ?? -1;
  }
}
