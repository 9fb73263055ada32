import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-ctr';
const BLOCK_BYTES = 16;

/** Where something lies in a log, in bytes. */
export interface LogRange {
  readonly start: number;
  readonly length: number;
}

/**
 * Bytes that are put aside one after the other, under a key that is in memory only and made for this one log: what
 * is left of it after `wipe` opens for nobody. Nothing of it is ever written, so that it needs no seal against
 * changes.
 */
export class SealedLog {
  readonly #key = randomBytes(32);
  readonly #cipher = createCipheriv(CIPHER, this.#key, Buffer.alloc(BLOCK_BYTES));
  #pieces: Buffer[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  append(bytes: Buffer): LogRange {
    const start = this.#length;
    this.#pieces.push(this.#cipher.update(bytes));
    this.#length += bytes.length;
    return { start, length: bytes.length };
  }

  /** @returns bytes which the caller wipes */
  read({ start, length }: LogRange): Buffer {
    if (this.#pieces.length > 1) this.#pieces = [Buffer.concat(this.#pieces)];
    const sealed = this.#pieces[0] ?? Buffer.alloc(0);
    const block = Math.floor(start / BLOCK_BYTES);
    const counter = Buffer.alloc(BLOCK_BYTES);
    counter.writeUInt32BE(block, BLOCK_BYTES - 4);
    const decipher = createDecipheriv(CIPHER, this.#key, counter);
    const opened = decipher.update(sealed.subarray(block * BLOCK_BYTES, start + length));
    return opened.subarray(start - block * BLOCK_BYTES);
  }

  wipe(): void {
    this.#key.fill(0);
    for (const piece of this.#pieces.splice(0)) piece.fill(0);
    this.#length = 0;
  }
}
