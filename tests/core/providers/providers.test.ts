import { describe, expect, test } from 'vitest';
import { formatWarnings, providerSummary } from '../../../core/providers/provider.ts';
import { PROVIDERS, providerOf } from '../../../core/providers/providers.ts';
import { sipgate } from '../../../core/providers/sipgate.ts';
import { baseUrlSchema } from '../../../shared/apps/app.ts';
import { fillBaseUrl, PROVIDER_IDS, type ProviderId } from '../../../shared/providers/provider.ts';

test('every provider that an app can have is described, once', () => {
  expect(PROVIDERS.map(({ id }) => id).toSorted()).toEqual([...PROVIDER_IDS].toSorted());
});

test.each(PROVIDERS)('$id names a field for every query and header scheme', ({ schemes }) => {
  for (const { scheme, field } of schemes) {
    expect(field !== undefined).toBe(scheme === 'query' || scheme === 'header');
  }
});

test.each(PROVIDERS)('$id asks for every variable of its base URLs, and for no other', ({
  baseUrls,
  variables,
}) => {
  const asked = baseUrls.flatMap(({ url }) => [...url.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  expect([...new Set(asked)].toSorted()).toEqual(variables.map(({ name }) => name).toSorted());
});

test.each(PROVIDERS)('$id has a base URL that can be kept once its variables are filled in', (provider) => {
  const values = Object.fromEntries(
    provider.variables.map(({ name, value, placeholder }) => [name, value ?? placeholder]),
  );
  for (const { url } of provider.baseUrls) {
    expect(baseUrlSchema.safeParse(fillBaseUrl(url, values)).success).toBe(true);
  }
});

test.each(PROVIDERS)('$id has scopes and patterns that tokens can have', ({ scopes, scopeSets, formats }) => {
  const all = [...scopes, ...scopeSets.flatMap((set) => set.scopes)];
  expect(all.filter((scope) => /\s/.test(scope))).toEqual([]);
  for (const { tokenId, secret } of formats) expect(new RegExp(tokenId ?? secret ?? '(')).toBeDefined();
});

test.each(PROVIDERS)('$id crosses to the window as plain data', (provider) => {
  const summary = providerSummary(provider);
  expect(structuredClone(summary)).toEqual(summary);
});

test('the window is told by what a provider lets tokens be changed', () => {
  const told = PROVIDERS.map(providerSummary).flatMap(({ id, authority }) =>
    authority === undefined ? [] : [[id, authority]],
  );
  expect(told).toEqual([
    ['virtuozzo', { asksPassword: true, bySelf: false }],
    ['airfocus', { asksPassword: false, bySelf: false }],
    ['gitlab', { asksPassword: false, bySelf: true }],
  ]);
});

test('a variable without a value stays in braces', () => {
  expect(fillBaseUrl('{a}/{b}/{c}', { a: 'x', b: ' ' })).toBe('x/{b}/{c}');
});

test('an app without a provider has none', () => {
  expect(providerOf(null)).toBeNull();
});

describe('hints', () => {
  test.each<[ProviderId, number, unknown, string]>([
    ['sipgate', 401, undefined, 'Token ID or token are wrong'],
    ['sipgate', 402, undefined, 'balance'],
    ['sipgate', 403, undefined, 'scope'],
    ['sipgate', 404, undefined, 'endpoint does not exist'],
    ['sipgate', 405, undefined, 'not with this method'],
    ['virtuozzo', 200, { result: 3, error: 'x' }, 'session parameter'],
    ['virtuozzo', 200, { result: 8202 }, 'may not call this method'],
    ['virtuozzo', 200, { result: 4711 }, 'This is an error: result 4711'],
    ['portsip', 401, undefined, 'Sign in again'],
    ['portsip', 400, { errors: [{ code: 'UNAUTHORIZED' }] }, 'Sign in again'],
    ['portsip', 400, { errors: [{ code: 'VALIDATE_FAILED' }] }, 'parameter'],
    ['airfocus', 401, { code: 'missing_token' }, 'No token arrived'],
    ['airfocus', 403, { code: 'forbidden' }, 'scope'],
    ['airfocus', 400, {}, 'does not exist'],
    ['airfocus', 429, {}, '600 requests'],
    ['github', 401, {}, 'does not know this token'],
    ['slack', 200, { ok: false, error: 'token_revoked' }, 'was revoked'],
    ['slack', 200, { ok: false, error: 'constructor' }, 'says why'],
    ['digitalocean', 401, { id: 'unauthorized' }, 'does not know this token'],
  ])('%s %i %j', (id, status, body, words) => {
    expect(providerOf(id)?.hint(status, body)).toContain(words);
  });

  test.each<[ProviderId, number, unknown]>([
    ['sipgate', 200, {}],
    ['slack', 200, { ok: true }],
    ['virtuozzo', 200, { result: 0 }],
    ['virtuozzo', 200, undefined],
    ['portsip', 200, { errors: [] }],
    ['portsip', 400, { errors: 'none' }],
    ['airfocus', 200, { code: 'forbidden' }],
  ])('%s has none for %i %j', (id, status, body) => {
    expect(providerOf(id)?.hint(status, body)).toBeNull();
  });
});

describe('formats', () => {
  const uuid = '3f1c2b4a-5d6e-4f70-8a9b-0c1d2e3f4a5b';

  test('a token ID and a token that look right give no warning', () => {
    expect(formatWarnings(sipgate, { scheme: 'basic', tokenId: 'token-ABC123' }, uuid)).toEqual([]);
    expect(formatWarnings(sipgate, { scheme: 'basic', tokenId: 'token-ABC123' }, uuid.toUpperCase())).toEqual(
      [],
    );
  });

  test('what looks otherwise gives one for each part', () => {
    expect(formatWarnings(sipgate, { scheme: 'basic', tokenId: 'ABC' }, 'x')).toHaveLength(2);
  });

  test('another scheme has another format', () => {
    expect(formatWarnings(sipgate, { scheme: 'bearer', tokenId: null }, 'x')).toEqual([]);
  });
});
