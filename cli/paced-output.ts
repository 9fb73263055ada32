/** Written at the latest after so many milliseconds, or so many characters. */
const LONGEST_WAIT_MS = 100;
const MOST_CHARACTERS = 16 * 1024;

interface PacedTarget {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/**
 * Lines on standard output: one by one on a terminal, several at a time to a pipe or a file, where each write
 * would cost more than its line.
 */
export class PacedOutput {
  readonly #output: PacedTarget;
  #waiting = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(output: PacedTarget = process.stdout) {
    this.#output = output;
  }

  line(text: string): void {
    this.#waiting += `${text}\n`;
    if (this.#output.isTTY || this.#waiting.length >= MOST_CHARACTERS) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), LONGEST_WAIT_MS);
  }

  /** To be called before anything else is written, and at the end. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = this.#waiting;
    this.#waiting = '';
    if (text !== '') this.#output.write(text);
  }
}
