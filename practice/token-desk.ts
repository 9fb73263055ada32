import type { ProviderName } from './provider-name.ts';
import type { IssuedToken, TokenBook, TokenState } from './token-book.ts';

export interface WantedToken {
  readonly name: string;
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
  /** Newest first. */
  list(): readonly IssuedToken[];
  stateOf(token: IssuedToken): TokenState;
  create(wanted: WantedToken): ShownToken;
  /** `null` where there is no such token. */
  regenerate(id: string): ShownToken | null;
  /** @returns whether there is such a token */
  expire(id: string): boolean;
  revoke(id: string): boolean;
}

/**
 * @param create makes a token as the provider would
 * @param hasTokenIds whether a token's ID is part of the credential
 */
export function tokenDesk<Details>(
  provider: ProviderName,
  book: TokenBook<Details>,
  create: (wanted: WantedToken) => { readonly token: IssuedToken<Details>; readonly secret: string },
  hasTokenIds = false,
): TokenDesk {
  const shown = ({ token, secret }: ReturnType<typeof create>): ShownToken =>
    hasTokenIds ? { tokenId: token.id, secret } : { secret };
  return {
    provider,
    list: () => book.list(),
    stateOf: (token) => book.stateOf(token),
    create: (wanted) => shown(create(wanted)),
    regenerate: (id) => {
      const token = book.get(id);
      return token === null ? null : shown(book.regenerate(token));
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
