import type { ProviderSummary } from '../../shared/providers/provider.ts';
import type { Token } from '../../shared/tokens/token.ts';
import type { TokenManagement } from './token-management.ts';

/** An answer to a request that was sent with a token, redacted. */
export interface ProviderAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The body's JSON; `undefined` where it is none. */
  readonly body: unknown;
  readonly receivedAt: Date;
}

/**
 * What an answer says of the token that was sent. `limited`: it is known, and may not do just this.
 * `unclear`: nothing.
 */
export type Verdict = 'accepted' | 'limited' | 'refused' | 'unclear';

/** What a provider says of a token; what it does not say is left out. */
export interface TokenFacts {
  /** Whom it belongs to, in the provider's words. */
  readonly identity?: string;
  /** RFC 3339 in UTC. */
  readonly expiresAt?: string | 'never';
  readonly scopes?: readonly string[];
  /** What the provider calls it, where its API manages tokens. */
  readonly remoteId?: string;
}

/** What Tessera knows of a provider from its public documentation: data, and functions where data does not do. */
export interface Provider extends ProviderSummary {
  /**
   * What an answer means with this provider, and what to do.
   *
   * @param body the answer's JSON, where it was JSON
   * @returns `null` where nothing is wrong, or nothing is known about it
   */
  hint(status: number, body?: unknown): string | null;
  /** Whether the token is good, by an answer to `check`. Left out: by the status. */
  judge?(answer: ProviderAnswer): Verdict;
  /** What such an answer says of the token. Never throws, whatever came. */
  readFacts?(answer: ProviderAnswer): TokenFacts;
  /** Asked after a check that was accepted, for facts that its answer lacks. */
  readonly factsRequest?: { readonly method: 'GET'; readonly path: string };
  /** The calls behind `actions`. */
  readonly manage?: TokenManagement;
}

/** The part of it that can cross to the window. */
export function providerSummary(provider: Provider): ProviderSummary {
  const { hint: _hint, judge: _judge, readFacts: _read, factsRequest: _facts, manage, ...data } = provider;
  if (manage === undefined) return data;
  return { ...data, authority: { asksPassword: manage.asksPassword, bySelf: manage.bySelf === true } };
}

/** Sentences about a credential that does not look like one of this provider's. */
export function formatWarnings(
  provider: ProviderSummary,
  token: Pick<Token, 'scheme' | 'tokenId'>,
  secret: string,
): string[] {
  return provider.formats
    .filter(({ scheme }) => scheme === token.scheme)
    .filter((format) => differs(format.tokenId, token.tokenId ?? '') || differs(format.secret, secret))
    .map(({ description }) => description);
}

function differs(pattern: string | undefined, text: string): boolean {
  return pattern !== undefined && !new RegExp(pattern).test(text);
}
