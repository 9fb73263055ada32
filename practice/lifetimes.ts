import type { ProviderName } from './provider-name.ts';

/** How long tokens last that are given out from now on, where somebody asked for another time than the usual. */
export class Lifetimes {
  readonly #seconds = new Map<ProviderName, number>();

  get seconds(): Record<string, number> {
    return Object.fromEntries(this.#seconds);
  }

  /** @param seconds `null` for the usual time */
  set(provider: ProviderName, seconds: number | null): void {
    if (seconds === null) this.#seconds.delete(provider);
    else this.#seconds.set(provider, seconds);
  }

  of(provider: ProviderName, usualSeconds: number): number {
    return this.#seconds.get(provider) ?? usualSeconds;
  }
}
