import { HTTP_TOKEN } from '../http-token.ts';
import type { ProviderId } from '../providers/provider.ts';
import { decodeBase64 } from './jwt.ts';
import { asPair, isPairOf, recogniseValue, underScheme } from './recognise-value.ts';
import {
  type CredentialShapes,
  type RecogniseContext,
  type RecognisedCredential,
  schemeOf,
} from './recognised-credential.ts';
import { newTokenSchema, SECRET_BYTES } from './token.ts';
import { readTokenResponse } from './token-response.ts';

export type { CredentialShapes, RecognisedCredential } from './recognised-credential.ts';

export interface RecogniseOptions {
  /** All of them, as `providers.list` answers them. */
  readonly providers: readonly CredentialShapes[];
  /** The app's own, which is asked first. */
  readonly preferred?: ProviderId | null;
  /** When the text came; left out: now. */
  readonly receivedAt?: Date;
}

/** Longer texts are not looked at: no credential is, and the time taken stays bounded. */
const LONGEST_TEXT = 2 * SECRET_BYTES;
const MOST_LINES = 200;

/**
 * Recognises what was pasted as a credential: the answer of a login or of a call that makes a token, a URL
 * with a token in it, headers, the lines of an .env file, `id:secret`, a JWT, or a value with a provider's
 * prefix. Nothing is sent, nothing verified.
 *
 * @returns what can be kept as it is, by the schema of a token; `null` where nothing was recognised
 */
export function recogniseCredential(pasted: string, options: RecogniseOptions): RecognisedCredential | null {
  if (pasted.length > LONGEST_TEXT) return null;
  const text = pasted.trim();
  const context = contextOf(options);
  const found =
    readTokenResponse(text, context) ??
    inUrl(text, context) ??
    inHeaders(text, context) ??
    inAssignments(text, context) ??
    recogniseValue(text, context);
  return found !== null && canBeKept(found) ? found : null;
}

function contextOf({ providers, preferred, receivedAt }: RecogniseOptions): RecogniseContext {
  const own = providers.find(({ id }) => id === preferred) ?? null;
  return {
    providers: own === null ? providers : [own, ...providers.filter((each) => each !== own)],
    preferred: own,
    receivedAt: receivedAt ?? new Date(),
  };
}

/** A half that is missing is for the user to add; a part that no token can have spoils the whole. */
function canBeKept({ secret, scheme = 'bearer', field, tokenId, ...rest }: RecognisedCredential): boolean {
  const token = {
    name: 'pasted',
    secret,
    scheme,
    field: field ?? 'X-Api-Key',
    tokenId: tokenId ?? 'id',
    scopes: [...(rest.scopes ?? [])],
    expiresAt: rest.expiresAt ?? null,
  };
  return newTokenSchema.safeParse(token).success;
}

const PARAMETERS = ['access_token', 'private_token', 'api_key', 'apikey', 'token', 'session', 'key'];

