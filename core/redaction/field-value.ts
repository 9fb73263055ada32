import { BACKSLASH, COLON, isJsonSpace, QUOTE } from '../json/json-bytes.ts';

type Step = 'idle' | 'colon' | 'quote' | 'text' | 'escape';

/** Finds the text that follows a field's name: `: "…"`. Remembers where it stood, for text that comes in pieces. */
export class FieldValue {
  #step: Step = 'idle';
  #position = 0;

  /** Begins behind the name. */
  begin(position: number): void {
    this.#step = 'colon';
    this.#position = position;
  }

  /** The bytes before have been dropped: positions move to the front. */
  drop(bytes: number): void {
    this.#position -= bytes;
  }

  /** Reads on as far as there are bytes. @returns the stretch inside the quotes, or `null` */
  advance(text: Buffer): { start: number; end: number; complete: boolean } | null {
    while ((this.#step === 'colon' || this.#step === 'quote') && this.#position < text.length) {
      const byte = text[this.#position] ?? 0;
      this.#position += 1;
      if (isJsonSpace(byte)) continue;
      if (this.#step === 'colon' && byte === COLON) this.#step = 'quote';
      else if (this.#step === 'quote' && byte === QUOTE) this.#step = 'text';
      else this.#step = 'idle';
    }
    return this.#step === 'text' || this.#step === 'escape' ? this.#readText(text) : null;
  }

  #readText(text: Buffer): { start: number; end: number; complete: boolean } {
    const start = this.#position;
    while (this.#position < text.length) {
      const byte = text[this.#position];
      if (this.#step === 'escape') this.#step = 'text';
      else if (byte === BACKSLASH) this.#step = 'escape';
      else if (byte === QUOTE) {
        this.#step = 'idle';
        return { start, end: this.#position, complete: true };
      }
      this.#position += 1;
    }
    return { start, end: this.#position, complete: false };
  }
}
