import type { RemoteToken } from '../../shared/tokens/remote-token.ts';
import type { ProviderAnswer } from './provider.ts';

/** What a new or changed token shall be at the provider. */
export interface TokenWish {
  readonly name: string;
  readonly scopes: readonly string[];
  /** RFC 3339 in UTC; `null`: it does not end. */
  readonly expiresAt: string | null;
}

/** A token with the value that the provider shows this once. */
export interface IssuedToken extends RemoteToken {
  readonly secret: string;
}

export type ManagementBody =
  | { readonly kind: 'form'; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: 'json'; readonly value: unknown };

/** One request to the provider's API that manages tokens, and how its answer is read. */
export interface ManagementCall<Result> {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Behind the base URL. */
  readonly path: string;
  readonly body: ManagementBody | null;
  /**
   * Reads an answer that says that it worked.
   *
   * @param answer **not** redacted: it may hold the token's value
   * @returns `null` where it is not what the provider documents
   */
  read(answer: ProviderAnswer): Result | null;
}

/**
 * The calls of a provider whose API manages tokens: one for each of its `actions`. They are made with a
 * token, or a session, that may do so.
 */
export interface TokenManagement {
  /** Whether the account's password may be asked for with what changes something. */
  readonly asksPassword: boolean;
  /** Whether a token is the only one that it can be changed by. */
  readonly bySelf?: true;
  /** What tokens may be given, as the provider says at the moment. */
  scopes?(): readonly ManagementCall<readonly string[]>[];
  list?(): ManagementCall<readonly RemoteToken[]>;
  create?(wish: TokenWish, password: string | null): ManagementCall<IssuedToken>;
  edit?(remoteId: string, wish: TokenWish, password: string | null): ManagementCall<RemoteToken>;
  /** The value before becomes invalid. */
  regenerate?(remoteId: string, password: string | null): ManagementCall<IssuedToken>;
  /** One call for all, or one for each where the provider takes one token at a time. */
  revoke?(remoteIds: readonly string[], password: string | null): readonly ManagementCall<true>[];
}
