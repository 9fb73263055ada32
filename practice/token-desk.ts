import type { ProviderName } from './provider-name.ts';
import type { IssuedToken, MadeToken, TokenBook, TokenState } from './token-book.ts';

export interface WantedToken {
  readonly name: string;
  /** None means all, where the provider has scopes. */
  readonly scopes: readonly string[];
  /** Milliseconds since 1970; `null` for the provider's usual time. */
  readonly expiresAt: number | null;
}

/** What is shown of a new token, once. */
export interface ShownToken {
  /** Where the provider has such IDs, and they are part of the credential. */
  readonly tokenId?: string;
  readonly secret: string;
}

/** Makes and changes a provider's tokens without asking for permission, as its own web page would. */
export interface TokenDesk {
  readonly provider: ProviderName;
  /** Whether a token's ID is part of the credential. */
  readonly hasTokenIds: boolean;
  /** For people, to know what scopes look like; empty where there are none. */
  readonly exampleScopes: string;
  /** Newest first. */
  list(): readonly IssuedToken[];
  stateOf(token: IssuedToken): TokenState;
  create(wanted: WantedToken): ShownToken;
  /** One that was expired lasts for ever. `null` where there is no such token, or it was revoked. */
  regenerate(id: string): ShownToken | null;
  /** @returns whether there is such a token */
  expire(id: string): boolean;
  revoke(id: string): boolean;
}

export interface DeskOptions<Details> {
  readonly provider: ProviderName;
  readonly book: TokenBook<Details>;
  readonly create: (wanted: WantedToken) => MadeToken<Details>;
  readonly hasTokenIds?: boolean;
  readonly exampleScopes?: string;
}

export function tokenDesk<Details>({
  provider,
  book,
  create,
  hasTokenIds = false,
  exampleScopes = '',
}: DeskOptions<Details>): TokenDesk {
  const shown = ({ token, secret }: MadeToken<Details>): ShownToken =>
    hasTokenIds ? { tokenId: token.id, secret } : { secret };
  return {
    provider,
    hasTokenIds,
    exampleScopes,
    list: () => book.list(),
    stateOf: (token) => book.stateOf(token),
    create: (wanted) => shown(create(wanted)),
    regenerate: (id) => {
      const token = book.get(id);
      if (token === null || token.revoked) return null;
      if (book.stateOf(token) === 'expired') token.expiresAt = null;
      return shown(book.regenerate(token));
    },
    expire: (id) => {
      const token = book.get(id);
      if (token !== null) book.expire(token);
      return token !== null;
    },
    revoke: (id) => {
      const token = book.get(id);
      if (token !== null) token.revoked = true;
      return token !== null;
    },
  };
}
