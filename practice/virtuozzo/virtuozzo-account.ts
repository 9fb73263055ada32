import { randomBytes } from 'node:crypto';
import type { PracticeClock } from '../practice-clock.ts';
import { sameText } from '../same-text.ts';
import type { Seed } from '../seed.ts';
import { type IssuedToken, TokenBook } from '../token-book.ts';
import { ALL_METHODS } from './api-methods.ts';

const SESSION_SECONDS = 3600;

interface Details {
  /** An access token, or the session of a sign-in. */
  readonly kind: 'token' | 'session';
  readonly template: string;
  /** How long the token was given for, so that a regenerated one gets as much. `null` for ever. */
  readonly lastsMs: number | null;
}

export type PlatformToken = IssuedToken<Details>;

export interface TokenSettings {
  readonly description: string;
  readonly template: string;
  readonly methods: readonly string[];
  /** Milliseconds since 1970; `null` never. */
  readonly expiresAt: number | null;
}

/** The one account of the platform: its tokens, its sessions, and its password. */
export class VirtuozzoAccount {
  readonly login = 'practice@practice.example';
  readonly password: string;
  readonly book: TokenBook<Details>;
  readonly #clock: PracticeClock;

  constructor(seed: Seed, clock: PracticeClock) {
    this.#clock = clock;
    this.password = seed.base64url('virtuozzo password').slice(0, 16);
    let made = 0;
    const newId = () => {
      made += 1;
      return String(made);
    };
    this.book = new TokenBook(clock, () => randomBytes(20).toString('hex'), newId);
  }

  isPassword(given: string): boolean {
    return sameText(given, this.password);
  }

  /** @returns the session, or `null` where login or password are wrong */
  signIn(login: string, password: string, lastsSeconds = SESSION_SECONDS): string | null {
    if (login !== this.login || !this.isPassword(password)) return null;
    const expiresAt = this.#clock.now() + lastsSeconds * 1000;
    return this.book.create({
      name: 'sign-in',
      scopes: ALL_METHODS,
      expiresAt,
      details: { kind: 'session', template: '', lastsMs: null },
    }).secret;
  }

  create({ description, template, methods, expiresAt }: TokenSettings, secret?: string) {
    return this.book.create({
      name: description,
      scopes: methods,
      expiresAt,
      details: { kind: 'token', template, lastsMs: this.#lasts(expiresAt) },
      ...(secret === undefined ? {} : { secret }),
    });
  }

  change(token: PlatformToken, { description, template, methods, expiresAt }: TokenSettings): void {
    const lastsMs = token.expiresAt === expiresAt ? token.details.lastsMs : this.#lasts(expiresAt);
    token.name = description;
    token.scopes = methods;
    token.expiresAt = expiresAt;
    token.details = { ...token.details, template, lastsMs };
  }

  /** The old value ends. An expired token lives on for as long as it was given the first time. */
  regenerate(token: PlatformToken) {
    const { lastsMs } = token.details;
    if (this.book.stateOf(token) === 'expired') {
      token.expiresAt = lastsMs === null ? null : this.#clock.now() + lastsMs;
    }
    return this.book.regenerate(token);
  }

  /** Oldest first, without the sessions. */
  get tokens(): PlatformToken[] {
    return this.book
      .list()
      .filter(({ details, revoked }) => details.kind === 'token' && !revoked)
      .reverse();
  }

  #lasts(expiresAt: number | null): number | null {
    const lastsMs = expiresAt === null ? 0 : expiresAt - this.#clock.now();
    return lastsMs > 0 ? lastsMs : null;
  }
}
