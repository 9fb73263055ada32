import { isObtained, type Token, type TokenExpiry, type TokenScheme } from './token.ts';

/** What the vault has of a token beside what its provider last said. */
export interface ComparedToken extends Readonly<TokenExpiry> {
  readonly scheme: TokenScheme;
  readonly scopes: readonly string[];
  readonly check: Token['check'];
}

export interface ProviderValues {
  readonly expiry?: TokenExpiry;
  readonly scopes?: readonly string[];
}

/** Where a token's provider says something else of it than the vault has; empty where it does not. */
export function providerValues(token: ComparedToken): ProviderValues {
  const { scheme, expiresAt, isExpiryKnown, scopes, check } = token;
  const said = check?.expiresAt === 'never' ? null : check?.expiresAt;
  // One that is obtained gets its expiry with each access token.
  const isSaid = !isObtained({ scheme }) && said !== undefined && check?.expiresAt !== null;
  return {
    ...(isSaid && !(isExpiryKnown && sameSecond(said, expiresAt))
      ? { expiry: { expiresAt: said, isExpiryKnown: true } }
      : {}),
    ...(check?.scopes && !sameScopes(check.scopes, scopes) ? { scopes: check.scopes } : {}),
  };
}

/** Nobody types less than a second. */
function sameSecond(left: string | null, right: string | null): boolean {
  if (left === null || right === null) return left === right;
  return Math.floor(Date.parse(left) / 1000) === Math.floor(Date.parse(right) / 1000);
}

export function sameScopes(left: readonly string[], right: readonly string[]): boolean {
  const known = new Set(right);
  return left.length === right.length && left.every((scope) => known.has(scope));
}
