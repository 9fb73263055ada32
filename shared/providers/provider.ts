import { z } from 'zod';
import type { TokenScheme } from '../tokens/token.ts';

export const PROVIDER_IDS = ['sipgate', 'virtuozzo', 'portsip', 'airfocus'] as const;
export type ProviderId = (typeof PROVIDER_IDS)[number];
export const providerIdSchema = z.enum(PROVIDER_IDS, `a provider is one of ${PROVIDER_IDS.join(', ')}`);

/** What the window shows of a provider and fills into its forms. Plain data; the rules live in core/providers. */
export interface ProviderSummary {
  readonly id: ProviderId;
  readonly name: string;
  /** May hold a placeholder such as `{platformDomain}`, which the user fills in. */
  readonly baseUrl: string;
  readonly schemes: readonly ProviderScheme[];
  readonly scopes: readonly string[];
  /** The cheapest authenticated request, which tells whether a token works. */
  readonly check: { readonly method: string; readonly path: string };
  readonly tokenPage: string | null;
  readonly documentation: string | null;
}

export interface ProviderScheme {
  readonly scheme: TokenScheme;
  /** Name of the query parameter or header. */
  readonly field?: string;
  /** What the provider calls the two parts. */
  readonly labels: { readonly tokenId?: string; readonly secret: string };
}
