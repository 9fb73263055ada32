import { createHash } from 'node:crypto';
import type { PracticeClock } from './practice-clock.ts';

export type TokenState = 'active' | 'expired' | 'revoked';

/** A token that was given out. Times are milliseconds since 1970. */
export interface IssuedToken<Details = unknown> {
  readonly id: string;
  name: string;
  scopes: readonly string[];
  /** `null` never ends. */
  expiresAt: number | null;
  createdAt: number;
  lastUsedAt: number | null;
  revoked: boolean;
  /** The last four characters, for people. */
  ending: string;
  /** What only its provider knows of it. */
  details: Details;
}

export interface NewToken<Details> {
  readonly name: string;
  readonly details: Details;
  readonly id?: string;
  readonly secret?: string;
  readonly scopes?: readonly string[];
  readonly expiresAt?: number | null;
}

/** The secret of a token is answered when it is made, and kept as a hash only. */
export interface MadeToken<Details> {
  readonly token: IssuedToken<Details>;
  readonly secret: string;
}

/** All tokens of one provider, whatever became of them. */
export class TokenBook<Details> {
  readonly #clock: PracticeClock;
  readonly #newSecret: () => string;
  readonly #newId: () => string;
  readonly #byId = new Map<string, IssuedToken<Details>>();
  readonly #byHash = new Map<string, IssuedToken<Details>>();
  readonly #hashes = new Map<string, string>();

  constructor(
    clock: PracticeClock,
    newSecret: () => string,
    newId: () => string = () => crypto.randomUUID(),
  ) {
    this.#clock = clock;
    this.#newSecret = newSecret;
    this.#newId = newId;
  }

  create({ name, details, id = this.#newId(), secret, scopes = [], expiresAt = null }: NewToken<Details>) {
    const token: IssuedToken<Details> = {
      id,
      name,
      scopes,
      expiresAt,
      createdAt: this.#clock.now(),
      lastUsedAt: null,
      revoked: false,
      ending: '',
      details,
    };
    this.#byId.set(id, token);
    return this.#give(token, secret ?? this.#newSecret());
  }

  /** Newest first. */
  list(): IssuedToken<Details>[] {
    return [...this.#byId.values()].reverse();
  }

  get(id: string): IssuedToken<Details> | null {
    return this.#byId.get(id) ?? null;
  }

  /** Whatever its state is. */
  find(secret: string): IssuedToken<Details> | null {
    return this.#byHash.get(hashOf(secret)) ?? null;
  }

  /** The token that may be used now, and notes that it was. */
  use(secret: string): IssuedToken<Details> | null {
    const token = this.find(secret);
    if (token === null || this.stateOf(token) !== 'active') return null;
    token.lastUsedAt = this.#clock.now();
    return token;
  }

  stateOf({ revoked, expiresAt }: IssuedToken): TokenState {
    if (revoked) return 'revoked';
    return expiresAt !== null && expiresAt <= this.#clock.now() ? 'expired' : 'active';
  }

  expire(token: IssuedToken<Details>): void {
    token.expiresAt = this.#clock.now();
  }

  /** Another secret for the same token; the old one is unknown from now on. */
  regenerate(token: IssuedToken<Details>): MadeToken<Details> {
    this.#forgetSecret(token);
    token.createdAt = this.#clock.now();
    token.lastUsedAt = null;
    return this.#give(token, this.#newSecret());
  }

  remove(token: IssuedToken<Details>): void {
    this.#forgetSecret(token);
    this.#byId.delete(token.id);
  }

  #give(token: IssuedToken<Details>, secret: string): MadeToken<Details> {
    const hash = hashOf(secret);
    this.#byHash.set(hash, token);
    this.#hashes.set(token.id, hash);
    token.ending = secret.slice(-4);
    return { token, secret };
  }

  #forgetSecret({ id }: IssuedToken<Details>): void {
    this.#byHash.delete(this.#hashes.get(id) ?? '');
    this.#hashes.delete(id);
  }
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64');
}
