import type { Vault } from './vault.ts';

/** Locks a vault that nobody has used for a while. */
export class AutoLock {
  readonly #vault: Vault;
  readonly #minutes: () => number | null;
  #lastUse = performance.now();
  #timer: NodeJS.Timeout | undefined;

  /** @param minutes `null`: never */
  constructor(vault: Vault, minutes: () => number | null) {
    this.#vault = vault;
    this.#minutes = minutes;
    vault.onChange(({ state }) => {
      if (state === 'unlocked') this.touch();
      this.reset();
    });
  }

  /** The owner is here. Costs next to nothing: the timer looks at it when it fires. */
  touch(): void {
    this.#lastUse = performance.now();
  }

  /** After the setting was changed. */
  reset(): void {
    clearTimeout(this.#timer);
    const minutes = this.#minutes();
    if (minutes === null || this.#vault.status().state !== 'unlocked') return;
    const left = this.#lastUse + minutes * 60_000 - performance.now();
    if (left <= 0) this.#vault.lock();
    else this.#timer = setTimeout(() => this.reset(), left).unref();
  }
}
