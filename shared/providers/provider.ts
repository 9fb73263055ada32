import { z } from 'zod';
import type { LoginPreset } from '../logins/login.ts';
import type { DayEnd } from '../tokens/expiry-date.ts';
import type { TokenScheme } from '../tokens/token.ts';

export const PROVIDER_IDS = [
  'sipgate',
  'virtuozzo',
  'portsip',
  'airfocus',
  'github',
  'gitlab',
  'slack',
  'stripe',
  'npm',
  'openai',
  'atlassian',
  'digitalocean',
  'cloudflare',
  'jwt',
  'oauth2',
] as const;
export type ProviderId = (typeof PROVIDER_IDS)[number];
export const providerIdSchema = z.enum(PROVIDER_IDS, `a provider is one of ${PROVIDER_IDS.join(', ')}`);

/** The groups in which providers are offered, in this order. */
export const PROVIDER_GROUPS = ['communication', 'cloud', 'development', 'business', 'general'] as const;
export type ProviderGroup = (typeof PROVIDER_GROUPS)[number];

/** What a provider's API can do with tokens. */
export const TOKEN_ACTIONS = ['list', 'create', 'edit', 'regenerate', 'revoke'] as const;
export type TokenAction = (typeof TOKEN_ACTIONS)[number];

/** What the window shows of a provider and fills into its forms. Plain data; the rules live in core/providers. */
export interface ProviderSummary {
  readonly id: ProviderId;
  readonly name: string;
  readonly group: ProviderGroup;
  /** The usual one first. Empty where it could be anywhere. */
  readonly baseUrls: readonly ProviderBaseUrl[];
  /** The parts in braces of its base URLs, which only the user knows. */
  readonly variables: readonly ProviderVariable[];
  /** The usual one first. */
  readonly schemes: readonly ProviderScheme[];
  /** Logins that it documents, the usual one first. */
  readonly logins?: readonly LoginPreset[];
  readonly prefixes: readonly CredentialPrefix[];
  readonly formats: readonly CredentialFormat[];
  readonly scopes: readonly string[];
  /** Scopes that are given together, by the provider's own names. */
  readonly scopeSets: readonly ScopeSet[];
  /** The cheapest authenticated request, which tells whether a token works; `null`: it depends on the API. */
  readonly check: CheckRequest | null;
  readonly tokenPage: string | null;
  readonly documentation: string | null;
  /** Whose midnight ends a date without a time. */
  readonly dayEnd: DayEnd;
  /** What its API can do with tokens; the rest is done on its token page. */
  readonly actions: readonly TokenAction[];
  /** By what it lets tokens be changed; left out where its API changes none. */
  readonly authority?: ChangeAuthority;
  readonly rateLimit: RateLimitHeaders | null;
}

export interface ChangeAuthority {
  /** Whether it may ask for the account's password with each change. */
  readonly asksPassword: boolean;
  /** Whether a token is the only one that it can be changed by. */
  readonly bySelf: boolean;
}

/** A URL with variables, such as `https://app.{platformDomain}/1.0`. */
export interface ProviderBaseUrl {
  readonly url: string;
  /** Tells it from the others: "United States". */
  readonly label: string;
}

export interface ProviderVariable {
  readonly name: string;
  readonly label: string;
  /** An example. */
  readonly placeholder: string;
  /** Where most have the same. */
  readonly value?: string;
}

export interface ProviderScheme {
  readonly scheme: TokenScheme;
  /** Name of the query parameter or header. */
  readonly field?: string;
  /** What the provider calls the two parts. */
  readonly labels: { readonly tokenId?: string; readonly secret: string };
}

/** How a provider's credentials begin. */
export interface CredentialPrefix {
  readonly prefix: string;
  readonly scheme: TokenScheme;
  /** In words, with an article: "a GitHub fine-grained token". */
  readonly description: string;
}

/** How credentials look, as patterns of `RegExp`. What differs is worth a warning, never a refusal. */
export interface CredentialFormat {
  readonly scheme: TokenScheme;
  readonly tokenId?: string;
  readonly secret?: string;
  /** A sentence: "A sipgate token ID looks like token-ABC123." */
  readonly description: string;
}

export interface ScopeSet {
  readonly name: string;
  readonly scopes: readonly string[];
}

export interface CheckRequest {
  readonly method: 'GET' | 'POST';
  /** Behind the base URL. */
  readonly path: string;
}

/** Names of the headers that say how many requests are left. */
export interface RateLimitHeaders {
  readonly limit: string;
  readonly remaining: string;
  readonly reset: string;
}

/** The base URL with its variables filled in; those without a value stay in braces. */
export function fillBaseUrl(url: string, values: Readonly<Record<string, string>>): string {
  return url.replace(/\{(\w+)\}/g, (braces, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name]?.trim() : undefined;
    return value === undefined || value === '' ? braces : value;
  });
}
