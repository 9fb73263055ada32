import type { Hono } from 'hono';
import type { PracticeAnnouncement } from '../shared/practice/practice.ts';
import type { Lifetimes } from './lifetimes.ts';
import type { PracticeClock } from './practice-clock.ts';
import type { RateLimits, RateVerdict } from './rate-limits.ts';
import type { Seed } from './seed.ts';
import type { TokenDesk } from './token-desk.ts';

/** What every provider stands on. A reset makes all of it anew, but for the seed. */
export interface PracticeWorld {
  readonly seed: Seed;
  readonly clock: PracticeClock;
  readonly limits: RateLimits;
  readonly lifetimes: Lifetimes;
}

/** What a provider gives out at the start. */
export type Announced = Partial<Omit<PracticeAnnouncement, 'url'>>;

/** One provider: its endpoints, and its tokens as the page lists and changes them. */
export interface PracticeProvider {
  /** Where its endpoints are: `/v2`. */
  readonly path: string;
  readonly api: Hono;
  readonly desk: TokenDesk;
  /** @param url where the practice API answers, without a slash at its end */
  announce(url: string): Announced;
  /** How it tells of its limit; without this an answer past it is a plain 429. */
  readonly rate?: {
    readonly headers: (verdict: RateVerdict) => Readonly<Record<string, string>>;
    /** The body of a 429. */
    readonly refusal: object;
  };
  /** Headers that each of its answers has, made anew for each. */
  readonly everyAnswer?: () => Readonly<Record<string, string>>;
}
