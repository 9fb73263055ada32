import { parseExpiryDate } from './expiry-date.ts';
import { instantOfSeconds, isObject, scopesOf } from './jwt.ts';
import { recogniseValue } from './recognise-value.ts';
import type { RecogniseContext, RecognisedCredential } from './recognised-credential.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** Where the value stands, the surest names first. */
const VALUE_FIELDS = [
  'access_token',
  'accessToken',
  'session',
  'token',
  'key',
  'api_key',
  'apiKey',
  'secret',
];
/** The last as one documentation spells it. */
const REFRESH_FIELDS = ['refresh_token', 'refreshToken', 'refresh_tokne'];
const WRAPPERS = ['token', 'data', 'response', 'result', 'apiToken', 'object'];

/**
 * Reads the answer of a login, of a token endpoint, or of a call that makes a token: the value with all that
 * stands beside it.
 *
 * @param text JSON
 * @returns `null` where it is no JSON object, or has no credential in it
 */
export function readTokenResponse(text: string, context: RecogniseContext): RecognisedCredential | null {
  const root = parseObject(text);
  if (root === null) return null;
  const { holder, facts } = findHolder(root);
  const secret = firstText(holder, VALUE_FIELDS);
  if (secret === null) return null;
  const { why: _why, ...known } = recogniseValue(secret, context) ?? { secret, why: '' };
  const provider = providerOfAnswer(root) ?? known.provider;
  const refreshToken = firstText(holder, REFRESH_FIELDS);
  const scopes = scopesOf(facts.scopes ?? facts.scope);
  const read = {
    expiresAt: expiryIn(facts, provider, context) ?? known.expiresAt,
    createdAt: dateOf(facts.createdAt ?? facts.created_at) ?? known.createdAt,
    scopes: scopes.length > 0 ? scopes : known.scopes,
    remoteId: idOf(facts.id),
    refreshToken: refreshToken ?? undefined,
    ...schemeIn(provider, root, known, context),
  };
  const given = Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
  return { ...known, ...given, secret, why: whyOf(refreshToken !== null, read.expiresAt !== undefined) };
}

function parseObject(text: string): JsonObject | null {
  if (!text.startsWith('{')) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** The object with the value, and the one with what is said of it: airfocus keeps them apart. */
function findHolder(root: JsonObject): { holder: JsonObject; facts: JsonObject } {
  if (isObject(root.apiKey)) return { holder: root, facts: root.apiKey };
  const inner = WRAPPERS.map((name) => root[name]).filter(isObject);
  const holder = [root, ...inner].find((each) => firstText(each, VALUE_FIELDS) !== null) ?? root;
  return { holder, facts: holder };
}

/** airfocus and Virtuozzo are told by the shape of their answers. */
function providerOfAnswer(root: JsonObject): RecognisedCredential['provider'] {
  if (isObject(root.apiKey) && typeof root.secret === 'string') return 'airfocus';
  return root.result === 0 ? 'virtuozzo' : undefined;
}

function schemeIn(
  provider: RecognisedCredential['provider'],
  root: JsonObject,
  known: Pick<RecognisedCredential, 'scheme'>,
  { providers }: RecogniseContext,
): Pick<RecognisedCredential, 'provider' | 'scheme' | 'field'> {
  const first = providers.find(({ id }) => id === provider)?.schemes[0];
  if (provider !== undefined && first !== undefined && known.scheme === undefined) {
    return {
      provider,
      scheme: first.scheme,
      ...(first.field === undefined ? {} : { field: first.field }),
    };
  }
  const isBearer = typeof root.access_token === 'string' || typeof root.accessToken === 'string';
  return isBearer && known.scheme === undefined ? { scheme: 'bearer' } : {};
}

function expiryIn(
  facts: JsonObject,
  provider: RecognisedCredential['provider'],
  { providers, receivedAt }: RecogniseContext,
): string | undefined {
  const dayEnd = providers.find(({ id }) => id === provider)?.dayEnd ?? 'local';
  const at = facts.expires_at ?? facts.expiresAt ?? facts.expires_on;
  if (typeof at === 'string') {
    const known = parseExpiryDate(provider === 'virtuozzo' ? utcOf(at) : at, dayEnd);
    if (known !== null) return known;
  }
  return instantOfSeconds(at) ?? expiryAfter(facts.expires_in ?? facts.expiresIn, receivedAt) ?? undefined;
}

/** `2027-01-31 12:00:00`, which is UTC where Virtuozzo writes it. */
function utcOf(text: string): string {
  return /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text) ? `${text}Z` : text;
}

/**
 * The instant so many seconds after `receivedAt`, as `expires_in` says it.
 *
 * @param seconds a number, or digits
 * @returns RFC 3339 in UTC, or `null` where it is no such number
 */
export function expiryAfter(seconds: unknown, receivedAt: Date): string | null {
  const count = typeof seconds === 'string' && /^\d{1,12}$/.test(seconds) ? Number(seconds) : seconds;
  if (typeof count !== 'number' || !(count >= 0)) return null;
  return instantOfSeconds(receivedAt.getTime() / 1000 + count);
}

function dateOf(value: unknown): string | undefined {
  return (typeof value === 'string' ? parseExpiryDate(value) : instantOfSeconds(value)) ?? undefined;
}

function idOf(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value);
  return text === '' || text.length > 500 ? undefined : text;
}

function firstText(object: JsonObject, names: readonly string[]): string | null {
  const name = names.find((each) => typeof object[each] === 'string' && object[each] !== '');
  const value = name === undefined ? null : object[name];
  return typeof value === 'string' ? value : null;
}

function whyOf(hasRefreshToken: boolean, hasExpiry: boolean): string {
  const parts = [
    'a token',
    ...(hasRefreshToken ? ['a refresh token'] : []),
    ...(hasExpiry ? ['an expiry'] : []),
  ];
  const last = parts.pop() ?? '';
  return `It is an answer with ${parts.length === 0 ? last : `${parts.join(', ')} and ${last}`}.`;
}
