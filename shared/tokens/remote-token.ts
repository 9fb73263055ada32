import { z } from 'zod';
import { newTokenSchema, type Token, type TokenListItem } from './token.ts';
import type { IssuedSecret } from './token-value.ts';

/** A token as the provider lists it: without its value. What the provider does not say is `null` or empty. */
export interface RemoteToken {
  /** What the provider calls it. */
  readonly remoteId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresAt: string | null;
  readonly createdAt: string | null;
  readonly lastUsedAt: string | null;
}

/** One exchange with a provider's API that manages tokens, for people: every secret in it is masked. */
export interface ManagementExchange {
  readonly method: string;
  readonly url: string;
  /** Fields of the body, as they were sent. */
  readonly sent: readonly (readonly [name: string, value: string])[];
  readonly status: number;
  readonly statusText: string;
  /** The answer's body, shortened where it is long. */
  readonly answer: string;
}

/** A token that was made or changed at the provider, as the window gets it. */
export interface RemoteIssue {
  readonly token: TokenListItem;
  /** The one look at a new value; `null` where the value stays. */
  readonly issued: IssuedSecret | null;
  readonly exchanges: readonly ManagementExchange[];
}

/** What the provider's list and the vault say of each other. */
export interface RemoteComparison {
  /** Tokens of the vault that were brought up to date. */
  readonly updated: readonly Token[];
  /** Tokens of the vault that the provider no longer has. */
  readonly missing: readonly Token[];
  /** What only the provider has: their values are not to be had any more. */
  readonly others: readonly RemoteToken[];
  readonly exchanges: readonly ManagementExchange[];
}

/** By what the provider is asked to change tokens. */
export const authoritySchema = z.strictObject({
  /** Name of the token of the app that may do so; `null`: the app's default. */
  by: z.string().min(1).max(1000).nullable().default(null),
  /** Of the account, where the provider asks for it. It is kept nowhere. */
  password: z.string().max(1024, 'a password has at most 1,024 characters').nullable().default(null),
});
export type Authority = z.output<typeof authoritySchema>;

/** A token to be made at the provider. */
export const remoteWishSchema = z.strictObject({
  name: newTokenSchema.shape.name,
  scopes: newTokenSchema.shape.scopes,
  expiresAt: newTokenSchema.shape.expiresAt,
  notes: newTokenSchema.shape.notes,
  actsAs: newTokenSchema.shape.actsAs,
});
export type RemoteWish = z.output<typeof remoteWishSchema>;
