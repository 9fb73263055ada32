import type { CredentialPrefix } from '../providers/provider.ts';
import { readJwt } from './jwt.ts';
import {
  type CredentialShapes,
  type RecogniseContext,
  type RecognisedCredential,
  schemeOf,
} from './recognised-credential.ts';
import type { TokenScheme } from './token.ts';

/**
 * Recognises a credential that stands alone: by its prefix, as a JWT, as `id:secret`, or by the format of
 * the app's own provider.
 */
export function recogniseValue(value: string, context: RecogniseContext): RecognisedCredential | null {
  if (value === '' || /\s/.test(value)) return null;
  return byPrefix(value, context) ?? asJwt(value) ?? asPair(value, context) ?? byFormat(value, context);
}

function byPrefix(value: string, { providers }: RecogniseContext): RecognisedCredential | null {
  let best: { provider: CredentialShapes; known: CredentialPrefix } | null = null;
  for (const provider of providers) {
    for (const known of provider.prefixes) {
      const fits = value.startsWith(known.prefix) && value.length > known.prefix.length;
      if (fits && known.prefix.length > (best?.known.prefix.length ?? 0)) best = { provider, known };
    }
  }
  if (best === null) return null;
  const { prefix, scheme, description } = best.known;
  // As `curl -u KEY:` takes it: a key as the user name, and no password.
  const secret = value.endsWith(':') ? value.slice(0, -1) : value;
  return {
    secret,
    ...schemeOf(best.provider, scheme),
    why: `It begins with ${prefix}, as ${description} does.`,
  };
}

function asJwt(value: string): RecognisedCredential | null {
  const claims = readJwt(value);
  if (claims === null) return null;
  const { expiresAt, issuedAt, notBefore, scopes } = claims;
  return {
    secret: value,
    scheme: 'bearer',
    ...(expiresAt === null ? {} : { expiresAt }),
    ...(issuedAt === null ? {} : { createdAt: issuedAt }),
    ...(notBefore === null ? {} : { notBefore }),
    ...(scopes.length === 0 ? {} : { scopes }),
    why: 'It is a JWT. What it says of itself was read, and not verified.',
  };
}

const TOKEN_ID = /^[\w.@+-]{1,500}$/;

/** `id:secret`. @returns `null` where there is no colon between two parts */
export function asPair(value: string, { providers }: RecogniseContext): RecognisedCredential | null {
  const colon = value.indexOf(':');
  const tokenId = value.slice(0, colon);
  const secret = value.slice(colon + 1);
  if (colon < 0 || !TOKEN_ID.test(tokenId) || secret === '' || secret.startsWith('//')) return null;
  const provider = providers.find((each) => isPairOf(each, tokenId, secret));
  const pair = { tokenId, secret, scheme: 'basic' } as const;
  return provider === undefined
    ? { ...pair, why: 'It has two parts with a colon between them: an ID and a secret.' }
    : { ...pair, provider: provider.id, why: `It is an ID and a token of ${provider.name}.` };
}

/** Whether both halves look as a provider says its credentials do. */
export function isPairOf(provider: CredentialShapes, tokenId: string, secret: string): boolean {
  const formats = provider.formats.filter(({ scheme }) => scheme === 'basic');
  return (
    formats.some((format) => format.tokenId !== undefined) &&
    formats.some((format) => format.secret !== undefined) &&
    formats.every((format) => fits(format.tokenId, tokenId) && fits(format.secret, secret))
  );
}

/** One half of a pair, or a token without a prefix: too common to be told from those of other providers. */
function byFormat(value: string, { preferred }: RecogniseContext): RecognisedCredential | null {
  const format = preferred?.formats.find(({ secret }) => secret !== undefined && fits(secret, value));
  if (preferred === null || format === undefined) return null;
  return {
    secret: value,
    ...schemeOf(preferred, format.scheme),
    why: `It looks like a token of ${preferred.name}.`,
  };
}

function fits(pattern: string | undefined, text: string): boolean {
  return pattern === undefined || new RegExp(pattern).test(text);
}

/** The credential under a scheme that the text itself names, whatever its value looks like. */
export function underScheme(
  value: string,
  place: { readonly scheme: TokenScheme; readonly field?: string },
  context: RecogniseContext,
): Omit<RecognisedCredential, 'why'> {
  const {
    why: _why,
    tokenId: _id,
    field: _field,
    ...known
  } = byPrefix(value, context) ?? asJwt(value) ?? { secret: value, why: '' };
  return { ...known, secret: value, ...place };
}
