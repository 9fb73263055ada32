import type { ProviderSummary } from '../../shared/providers/provider.ts';
import type { Token } from '../../shared/tokens/token.ts';

/** What Tessera knows of a provider from its public documentation. */
export interface Provider extends ProviderSummary {
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
