import { randomBytes, randomUUID } from 'node:crypto';
import type { PracticeWorld } from '../practice-provider.ts';
import { type IssuedToken, type MadeToken, TokenBook } from '../token-book.ts';

const KEY_SECONDS = 900;
const RENEWAL_SECONDS = 86_400;

interface SessionDetails {
  readonly kind: 'key' | 'renewal';
  readonly session: string;
}

type Key = IssuedToken<SessionDetails>;

/** The keys of sessions, and the renewals by which they get another. */
export class AcmeSessions {
  readonly #world: PracticeWorld;
  readonly book: TokenBook<SessionDetails>;

  constructor(world: PracticeWorld) {
    this.#world = world;
    this.book = new TokenBook(world.clock, () => randomBytes(24).toString('base64url'));
  }

  open(name: string): object {
    const session = randomUUID();
    const expiresAt = this.#world.clock.now() + RENEWAL_SECONDS * 1000;
    const renewal = this.book.create({ name, expiresAt, details: { kind: 'renewal', session } });
    return { ...keyFields(this.key({ name, session })), renewal: renewal.secret };
  }

  /** `null` where the renewal is not valid. It stays as it is. */
  renew(renewal: string): object | null {
    const token = this.book.use(renewal);
    if (token?.details.kind !== 'renewal') return null;
    return keyFields(this.key({ name: token.name, session: token.details.session }));
  }

  /** The key that may be used now. */
  working(secret: string): Key | null {
    const token = this.book.use(secret);
    return token?.details.kind === 'key' ? token : null;
  }

  end({ details }: Key): void {
    for (const token of this.book.list()) {
      if (token.details.session === details.session) token.revoked = true;
    }
  }

  /** @param wanted with `expiresAt` in milliseconds since 1970; `null` for the usual time */
  key(wanted: {
    readonly name: string;
    readonly session?: string;
    readonly secret?: string;
    readonly expiresAt?: number | null;
  }): MadeToken<SessionDetails> {
    const { name, session = randomUUID(), secret, expiresAt = null } = wanted;
    const seconds = this.#world.lifetimes.of('acme', KEY_SECONDS);
    return this.book.create({
      name,
      expiresAt: expiresAt ?? this.#world.clock.now() + seconds * 1000,
      details: { kind: 'key', session },
      ...(secret === undefined ? {} : { secret }),
    });
  }
}

function keyFields({ token, secret }: MadeToken<SessionDetails>): object {
  return { key: secret, endsAt: new Date(token.expiresAt ?? 0).toISOString() };
}
