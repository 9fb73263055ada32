import { sameName } from '../../shared/name.ts';
import type { RemoteToken } from '../../shared/tokens/remote-token.ts';
import type { Token, TokenMetadata } from '../../shared/tokens/token.ts';

/**
 * Which token of the provider's list one of the vault is: by the provider's ID; else by the name, where both
 * sides have it once and nobody else claims it. `null`: none, or it is not certain.
 *
 * @param own all of the app
 */
export function matchOf(
  token: Token,
  own: readonly Token[],
  remote: readonly RemoteToken[],
): RemoteToken | null {
  if (token.remoteId !== null) return remote.find(({ remoteId }) => remoteId === token.remoteId) ?? null;
  const claimed = new Set(own.map(({ remoteId }) => remoteId));
  const [match, ...more] = remote.filter(
    ({ name, remoteId }) => sameName(name, token.name) && !claimed.has(remoteId),
  );
  return match !== undefined && more.length === 0 ? match : null;
}

/** What the provider says of a token; what it leaves out stays as it is. */
export function factsOf({ remoteId, scopes, expiresAt, lastUsedAt }: RemoteToken): Partial<TokenMetadata> {
  return {
    remoteId,
    ...(scopes.length === 0 ? {} : { scopes: [...scopes] }),
    ...(expiresAt === null ? {} : { expiresAt, isExpiryKnown: true }),
    ...(lastUsedAt === null ? {} : { lastUsedAt }),
  };
}
