import type { RequestAuth } from '../../shared/requests/request.ts';
import type { TokenScheme } from '../../shared/tokens/token.ts';

/** How a token is written into a file's standard auth fields, which other programs read too. */
export interface TokenShape {
  readonly scheme: TokenScheme;
  readonly field: string | null;
}

/** The whole value of a field that refers to a token: `{{vault.NAME}}`, the name percent-encoded where it must be. */
const REFERENCE = /^\{\{vault\.([^{}]+?)\}\}$/;

function reference(name: string): string {
  return `{{vault.${name.replace(/[%{}]/g, encodeURIComponent)}}}`;
}

/** @returns `undefined` for auth that Tessera keeps but cannot use, such as literal values or other schemes */
export function readAuth(auth: unknown): RequestAuth | undefined {
  if (auth === undefined || auth === null || auth === 'none') return { kind: 'none' };
  if (auth === 'inherit') return { kind: 'inherit' };
  if (typeof auth !== 'object' || !('type' in auth)) return undefined;
  const fields = auth as Readonly<Record<string, unknown>>;
  const value = { bearer: fields.token, basic: fields.password, apikey: fields.value }[String(fields.type)];
  const name = typeof value === 'string' ? REFERENCE.exec(value)?.[1] : undefined;
  return name === undefined ? undefined : { kind: 'token', name: decodeName(name) };
}

/** What stands in the file for `auth`; `undefined`: the field is left out, which means none. */
export function writeAuth(auth: RequestAuth, shape: TokenShape | null): unknown {
  if (auth.kind === 'none') return undefined;
  if (auth.kind === 'inherit') return 'inherit';
  const value = reference(auth.name);
  switch (shape?.scheme) {
    case 'basic':
      return {
        type: 'basic',
        username: `{{vault.${auth.name.replace(/[%{}]/g, encodeURIComponent)}.id}}`,
        password: value,
      };
    case 'query':
    case 'header':
      return { type: 'apikey', key: shape.field ?? '', value, placement: shape.scheme };
    default:
      return { type: 'bearer', token: value };
  }
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
