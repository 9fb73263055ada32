import { AppError } from '../../shared/app-error.ts';
import { systemReason } from '../system-error.ts';
import type { ByteSource } from './byte-source.ts';
import { CHUNK_BYTES, SpoolFile, type SpoolFileHandle } from './spool-file.ts';
import type { SpoolFolder } from './spool-folder.ts';

/** Kept in memory of one body; a longer one goes to a file. */
export const MEMORY_BYTES = 4 * 1024 * 1024;

/** A spool at one moment, for another thread. */
export interface SpoolSnapshot {
  readonly file: SpoolFileHandle | null;
  /** Whole chunks in the file. */
  readonly chunks: number;
  /** What comes after them. */
  readonly memory: Uint8Array;
}

/**
 * A redacted body, kept while it comes and read by ranges, also before it is complete: in memory up to
 * `MEMORY_BYTES`, past that in an encrypted file. Whoever holds it closes it.
 */
export class Spool implements ByteSource, Disposable {
  readonly #folder: SpoolFolder;
  #parts: Buffer[] = [];
  #partsBytes = 0;
  #file: SpoolFile | null = null;
  #removeFile: (() => void) | null = null;
  #chunks = 0;
  #isClosed = false;

  constructor(folder: SpoolFolder) {
    this.#folder = folder;
  }

  get length(): number {
    return this.#chunks * CHUNK_BYTES + this.#partsBytes;
  }

  /** Takes the bytes as they are: they are not to be changed. @throws AppError `WRITE_FAILED`; all of them are kept */
  append(bytes: Buffer): void {
    this.#refuseWhenClosed();
    if (bytes.length === 0) return;
    this.#parts.push(bytes);
    this.#partsBytes += bytes.length;
    if (this.#partsBytes > (this.#file === null ? MEMORY_BYTES : CHUNK_BYTES)) this.#spill();
  }

  /** No more is coming: lets go of the buffers that the parts came in. */
  end(): void {
    if (this.#parts.length > 0) this.#parts = [Buffer.concat(this.#parts)];
  }

  read(start: number, end: number): Buffer {
    this.#refuseWhenClosed();
    return readRange(this.#file, this.#chunks, this.#memory(), start, Math.min(end, this.length));
  }

  /** All of it in one piece: for bodies that are known to be short. */
  toBuffer(): Buffer {
    return this.read(0, this.length);
  }

  snapshot(): SpoolSnapshot {
    this.#refuseWhenClosed();
    // A copy of its own: what crosses to another thread takes along all the memory that it lies in.
    return {
      file: this.#file?.handle ?? null,
      chunks: this.#chunks,
      memory: new Uint8Array(this.#memory()),
    };
  }

  /** Wipes what is in memory, and removes the file. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const part of this.#parts.splice(0)) part.fill(0);
    this.#partsBytes = 0;
    this.#chunks = 0;
    this.#file?.close();
    this.#file = null;
    this.#removeFile?.();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #memory(): Buffer {
    const [first] = this.#parts;
    if (this.#parts.length === 1 && first !== undefined) return first;
    const memory = Buffer.concat(this.#parts);
    this.#parts = [memory];
    return memory;
  }

  /** Writes whole chunks; the rest stays in memory, and all of it where the disk does not take it. */
  #spill(): void {
    const memory = this.#memory();
    let written = 0;
    try {
      const file = this.#file ?? this.#openFile();
      while (memory.length - written >= CHUNK_BYTES) {
        file.write(this.#chunks, memory.subarray(written, written + CHUNK_BYTES));
        this.#chunks += 1;
        written += CHUNK_BYTES;
      }
    } catch (error) {
      throw writeFailed(error, this.#folder.path);
    } finally {
      const rest = Buffer.from(memory.subarray(written));
      this.#parts = [rest];
      this.#partsBytes = rest.length;
    }
  }

  #openFile(): SpoolFile {
    const { descriptor, remove } = this.#folder.open();
    this.#file = SpoolFile.create(descriptor);
    this.#removeFile = remove;
    return this.#file;
  }

  #refuseWhenClosed(): void {
    if (!this.#isClosed) return;
    throw new AppError(
      'RESPONSE_NOT_FOUND',
      'This answer is no longer kept. Send the request again to see it.',
    );
  }
}

/** Bytes of a file of whole chunks with more behind them in memory. */
export function readRange(
  file: SpoolFile | null,
  chunks: number,
  memory: Buffer,
  start: number,
  end: number,
): Buffer {
  const spooled = chunks * CHUNK_BYTES;
  if (file === null || start >= spooled) return memory.subarray(start - spooled, Math.max(0, end - spooled));
  const pieces: Buffer[] = [];
  for (let position = start; position < Math.min(end, spooled); ) {
    const index = Math.floor(position / CHUNK_BYTES);
    const from = position - index * CHUNK_BYTES;
    const piece = file.read(index).subarray(from, end - index * CHUNK_BYTES);
    pieces.push(piece);
    position += piece.length;
  }
  if (end > spooled) pieces.push(memory.subarray(0, end - spooled));
  const [first] = pieces;
  return pieces.length === 1 && first !== undefined ? first : Buffer.concat(pieces);
}

function writeFailed(error: unknown, path: string): AppError {
  const reason = systemReason(error);
  const full = reason === 'ENOSPC' || reason === 'EDQUOT' ? 'the disk is full, ' : '';
  return new AppError(
    'WRITE_FAILED',
    `The body is too large for memory, and could not be put aside in ${path} (${full}${reason}). What came until then is kept.`,
    { path },
  );
}