function inUrl(text: string, context: RecogniseContext): RecognisedCredential | null {
  if (!/^https?:\/\//i.test(text) || /\s/.test(text) || !URL.canParse(text)) return null;
  const { searchParams } = new URL(text);
  const known = context.providers.flatMap(({ schemes }) => schemes.flatMap(({ field }) => field ?? []));
  const field = [...known, ...PARAMETERS].find((name) => (searchParams.get(name) ?? '') !== '');
  if (field === undefined) return null;
  return inParameter(field, searchParams.get(field) ?? '', context);
}

function inParameter(field: string, value: string, context: RecogniseContext): RecognisedCredential {
  const owner = ownerOf('query', field, context);
  return {
    ...(owner === undefined ? {} : { provider: owner.id }),
    ...underScheme(value, { scheme: 'query', field }, context),
    why: `It is the URL parameter ${field}.`,
  };
}

/** The provider whose scheme has this field; the app's own first. */
function ownerOf(
  scheme: 'query' | 'header',
  field: string,
  { providers }: RecogniseContext,
): CredentialShapes | undefined {
  return providers.find(({ schemes }) =>
    schemes.some((each) => each.scheme === scheme && each.field?.toLowerCase() === field.toLowerCase()),
  );
}

const LONGEST_HEADER_NAME = 200;
const SECRET_WORD = /token|key|secret|session|auth|passw/i;

function inHeaders(text: string, context: RecogniseContext): RecognisedCredential | null {
  if (/^(?:bearer|basic)\s/i.test(text)) return inAuthorization(text, context);
  for (const line of linesOf(text)) {
    const header = unquoted(line.replace(/^(?:-H|--header)[ =]/, '').trim());
    const colon = header.indexOf(':');
    const name = header.slice(0, colon);
    const value = header.slice(colon + 1).trim();
    if (colon < 1 || colon > LONGEST_HEADER_NAME || value === '' || !HTTP_TOKEN.test(name)) continue;
    if (/^(?:proxy-)?authorization$/i.test(name)) return inAuthorization(value, context);
    const owner = ownerOf('header', name, context);
    // `token-ABC123:…` is no header: those have a space after the colon.
    if (owner === undefined && !(SECRET_WORD.test(name) && /\s/.test(header.charAt(colon + 1)))) continue;
    return {
      ...(owner === undefined ? {} : { provider: owner.id }),
      ...underScheme(value, { scheme: 'header', field: name }, context),
      why: `It is the header ${name}.`,
    };
  }
  return null;
}

function inAuthorization(value: string, context: RecogniseContext): RecognisedCredential {
  const space = value.search(/\s/);
  const scheme = value.slice(0, space).toLowerCase();
  const rest = value.slice(space + 1).trim();
  if (scheme === 'bearer') {
    return {
      ...underScheme(rest, { scheme: 'bearer' }, context),
      why: 'It is an Authorization header with a Bearer token.',
    };
  }
  const pair = scheme === 'basic' ? decodeBase64(rest) : null;
  const known =
    pair === null ? null : pair.endsWith(':') ? recogniseValue(pair, context) : asPair(pair, context);
  if (known !== null)
    return { ...known, why: `It is an Authorization header of the kind Basic. ${known.why}` };
  return {
    secret: value,
    scheme: 'header',
    field: 'Authorization',
    why: 'It is an Authorization header of a kind of its own.',
  };
}

interface Assignment {
  readonly name: string;
  readonly value: string;
}

const ASSIGNMENT = /^(?:export )?([A-Za-z_][\w.-]{0,199}) ?= ?([^=\s].*)$/;

/** The lines of an .env file: an ID and a token by their formats, else the first that is a credential. */
function inAssignments(text: string, context: RecogniseContext): RecognisedCredential | null {
  const assignments = linesOf(text).flatMap(assignmentIn);
  return pairAmong(assignments, context) ?? singleAmong(assignments, context);
}

function assignmentIn(line: string): Assignment[] {
  const [, name = '', value = ''] = ASSIGNMENT.exec(line) ?? [];
  return value === '' ? [] : [{ name, value: unquoted(value.trim()) }];
}

function pairAmong(
  assignments: readonly Assignment[],
  { providers }: RecogniseContext,
): RecognisedCredential | null {
  for (const provider of providers.filter(({ formats }) => formats.some(({ tokenId }) => tokenId))) {
    for (const id of assignments) {
      const token = assignments.find(({ value }) => isPairOf(provider, id.value, value));
      if (token === undefined) continue;
      const why = `${id.name} and ${token.name} are an ID and a token of ${provider.name}.`;
      return { tokenId: id.value, secret: token.value, ...schemeOf(provider, 'basic'), why };
    }
  }
  return null;
}

function singleAmong(
  assignments: readonly Assignment[],
  context: RecogniseContext,
): RecognisedCredential | null {
  for (const { name, value } of assignments) {
    if (ownerOf('query', name, context) !== undefined) return inParameter(name, value, context);
    const known = recogniseValue(value, context);
    if (known !== null) return { ...known, why: `It is the value of ${name}. ${known.why}` };
  }
  const named = assignments.find(({ name }) => SECRET_WORD.test(name));
  return named === undefined ? null : { secret: named.value, why: `It is the value of ${named.name}.` };
}

function linesOf(text: string): string[] {
  return text
    .split('\n', MOST_LINES)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function unquoted(text: string): string {
  const first = text.charAt(0);
  const isQuoted = (first === '"' || first === "'") && text.endsWith(first);
  return isQuoted ? text.slice(1, -1) : text;
}
