import { AppError } from '../../shared/app-error.ts';
import type { Token } from '../../shared/tokens/token.ts';
import { type HeaderLine, headerText } from './build-headers.ts';

/** Where a token's credential goes: a header line, or a URL parameter. */
export type Credential =
  | { readonly kind: 'header'; readonly line: HeaderLine }
  | { readonly kind: 'query'; readonly name: string; readonly value: string };

/**
 * Makes the credential of a token. This is the one place where a secret becomes a string: undici takes
 * nothing else. The string lives as long as the request.
 *
 * @param secret wiped before this returns
 */
export function makeCredential(token: Token, secret: Buffer): Credential {
  try {
    switch (token.scheme) {
      case 'basic': {
        const pair = Buffer.concat([Buffer.from(`${token.tokenId ?? ''}:`), secret]);
        const line = ['Authorization', `Basic ${pair.toString('base64')}`] as const;
        pair.fill(0);
        return { kind: 'header', line };
      }
      case 'bearer':
        return { kind: 'header', line: ['Authorization', `Bearer ${headerText(secret.toString())}`] };
      case 'header':
        return { kind: 'header', line: [token.field ?? '', headerText(secret.toString())] };
      case 'query':
        return { kind: 'query', name: token.field ?? '', value: secret.toString() };
    }
  } finally {
    secret.fill(0);
  }
}

/** The name of the header that a token's credential goes into, lower case; `null` for a URL parameter. */
export function credentialHeader(token: Token): string | null {
  if (token.scheme === 'query') return null;
  return token.scheme === 'header' ? (token.field ?? '').toLowerCase() : 'authorization';
}

/**
 * Whether the token steps back for a header that was typed: so it does when nobody named the token.
 *
 * @throws AppError `INVALID_INPUT` where a token was named, and its header was typed too
 */
export function yieldsToTyped(token: Token, named: boolean, typed: ReadonlySet<string>): boolean {
  const header = credentialHeader(token);
  if (header === null || !typed.has(header)) return false;
  if (!named) return true;
  throw new AppError(
    'INVALID_INPUT',
    `The token ${token.name} and the headers both set ${header}. Take the header out, or choose no token.`,
    { path: 'headers', header },
  );
}

/** The URL with the credential as its parameter, in place of any of that name; all else stays as it was. */
export function withParameter(url: URL, name: string, value: string): URL {
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && parameterName(pair) !== name);
  const result = new URL(url);
  result.search = [...kept, `${encodeURIComponent(name)}=${encodeURIComponent(value)}`].join('&');
  return result;
}

function parameterName(pair: string): string {
  return [...new URLSearchParams(pair).keys()][0] ?? '';
}
