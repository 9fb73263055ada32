import type { RequestAuth } from '../../shared/requests/request.ts';
import type { TokenScheme } from '../../shared/tokens/token.ts';

/** How a token is written into a file's standard auth fields, which other programs read too. */
export interface TokenShape {
  readonly scheme: TokenScheme;
  readonly field: string | null;
}

/** The whole value of a field that refers to a token: `{{vault.NAME}}`, the name percent-encoded where it must be. */
const REFERENCE = /^\{\{vault\.([^{}]+?)\}\}$/;

/** What stands in a file for a token. */
export function referenceTo(name: string): string {
  return `{{vault.${name.replace(/[%{}]/g, encodeURIComponent)}}}`;
}

/** The token that a field refers to; `null` where it is something else. */
export function referredToken(field: unknown): string | null {
  const name = typeof field === 'string' ? REFERENCE.exec(field)?.[1] : undefined;
  return name === undefined ? null : decodeReference(name);
}

/** The field that holds the reference, by the type of auth. */
export const VALUE_FIELDS: Readonly<Record<string, string>> = {
  bearer: 'token',
  basic: 'password',
  apikey: 'value',
};

/** @returns `undefined` for auth that Tessera keeps but cannot use, such as literal values or other schemes */
export function readAuth(auth: unknown): RequestAuth | undefined {
  if (auth === undefined || auth === null || auth === 'none') return { kind: 'none' };
  if (auth === 'inherit') return { kind: 'inherit' };
  if (typeof auth !== 'object' || !('type' in auth)) return undefined;
  const fields = auth as Readonly<Record<string, unknown>>;
  const name = referredToken(fields[VALUE_FIELDS[String(fields.type)] ?? '']);
  return name === null ? undefined : { kind: 'token', name };
}

/** What stands in the file for `auth`; `undefined`: the field is left out, which means none. */
export function writeAuth(auth: RequestAuth, shape: TokenShape | null): unknown {
  if (auth.kind === 'none') return undefined;
  if (auth.kind === 'inherit') return 'inherit';
  const value = referenceTo(auth.name);
  switch (shape?.scheme) {
    case 'basic':
      return {
        type: 'basic',
        username: referenceTo(publicHalf(auth.name)),
        password: value,
      };
    case 'query':
    case 'header':
      return { type: 'apikey', key: shape.field ?? '', value, placement: shape.scheme };
    default:
      return { type: 'bearer', token: value };
  }
}

/** The name by which a file refers to a token's public half. */
export function publicHalf(name: string): string {
  return `${name}.id`;
}

export function decodeReference(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
