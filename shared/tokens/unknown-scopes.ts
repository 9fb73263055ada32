/** Which of `scopes` the provider does not list; none where it lists none. Worth a warning: its list may be older than the scope. */
export function unknownScopes(scopes: readonly string[], offered: readonly string[]): string[] {
  if (offered.length === 0) return [];
  const known = new Set(offered);
  return scopes.filter((scope) => !known.has(scope));
}
