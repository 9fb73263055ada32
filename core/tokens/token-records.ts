import {
  type Token,
  type TokenKey,
  type TokenMetadata,
  tokenParametersSchema,
} from '../../shared/tokens/token.ts';
import type { NewRecord } from '../vault/app-file.ts';

/** Uses closer to each other than this are one: nobody asks for the second. */
const USE_MS = 60_000;

export function metadataOf({ id: _id, appId: _appId, ...metadata }: Token): TokenMetadata {
  return metadata;
}

/** What people have said of it, but for its name: what a copy of it starts from. */
export function parametersOf(token: Token) {
  return tokenParametersSchema.parse(token);
}

/** A token whose secret stays. */
export function recordOf(token: Token): NewRecord {
  return { id: token.id, kind: 'token', metadata: metadataOf(token) };
}

export function idOf({ appId, tokenId }: TokenKey): Pick<Token, 'id' | 'appId'> {
  return { id: tokenId, appId };
}

export function byApp(keys: readonly TokenKey[]): Map<string, string[]> {
  const groups = Map.groupBy(keys, ({ appId }) => appId);
  return new Map([...groups].map(([appId, of]) => [appId, [...new Set(of.map(({ tokenId }) => tokenId))]]));
}

/** Whether a use is worth writing down beside the one before. */
export function isLater(use: string, before: string | null): boolean {
  return before === null || Date.parse(use) - Date.parse(before) >= USE_MS;
}

/** Whether its overlap with what has replaced it is over. */
export function isOver({ retiresAt }: TokenMetadata, now: Date): boolean {
  return retiresAt !== null && Date.parse(retiresAt) <= now.getTime();
}
