/** The time that every expiry goes by. It can be moved ahead, so that nobody has to wait for one. */
export class PracticeClock {
  #aheadMs = 0;

  /** Milliseconds since 1970. */
  now(): number {
    return Date.now() + this.#aheadMs;
  }

  /** @param seconds may be negative */
  advance(seconds: number): void {
    this.#aheadMs += seconds * 1000;
  }

  reset(): void {
    this.#aheadMs = 0;
  }
}
