import type { ProviderId, ProviderSummary } from '../providers/provider.ts';
import type { TokenScheme } from './token.ts';

/** What a pasted text holds. Only what it shows is there: the rest is left to whoever pasted it. */
export interface RecognisedCredential {
  readonly secret: string;
  readonly provider?: ProviderId;
  readonly scheme?: TokenScheme;
  /** Name of the query parameter or header. */
  readonly field?: string;
  readonly tokenId?: string;
  /** RFC 3339 in UTC, as the next two. */
  readonly expiresAt?: string;
  readonly createdAt?: string;
  /** Before it, the token does not work yet. */
  readonly notBefore?: string;
  readonly scopes?: readonly string[];
  /** Came with the access token, and gets the next one. */
  readonly refreshToken?: string;
  /** What the provider calls it, where its API manages tokens. */
  readonly remoteId?: string;
  /** A sentence on how it was recognised. It never repeats the value. */
  readonly why: string;
}

/** The part of a provider that its credentials are recognised by. */
export type CredentialShapes = Pick<
  ProviderSummary,
  'id' | 'name' | 'schemes' | 'prefixes' | 'formats' | 'dayEnd'
>;

export interface RecogniseContext {
  /** In the order in which they are asked. */
  readonly providers: readonly CredentialShapes[];
  /** The app's own, where it has one. */
  readonly preferred: CredentialShapes | null;
  /** When the text came, from which `expires_in` counts. */
  readonly receivedAt: Date;
}

/** A scheme of a provider with its field, ready to be spread into what was recognised. */
export function schemeOf(
  provider: CredentialShapes,
  scheme: TokenScheme,
): Pick<RecognisedCredential, 'provider' | 'scheme' | 'field'> {
  const field = provider.schemes.find((each) => each.scheme === scheme)?.field;
  return { provider: provider.id, scheme, ...(field === undefined ? {} : { field }) };
}
