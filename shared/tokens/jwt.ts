/** What a JWT says of itself. Nothing of it is verified: only its issuer can do that. */
export interface JwtClaims {
  /** `exp`, RFC 3339 in UTC. */
  readonly expiresAt: string | null;
  /** `nbf`: before it, the token does not work yet. */
  readonly notBefore: string | null;
  /** `iat`. */
  readonly issuedAt: string | null;
  /** `scope`, separated by spaces, or `scp`. */
  readonly scopes: readonly string[];
}

const JWT = /^[A-Za-z\d_-]+\.[A-Za-z\d_-]+\.[A-Za-z\d_-]*$/;

/** The last second that RFC 3339 can write. */
const LAST_SECOND = 253_402_300_799;

/** Reads a JWT without verifying it; `null` where the text is none. Never throws. */
export function readJwt(text: string): JwtClaims | null {
  if (!text.startsWith('eyJ') || !JWT.test(text)) return null;
  const [header = '', payload = ''] = text.split('.');
  const claims = jsonObject(payload);
  if (claims === null || jsonObject(header) === null) return null;
  return {
    expiresAt: instantOfSeconds(claims.exp),
    notBefore: instantOfSeconds(claims.nbf),
    issuedAt: instantOfSeconds(claims.iat),
    scopes: scopesOf(claims.scope ?? claims.scp),
  };
}

/** An instant given in seconds since 1970, as RFC 3339 in UTC; `null` where it is no such number. */
export function instantOfSeconds(value: unknown): string | null {
  if (typeof value !== 'number' || !(value > 0) || value > LAST_SECOND) return null;
  return new Date(Math.floor(value) * 1000).toISOString();
}

/** Scopes in one text, separated by spaces or commas, or as a list. */
export function scopesOf(value: unknown): string[] {
  const parts = typeof value === 'string' ? value.split(/[\s,]/) : Array.isArray(value) ? value : [];
  const scopes = parts.filter((part): part is string => typeof part === 'string' && isScope(part));
  return [...new Set(scopes)].slice(0, SCOPES);
}

const SCOPES = 500;
const SCOPE_LENGTH = 200;

function isScope(text: string): boolean {
  return text !== '' && text.length <= SCOPE_LENGTH && !/[\s\p{Cc}]/u.test(text);
}

function jsonObject(base64Url: string): Readonly<Record<string, unknown>> | null {
  const text = decodeBase64(base64Url.replaceAll('-', '+').replaceAll('_', '/'));
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text in Base64, with or without `=`; `null` where it is not Base64 or not UTF-8. */
export function decodeBase64(base64: string): string | null {
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
