import type { ProviderSummary } from '../../shared/providers/provider.ts';
import type { Token, TokenScheme } from '../../shared/tokens/token.ts';

/** How credentials of a provider look, as far as it says so. What differs is worth a warning, never a refusal. */
export interface ProviderFormat {
  readonly scheme: TokenScheme;
  readonly tokenId?: RegExp;
  readonly secret?: RegExp;
  /** In words: "a sipgate token ID looks like token-ABC123". */
  readonly description: string;
}

/** What Tessera knows of a provider from its public documentation. */
export interface Provider extends ProviderSummary {
  readonly formats: readonly ProviderFormat[];
  /**
   * What an answer means with this provider, and what to do.
   *
   * @param body the answer's JSON, where it was JSON
   * @returns `null` where nothing is wrong, or nothing is known about it
   */
  hint(status: number, body?: unknown): string | null;
}

/** Sentences about a credential that does not look like one of this provider's. */
export function formatWarnings(
  provider: Provider,
  token: Pick<Token, 'scheme' | 'tokenId'>,
  secret: string,
): string[] {
  return provider.formats
    .filter(({ scheme }) => scheme === token.scheme)
    .filter(
      ({ tokenId: idFormat, secret: secretFormat }) =>
        idFormat?.test(token.tokenId ?? '') === false || secretFormat?.test(secret) === false,
    )
    .map(({ description }) => description);
}
