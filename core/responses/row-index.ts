import { type ByteSource, PIECE_BYTES, piecesOf } from '../spool/byte-source.ts';
import { GrowingNumbers } from './growing-numbers.ts';

/** Every so many rows their place is kept; the ones between are found by reading from there. */
const STRIDE = 64;

/** What is read at a time to find rows after a kept place. */
const STEP_BYTES = 32 * 1024;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Where a row lies: bytes from `start` to `end`, without its line break. */
export interface RowPlace {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly isContinued: boolean;
}

/**
 * Finds rows of UTF-8 text: a line, or so much of a long one as has `columns` characters. Takes a few bytes for
 * each 64 rows, however long the text, and goes on where more of it has come.
 */
export class RowIndex {
  readonly #source: ByteSource;
  readonly #columns: number;
  readonly #starts = new GrowingNumbers();
  readonly #lines = new GrowingNumbers();
  readonly #scanner: RowScanner;
  #scanned = 0;
  #rows = 0;

  constructor(source: ByteSource, columns: number) {
    this.#source = source;
    this.#columns = columns;
    this.#scanner = new RowScanner(columns);
  }

  get rows(): number {
    return this.#rows;
  }

  get lines(): number {
    return this.#scanner.line;
  }

  /** Looks at what has come since the last time. Yields now and then, so that others get a turn. */
  *extend(): Generator<void> {
    // From where whoever looks at the same time has come to.
    while (this.#scanned < this.#source.length) {
      const piece = this.#source.read(this.#scanned, this.#scanned + PIECE_BYTES);
      this.#scanner.feed(piece, (start, line) => {
        if (this.#rows % STRIDE === 0) {
          this.#starts.push(start);
          this.#lines.push(line);
        }
        this.#rows += 1;
      });
      this.#scanned += piece.length;
      yield;
    }
  }

  /** Up to `count` rows from the row `from` on. */
  places(from: number, count: number): RowPlace[] {
    const checkpoint = Math.floor(from / STRIDE);
    if (from >= this.#rows) return [];
    const skipped = from - checkpoint * STRIDE;
    const found = this.#read(checkpoint, (rows) => rows.length > skipped + count);
    return found.slice(skipped, skipped + count);
  }

  /** The row in which the byte lies. */
  rowAt(offset: number): number {
    const checkpoint = Math.max(0, this.#starts.countUpTo(offset) - 1);
    const found = this.#read(checkpoint, (rows) => (rows.at(-1)?.start ?? 0) > offset);
    const within = found.findLastIndex(({ start }) => start <= offset);
    return checkpoint * STRIDE + Math.max(0, within);
  }

  /** The row with which a line begins, counted from 1; the last row where there are fewer lines. */
  rowOfLine(line: number): number {
    const wanted = Math.min(Math.max(1, line), this.lines);
    // A kept place may lie in the middle of the line: the one before it is before the line begins.
    const checkpoint = Math.max(0, this.#lines.countUpTo(wanted - 1) - 1);
    const found = this.#read(checkpoint, (rows) => (rows.at(-1)?.line ?? 0) >= wanted);
    const within = found.findIndex((row) => row.line === wanted);
    return Math.max(0, Math.min(this.#rows - 1, checkpoint * STRIDE + Math.max(0, within)));
  }

  /** Rows from a kept place on, until there are enough; the last is complete too. */
  #read(
    checkpoint: number,
    isEnough: (rows: readonly { start: number; line: number }[]) => boolean,
  ): RowPlace[] {
    const first = this.#starts.at(checkpoint);
    const scanner = new RowScanner(this.#columns, this.#lines.at(checkpoint) - 1);
    const rows: { start: number; line: number }[] = [];
    let read = first;
    for (const piece of piecesOf(
      { length: this.#scanned, read: (a, b) => this.#source.read(a, b) },
      first,
      STEP_BYTES,
    )) {
      scanner.feed(piece, (start, line) => rows.push({ start: start + first, line }));
      read += piece.length;
      if (isEnough(rows)) break;
    }
    return rows.map(({ start, line }, index) => ({
      start,
      end: this.#withoutBreak(start, rows[index + 1]?.start ?? read),
      line,
      isContinued:
        index === 0 ? start > 0 && this.#byteAt(start - 1) !== LINE_FEED : rows[index - 1]?.line === line,
    }));
  }

  #withoutBreak(start: number, end: number): number {
    if (end === start || this.#byteAt(end - 1) !== LINE_FEED) return end;
    const bare = end - 1;
    return bare > start && this.#byteAt(bare - 1) === CARRIAGE_RETURN ? bare - 1 : bare;
  }

  #byteAt(position: number): number | undefined {
    return this.#source.read(position, position + 1)[0];
  }
}

/** Tells where rows begin, in text that comes in pieces: where they are cut makes no difference. */
class RowScanner {
  readonly #columns: number;
  line: number;
  #column = -1;
  #position = 0;

  constructor(columns: number, line = 0) {
    this.#columns = columns;
    this.line = line;
  }

  feed(piece: Buffer, onRow: (start: number, line: number) => void): void {
    let index = 0;
    while (index < piece.length) {
      if (this.#column === -1) {
        this.line += 1;
        this.#column = 0;
        onRow(this.#position + index, this.line);
      }
      const found = piece.indexOf(LINE_FEED, index);
      const end = found === -1 ? piece.length : found;
      // No more bytes than columns is no more characters either: most lines need no closer look.
      if (found === -1 || this.#column + end - index > this.#columns) this.#count(piece, index, end, onRow);
      if (found !== -1) this.#column = -1;
      index = end + 1;
    }
    this.#position += piece.length;
  }

  #count(piece: Buffer, from: number, to: number, onRow: (start: number, line: number) => void): void {
    let column = this.#column;
    for (let index = from; index < to; index += 1) {
      if (((piece[index] ?? 0) & 0xc0) === 0x80) continue;
      if (column === this.#columns) {
        onRow(this.#position + index, this.line);
        column = 0;
      }
      column += 1;
    }
    this.#column = column;
  }
}
