import type { PracticeClock } from './practice-clock.ts';
import type { ProviderName } from './provider-name.ts';

const WINDOW_MS = 60_000;
/** Only airfocus documents a limit. */
const USUAL_LIMITS: Readonly<Partial<Record<ProviderName, number>>> = { airfocus: 600 };

export interface RateVerdict {
  /** Requests in a minute. */
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds since 1970. */
  readonly resetsAt: number;
  readonly allowed: boolean;
}

/** Counts the requests to each provider in windows of a minute. */
export class RateLimits {
  readonly #clock: PracticeClock;
  readonly #limits = new Map(Object.entries(USUAL_LIMITS));
  readonly #windows = new Map<ProviderName, { readonly endsAt: number; count: number }>();

  constructor(clock: PracticeClock) {
    this.#clock = clock;
  }

  get limits(): Record<string, number> {
    return Object.fromEntries(this.#limits);
  }

  /** @param perMinute `null` for the usual one. The count begins anew. */
  set(provider: ProviderName, perMinute: number | null): void {
    const limit = perMinute ?? USUAL_LIMITS[provider];
    if (limit === undefined) this.#limits.delete(provider);
    else this.#limits.set(provider, limit);
    this.#windows.delete(provider);
  }

  /** Counts one request; `null` where there is no limit. */
  count(provider: ProviderName): RateVerdict | null {
    const limit = this.#limits.get(provider);
    if (limit === undefined) return null;
    const now = this.#clock.now();
    let window = this.#windows.get(provider);
    if (window === undefined || window.endsAt <= now) {
      window = { endsAt: now + WINDOW_MS, count: 0 };
      this.#windows.set(provider, window);
    }
    window.count += 1;
    return {
      limit,
      remaining: Math.max(0, limit - window.count),
      resetsAt: window.endsAt,
      allowed: window.count <= limit,
    };
  }
}
