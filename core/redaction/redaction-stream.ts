import { MASK } from '../../shared/redaction/mask.ts';
import { FieldValue } from './field-value.ts';
import type { Originals } from './originals.ts';
import type { PatternSet } from './pattern-set.ts';

const MASK_BYTES = Buffer.from(MASK, 'utf8');
const EMPTY = Buffer.alloc(0);

interface Stretch {
  readonly start: number;
  readonly end: number;
  /** Began in bytes that are already out, so that its mask is out too. */
  readonly continued: boolean;
  /** Name of the field that it is the text of. */
  readonly field: string | null;
  readonly isKnown: boolean;
}

export interface RedactionStreamOptions {
  /** Names of fields whose text is masked; left out: fields are left alone. */
  readonly fieldKeys?: PatternSet;
  /**
   * Holds back only what may be the beginning of a secret, so that a prompt or a bar of progress appears at
   * once. Costs a second look at the end of each piece.
   */
  readonly prompt?: boolean;
  /** Takes what the masks hide; left out: nobody does. */
  readonly originals?: Originals;
  /** Throws where the secrets are no longer known. */
  readonly check?: () => void;
}

/**
 * Masks secrets in bytes that come in pieces. As many bytes as the longest pattern needs are held back, so
 * that where a piece ends makes no difference. Stretches that overlap become one mask.
 */
export class RedactionStream {
  readonly #secrets: PatternSet;
  readonly #fieldKeys: PatternSet | null;
  readonly #longest: number;
  readonly #isPrompt: boolean;
  readonly #originals: Originals | null;
  readonly #check: () => void;
  readonly #field = new FieldValue();
  #held: Buffer = EMPTY;
  #stretches: Stretch[] = [];
  #fieldOpen = false;
  #fieldName = '';
  /** Bytes that are out. */
  #written = 0;
  #count = 0;

  constructor(secrets: PatternSet, { fieldKeys, prompt, originals, check }: RedactionStreamOptions = {}) {
    this.#secrets = secrets;
    this.#fieldKeys = fieldKeys ?? null;
    this.#longest = Math.max(1, secrets.longest, fieldKeys?.longest ?? 0);
    this.#isPrompt = prompt ?? false;
    this.#originals = originals ?? null;
    this.#check = check ?? (() => undefined);
  }

  get originals(): Originals | null {
    return this.#originals;
  }

  /** Masks so far. */
  get count(): number {
    return this.#count;
  }

  /** Takes the next piece and gives what is decided. The result may share memory with `chunk`. */
  write(chunk: Buffer): Buffer {
    if (chunk.length === 0) return EMPTY;
    const text = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    this.#find(text, this.#held.length);
    const limit = this.#isPrompt ? this.#firstUnfinished(text) : text.length - this.#longest + 1;
    return this.#release(text, Math.max(0, limit));
  }

  /** The rest. */
  end(): Buffer {
    return this.#release(this.#held, this.#held.length);
  }

  #firstUnfinished(text: Buffer): number {
    const secret = this.#secrets.firstUnfinished(text);
    return this.#fieldKeys === null ? secret : Math.min(secret, this.#fieldKeys.firstUnfinished(text));
  }

  #find(text: Buffer, from: number): void {
    this.#check();
    this.#secrets.search(text, from, (start, end) => {
      this.#stretches.push({ start, end, continued: false, field: null, isKnown: true });
    });
    this.#readField(text);
    this.#fieldKeys?.search(text, from, (start, end) => {
      this.#field.begin(end);
      this.#fieldName = text.toString('latin1', start + 1, end - 1);
      this.#fieldOpen = false;
      this.#readField(text);
    });
  }

  #readField(text: Buffer): void {
    const value = this.#field.advance(text);
    if (value === null) return;
    if (value.end > value.start) {
      this.#stretches.push({
        start: value.start,
        end: value.end,
        continued: this.#fieldOpen,
        field: this.#fieldName,
        isKnown: false,
      });
      this.#fieldOpen = !value.complete;
    }
  }

  /** Gives out the bytes before `limit`, masked, and holds the others back. */
  #release(text: Buffer, limit: number): Buffer {
    this.#held = limit === text.length ? EMPTY : Buffer.from(text.subarray(limit));
    this.#field.drop(limit);
    if (this.#stretches.length === 0) {
      this.#written += limit;
      return text.subarray(0, limit);
    }
    const pieces: Buffer[] = [];
    const put = (bytes: Buffer) => {
      pieces.push(bytes);
      this.#written += bytes.length;
    };
    const later: Stretch[] = [];
    let position = 0;
    for (const stretch of merge(this.#stretches)) {
      if (stretch.start >= limit) {
        later.push({ ...stretch, start: stretch.start - limit, end: stretch.end - limit });
        continue;
      }
      put(text.subarray(position, stretch.start));
      if (!stretch.continued) {
        this.#originals?.begin(this.#written, stretch.field, stretch.isKnown);
        put(MASK_BYTES);
        this.#count += 1;
      }
      position = Math.min(stretch.end, limit);
      this.#originals?.extend(text.subarray(stretch.start, position), stretch.isKnown);
      if (stretch.end > limit)
        later.push({ ...stretch, start: 0, end: stretch.end - limit, continued: true });
    }
    this.#stretches = later;
    put(text.subarray(position, limit));
    return Buffer.concat(pieces);
  }
}

/** In order, those that overlap as one. */
function merge(stretches: readonly Stretch[]): Stretch[] {
  const sorted = stretches.toSorted((left, right) => left.start - right.start || right.end - left.end);
  const merged: Stretch[] = [];
  for (const stretch of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && stretch.start < last.end) {
      merged[merged.length - 1] = {
        start: last.start,
        end: Math.max(last.end, stretch.end),
        continued: last.continued || (stretch.continued && stretch.start === last.start),
        field: last.field ?? stretch.field,
        isKnown: last.isKnown || stretch.isKnown,
      };
    } else {
      merged.push(stretch);
    }
  }
  return merged;
}
