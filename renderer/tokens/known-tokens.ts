import { readColumnText } from '../../shared/column-text.ts';
import { keyOf, type TokenKey, type TokenListItem } from '../../shared/tokens/token.ts';
import type { TokenListing } from '../../shared/tokens/token-listing.ts';

/** All tokens, as they were last listed. */
export interface KnownTokens {
  readonly revision: number;
  /** By name; those of the same name as the main process lists them. */
  readonly all: readonly TokenListItem[];
  readonly ofApps: ReadonlyMap<string, readonly TokenListItem[]>;
}

/** What is known after a listing. Tokens and lists of apps that are as they were stay the same objects. */
export function withListing(known: KnownTokens | undefined, listing: TokenListing): KnownTokens {
  const { revision, places, removed } = listing;
  const listed = readColumnText(listing.tokens);
  if (known === undefined || places === null) return { revision, all: listed, ofApps: byApp(listed) };
  if (listed.length === 0 && removed.length === 0) return { ...known, revision };
  const news = [...listed.map(keyOf), ...removed];
  const outdated = new Set(news.map(textOf));
  const all = known.all.filter((token) => !outdated.has(textOf(keyOf(token))));
  // Ascending: each finds those before it in their places.
  for (const [index, token] of listed.entries()) all.splice(places[index] ?? all.length, 0, token);
  const touched = new Set(news.map(({ appId }) => appId));
  const lists = [...byApp(all)].map(([appId, tokens]) => {
    const before = touched.has(appId) ? undefined : known.ofApps.get(appId);
    return [appId, before ?? tokens] as const;
  });
  return { revision, all, ofApps: new Map(lists) };
}

function byApp(tokens: readonly TokenListItem[]): Map<string, TokenListItem[]> {
  return Map.groupBy(tokens, ({ appId }) => appId);
}

function textOf({ appId, tokenId }: TokenKey): string {
  return `${appId} ${tokenId}`;
}
