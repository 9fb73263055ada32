export const SCOPES = [
  'profile',
  'profile:read',
  'team',
  'team:read',
  'workspace',
  'workspace:read',
  'workspace:comment',
] as const;
export type Scope = (typeof SCOPES)[number];

export function isScope(value: unknown): value is Scope {
  return SCOPES.some((scope) => scope === value);
}

/** A scope without a colon holds those that begin with it: `profile` may all that `profile:read` may. */
export function allows(scopes: readonly string[], wanted: Scope): boolean {
  return scopes.some((scope) => scope === wanted || wanted.startsWith(`${scope}:`));
}
