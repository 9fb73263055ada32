import { AppError } from '../../shared/app-error.ts';
import { MASK } from '../../shared/redaction/mask.ts';
import { type ByteSource, piecesOf } from '../spool/byte-source.ts';
import { type LogRange, SealedLog } from './sealed-log.ts';

/** Masks whose originals are kept of one answer, and bytes of them in all. */
const MOST_MASKS = 10_000;
const MOST_BYTES = 4 * 1024 * 1024;

const MASK_BYTES = Buffer.byteLength(MASK);

/** One mask in a redacted body. */
export interface Mask {
  /** Where it begins, in bytes of the redacted body. */
  readonly offset: number;
  /** Bytes that stood there. */
  readonly length: number;
  /** The JSON field that it is the text of; `null`: a known secret elsewhere. */
  readonly field: string | null;
  /** Whether a secret that the vault knows stood there, alone or with other text. */
  readonly isKnown: boolean;
}

type Header = readonly [name: string, value: string];

/**
 * What the masks of one answer hide: in memory, sealed under a key of its own, until the answer is closed or the
 * vault locked. What goes beyond the limits is not kept, and stays masked for good.
 */
export class Originals {
  readonly #log = new SealedLog();
  readonly #masks: (Mask & { readonly start: number })[] = [];
  #headers: LogRange | null = null;
  #isFull = false;
  #isWiped = false;

  /** In the order of the body. */
  get masks(): readonly Mask[] {
    return this.#masks;
  }

  /** Whether the limits were met before the end. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** A mask begins in the redacted body; what it hides follows, in one piece or several. */
  begin(offset: number, field: string | null, isKnown: boolean): void {
    this.#isFull ||= this.#masks.length >= MOST_MASKS || this.#log.length >= MOST_BYTES;
    if (!this.#isFull) this.#masks.push({ offset, length: 0, field, isKnown, start: this.#log.length });
  }

  /** More of what the mask that began last hides. */
  extend(bytes: Buffer, isKnown: boolean): void {
    const last = this.#masks.at(-1);
    if (this.#isFull || last === undefined) return;
    if (this.#log.length + bytes.length > MOST_BYTES) {
      // A part of it would be taken for all of it.
      this.#isFull = true;
      this.#masks.pop();
      return;
    }
    this.#log.append(bytes);
    const extended = { length: last.length + bytes.length, isKnown: last.isKnown || isKnown };
    this.#masks[this.#masks.length - 1] = { ...last, ...extended };
  }

  keepHeaders(headers: readonly Header[]): void {
    const bytes = Buffer.from(JSON.stringify(headers), 'utf8');
    this.#headers = this.#log.append(bytes);
    bytes.fill(0);
  }

  /** The headers as they came; `null` where they were not kept. */
  headers(): Header[] | null {
    this.#refuseWhenWiped();
    if (this.#headers === null) return null;
    const bytes = this.#log.read(this.#headers);
    const headers: Header[] = JSON.parse(bytes.toString('utf8'));
    bytes.fill(0);
    return headers;
  }

  /** What one mask hides. @returns bytes which the caller wipes @throws AppError `RESPONSE_NOT_FOUND` */
  open(index: number): Buffer {
    this.#refuseWhenWiped();
    const mask = this.#masks[index];
    if (mask === undefined) throw gone();
    return this.#log.read(mask);
  }

  /** The body as it came, in pieces: the redacted one with the originals at their masks. */
  *restore(body: ByteSource): Generator<Buffer> {
    let position = 0;
    for (const [index, { offset }] of this.#masks.entries()) {
      yield* piecesOf(rangeOf(body, offset), position);
      yield this.open(index);
      position = offset + MASK_BYTES;
    }
    yield* piecesOf(body, position);
  }

  wipe(): void {
    this.#isWiped = true;
    this.#log.wipe();
    this.#masks.splice(0);
  }

  #refuseWhenWiped(): void {
    if (this.#isWiped) throw gone();
  }
}

/** The same up to an end. */
function rangeOf(source: ByteSource, end: number): ByteSource {
  return { length: end, read: (from, to) => source.read(from, Math.min(to, end)) };
}

function gone(): AppError {
  return new AppError(
    'RESPONSE_NOT_FOUND',
    'What was masked in this answer is no longer kept. Send the request again.',
  );
}
