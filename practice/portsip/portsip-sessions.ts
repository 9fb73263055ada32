import { randomBytes, randomUUID } from 'node:crypto';
import type { PracticeWorld } from '../practice-provider.ts';
import { type IssuedToken, type MadeToken, TokenBook } from '../token-book.ts';
import type { PortsipUser } from './portsip-users.ts';

export const ACCESS_SECONDS = 3600;
/** What the oldest family of logins says. */
export const SHORT_ACCESS_SECONDS = 1800;
const REFRESH_SECONDS = 7 * 86_400;

interface SessionDetails {
  readonly kind: 'access' | 'refresh';
  /** Everything that one login gave. */
  readonly session: string;
  readonly user: PortsipUser;
}

/** The four fields that a login answers. */
export interface SessionFields {
  readonly token_type: 'Bearer';
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly refresh_tokne?: string;
  readonly expires_in: number;
}

export type AccessToken = IssuedToken<SessionDetails>;

/** What logins gave out: an access token and a refresh token each. */
export class PortsipSessions {
  readonly #world: PracticeWorld;
  readonly book: TokenBook<SessionDetails>;

  constructor(world: PracticeWorld) {
    this.#world = world;
    this.book = new TokenBook(world.clock, () => randomBytes(32).toString('base64url'));
  }

  open(user: PortsipUser, accessSeconds: number): SessionFields {
    return this.#give(user, randomUUID(), accessSeconds);
  }

  /** The old refresh token ends; access tokens stay until their time is over. `null` where it is not valid. */
  refresh(refreshToken: string, accessSeconds: number): SessionFields | null {
    const token = this.book.use(refreshToken);
    if (token === null || token.details.kind !== 'refresh') return null;
    token.revoked = true;
    return this.#give(token.details.user, token.details.session, accessSeconds);
  }

  /** The access token that may be used now. */
  access(secret: string): AccessToken | null {
    const token = this.book.use(secret);
    return token?.details.kind === 'access' ? token : null;
  }

  end({ details }: AccessToken): void {
    for (const token of this.book.list()) {
      if (token.details.session === details.session) token.revoked = true;
    }
  }

  /** An access token without a login. @param expiresAt milliseconds since 1970 */
  accessToken(
    user: PortsipUser,
    name: string,
    expiresAt: number | null,
    secret?: string,
  ): MadeToken<SessionDetails> {
    return this.book.create({
      name,
      expiresAt: expiresAt ?? this.#endOf(ACCESS_SECONDS),
      details: { kind: 'access', session: randomUUID(), user },
      ...(secret === undefined ? {} : { secret }),
    });
  }

  #give(user: PortsipUser, session: string, usualSeconds: number): SessionFields {
    const seconds = this.#world.lifetimes.of('portsip', usualSeconds);
    const make = (kind: 'access' | 'refresh', expiresAt: number) =>
      this.book.create({ name: user.username, expiresAt, details: { kind, session, user } }).secret;
    const access = make('access', this.#world.clock.now() + seconds * 1000);
    const refresh = make('refresh', this.#endOf(REFRESH_SECONDS));
    return {
      token_type: 'Bearer',
      access_token: access,
      ...(user.misspells === true ? { refresh_tokne: refresh } : { refresh_token: refresh }),
      expires_in: seconds,
    };
  }

  #endOf(seconds: number): number {
    return this.#world.clock.now() + seconds * 1000;
  }
}
