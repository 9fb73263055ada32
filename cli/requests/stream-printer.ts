import type { LiveHead } from '../../core/requests/send-context.ts';
import { mediaTypeOf } from '../../core/responses/media-type.ts';
import type { Spool } from '../../core/spool/spool.ts';
import { printable } from '../terminal.ts';
import { printRest, statusLine } from './print-answer.ts';

/** Prints an answer while it comes: where that was asked for, and event streams always. */
export class StreamPrinter {
  readonly #isAsked: boolean;
  readonly #decoder = new TextDecoder();
  #body: Spool | null = null;
  #printed = 0;
  #isFull = false;

  constructor(isAsked: boolean) {
    this.#isAsked = isAsked;
  }

  /** An error is printed when all of it is there: it may be followed by another try. */
  begin(head: LiveHead): void {
    const isStream = this.#isAsked || mediaTypeOf(head.headers) === 'text/event-stream';
    if (!isStream || head.status >= 400) return;
    this.#body = head.body;
    process.stdout.write(`${statusLine(head)}\nBody: `);
  }

  /** More has been decoded; it is in the body when this piece of work is done. */
  grown(): void {
    queueMicrotask(() => this.#print());
  }

  /** The rest. @returns whether the answer was printed here */
  async finish(): Promise<boolean> {
    const body = this.#body;
    if (body === null) return false;
    this.#isFull = false;
    this.#print();
    if (process.stdout.isTTY) process.stdout.write('\n');
    else await printRest(body, this.#printed);
    return true;
  }

  /** Not faster than it is read: what waits is in the body. */
  #print(): void {
    if (this.#body === null || this.#isFull || this.#body.length === this.#printed) return;
    const bytes = this.#body.read(this.#printed, this.#body.length);
    this.#printed += bytes.length;
    // Text for a terminal must not move its cursor.
    const shown = process.stdout.isTTY ? printable(this.#decoder.decode(bytes, { stream: true })) : bytes;
    if (process.stdout.write(shown)) return;
    this.#isFull = true;
    process.stdout.once('drain', () => {
      this.#isFull = false;
      this.#print();
    });
  }
}
