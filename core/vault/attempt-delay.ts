import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_MS = 250;
const LONGEST_MS = 30_000;

/** Slows down guessing through the front door: each wrong passphrase doubles the wait before the next. */
export class AttemptDelay {
  #failures = 0;

  failed(): void {
    this.#failures += 1;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  async wait(): Promise<void> {
    if (this.#failures === 0) return;
    await sleep(Math.min(LONGEST_MS, FIRST_MS * 2 ** (this.#failures - 1)));
  }
}
