import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import { closeSync, readSync, writeSync } from 'node:fs';

/** Plain bytes in each chunk of the file. */
export const CHUNK_BYTES = 64 * 1024;

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SEALED_BYTES = CHUNK_BYTES + TAG_BYTES;

/** What another thread of this process needs to read the same file. */
export interface SpoolFileHandle {
  readonly descriptor: number;
  /** In memory that both threads share: wiped for both at once. */
  readonly key: Uint8Array<SharedArrayBuffer>;
}

/** A chunk that was changed or moved, or that is of another file. */
export class ChunkBroken extends Error {
  override readonly name = 'ChunkBroken';
}

/**
 * A file of chunks, each AES-256-GCM under a random key that is in memory only. A chunk's number is its nonce:
 * every chunk is written once, and none opens in another's place.
 */
export class SpoolFile {
  readonly #descriptor: number;
  readonly #key: Uint8Array<SharedArrayBuffer>;
  readonly #sealed = Buffer.allocUnsafeSlow(SEALED_BYTES);
  #last: { readonly index: number; readonly chunk: Buffer } | null = null;

  private constructor({ descriptor, key }: SpoolFileHandle) {
    this.#descriptor = descriptor;
    this.#key = key;
  }

  /** @param descriptor of an empty file, open for reading and writing; closed with this */
  static create(descriptor: number): SpoolFile {
    const key = new Uint8Array(new SharedArrayBuffer(KEY_BYTES));
    randomFillSync(key);
    return new SpoolFile({ descriptor, key });
  }

  /** In another thread. It reads, and does not close. */
  static reading(handle: SpoolFileHandle): SpoolFile {
    return new SpoolFile(handle);
  }

  get handle(): SpoolFileHandle {
    return { descriptor: this.#descriptor, key: this.#key };
  }

  /** @throws the system's error where the disk does not take it; the chunk is then as good as not there */
  write(index: number, chunk: Buffer): void {
    const cipher = createCipheriv(CIPHER, this.#key, nonceOf(index), { authTagLength: TAG_BYTES });
    cipher.update(chunk).copy(this.#sealed);
    cipher.final();
    cipher.getAuthTag().copy(this.#sealed, CHUNK_BYTES);
    for (let done = 0; done < SEALED_BYTES; ) {
      const position = index * SEALED_BYTES + done;
      done += writeSync(this.#descriptor, this.#sealed, done, SEALED_BYTES - done, position);
    }
  }

  /** @throws ChunkBroken */
  read(index: number): Buffer {
    if (this.#last?.index === index) return this.#last.chunk;
    const length = readSync(this.#descriptor, this.#sealed, 0, SEALED_BYTES, index * SEALED_BYTES);
    const chunk = this.#open(index, this.#sealed.subarray(0, length));
    this.#last = { index, chunk };
    return chunk;
  }

  close(): void {
    closeSync(this.#descriptor);
    this.#key.fill(0);
    this.#last?.chunk.fill(0);
    this.#last = null;
  }

  #open(index: number, sealed: Buffer): Buffer {
    if (sealed.length !== SEALED_BYTES) throw new ChunkBroken('The spooled body is not whole.');
    const decipher = createDecipheriv(CIPHER, this.#key, nonceOf(index), { authTagLength: TAG_BYTES });
    decipher.setAuthTag(sealed.subarray(CHUNK_BYTES));
    const chunk = decipher.update(sealed.subarray(0, CHUNK_BYTES));
    try {
      decipher.final();
    } catch {
      chunk.fill(0);
      throw new ChunkBroken('The spooled body was changed.');
    }
    return chunk;
  }
}

function nonceOf(index: number): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeUInt32BE(index, NONCE_BYTES - 4);
  return nonce;
}
