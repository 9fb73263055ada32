import { randomBytes, randomUUID } from 'node:crypto';
import type { PracticeWorld } from '../practice-provider.ts';
import { type IssuedToken, type MadeToken, TokenBook } from '../token-book.ts';
import type { OAuthClient } from './oauth-clients.ts';

const ACCESS_SECONDS = 3600;
const REFRESH_SECONDS = 30 * 86_400;
/** The one person who uses the practice API. */
export const SUBJECT = 'w0';

interface GrantDetails {
  readonly kind: 'access' | 'refresh';
  /** Everything that came from one consent: the family of its refresh tokens. */
  readonly grant: string;
  readonly clientId: string;
  /** `null` where the client acts for itself. */
  readonly subject: string | null;
}

export type OAuthToken = IssuedToken<GrantDetails>;

/** What the token endpoint answers (RFC 6749 5.1). */
export interface TokenFields {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly refresh_token?: string;
  readonly scope: string;
}

export interface NewGrant {
  readonly client: OAuthClient;
  readonly scopes: readonly string[];
  /** `null` where the client acts for itself: then there is no refresh token. */
  readonly subject: string | null;
  readonly grant?: string;
}

/** Access and refresh tokens, by the consent that they came from. */
export class OAuthGrants {
  readonly #world: PracticeWorld;
  readonly book: TokenBook<GrantDetails>;

  constructor(world: PracticeWorld) {
    this.#world = world;
    this.book = new TokenBook(world.clock, () => randomBytes(32).toString('base64url'));
  }

  issue({ client, scopes, subject, grant = randomUUID() }: NewGrant): TokenFields {
    const seconds = this.#world.lifetimes.of('oauth', ACCESS_SECONDS);
    const make = (kind: GrantDetails['kind'], lasts: number) =>
      this.book.create({
        name: `${client.id} (${kind})`,
        scopes,
        expiresAt: this.#world.clock.now() + lasts * 1000,
        details: { kind, grant, clientId: client.id, subject },
      }).secret;
    return {
      access_token: make('access', seconds),
      token_type: 'Bearer',
      expires_in: seconds,
      ...(subject === null ? {} : { refresh_token: make('refresh', REFRESH_SECONDS) }),
      scope: scopes.join(' '),
    };
  }

  /** An access token without a flow. @param expiresAt milliseconds since 1970 */
  accessToken(
    client: OAuthClient,
    made: { name: string; scopes: readonly string[]; expiresAt: number | null; secret?: string },
  ): MadeToken<GrantDetails> {
    return this.book.create({
      ...made,
      expiresAt: made.expiresAt ?? this.#world.clock.now() + ACCESS_SECONDS * 1000,
      details: { kind: 'access', grant: randomUUID(), clientId: client.id, subject: SUBJECT },
    });
  }

  /**
   * Gives another pair; the old refresh token ends. One that comes a second time was stolen, by whoever came
   * first or second: everything of its grant ends (RFC 9700 4.14.2).
   *
   * @param narrow the scopes asked for, given those granted; `null` refuses them
   */
  refresh(
    client: OAuthClient,
    secret: string,
    narrow: (granted: readonly string[]) => readonly string[] | null,
  ): TokenFields | 'invalid_grant' | 'invalid_scope' {
    const token = this.book.find(secret);
    if (token === null || token.details.kind !== 'refresh' || token.details.clientId !== client.id) {
      return 'invalid_grant';
    }
    if (token.revoked) this.revokeGrant(token.details.grant);
    if (this.book.stateOf(token) !== 'active') return 'invalid_grant';
    const scopes = narrow(token.scopes);
    if (scopes === null) return 'invalid_scope';
    token.lastUsedAt = this.#world.clock.now();
    token.revoked = true;
    const { grant, subject } = token.details;
    return this.issue({ client, scopes, subject, grant });
  }

  /** RFC 7009: with a refresh token its whole grant ends, an access token ends alone. */
  revoke(client: OAuthClient, secret: string): void {
    const token = this.book.find(secret);
    if (token === null || token.details.clientId !== client.id) return;
    if (token.details.kind === 'refresh') this.revokeGrant(token.details.grant);
    token.revoked = true;
  }

  revokeGrant(grant: string): void {
    for (const token of this.book.list()) if (token.details.grant === grant) token.revoked = true;
  }

  /** The access token that may be used now. */
  access(secret: string): OAuthToken | null {
    const token = this.book.use(secret);
    return token?.details.kind === 'access' ? token : null;
  }
}
