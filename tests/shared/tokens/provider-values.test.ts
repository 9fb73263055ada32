import { describe, expect, it } from 'vitest';
import { type ComparedToken, providerValues } from '../../../shared/tokens/provider-values.ts';

const NEVER = { expiresAt: null, isExpiryKnown: true };
const SAID = '2027-01-31T10:00:00.500Z';
const token = (changes: Partial<ComparedToken>, said: Partial<NonNullable<ComparedToken['check']>> = {}) => ({
  scheme: 'bearer' as const,
  expiresAt: '2026-12-31T00:00:00.000Z',
  isExpiryKnown: true,
  scopes: ['a'],
  check: {
    at: '2026-06-01T00:00:00.000Z',
    outcome: 'accepted' as const,
    identity: null,
    message: '',
    expiresAt: null,
    scopes: null,
    ...said,
  },
  ...changes,
});

describe('what the provider says otherwise', () => {
  it.each([
    ['nothing, where it says nothing', token({}), {}],
    ['nothing, where it was not asked', token({ check: null }), {}],
    ['its expiry', token({}, { expiresAt: SAID }), { expiry: { expiresAt: SAID, isExpiryKnown: true } }],
    ['that there is no end', token({}, { expiresAt: 'never' }), { expiry: NEVER }],
    [
      'that there is no end, where nobody knew',
      token({ expiresAt: null, isExpiryKnown: false }, { expiresAt: 'never' }),
      { expiry: NEVER },
    ],
    ['nothing, where neither has an end', token({ expiresAt: null }, { expiresAt: 'never' }), {}],
    [
      'nothing, where less than a second lies between them',
      token({ expiresAt: '2027-01-31T10:00:00.000Z' }, { expiresAt: SAID }),
      {},
    ],
    ['its scopes', token({}, { scopes: ['a', 'b'] }), { scopes: ['a', 'b'] }],
    ['that it has no scopes', token({}, { scopes: [] }), { scopes: [] }],
    ['nothing, whatever the order', token({ scopes: ['b', 'a'] }, { scopes: ['a', 'b'] }), {}],
    ['no expiry of one that is obtained', token({ scheme: 'oauth2' }, { expiresAt: SAID }), {}],
  ])('is %s', (_what, given, expected) => {
    expect(providerValues(given)).toEqual(expected);
  });
});
