import { describe, expect, it } from 'vitest';
import { filterRows, orderRows, TOKEN_COLUMNS, tokenRows } from '../../../renderer/tokens/token-rows.ts';
import type { Token, TokenListItem } from '../../../shared/tokens/token.ts';
import { tokenState } from '../../../shared/tokens/token-state.ts';
import { makeApp, makeToken } from '../../support/sending.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const app = makeApp({ provider: 'sipgate' });
const item = (changes: Partial<Token>): TokenListItem => {
  const token = makeToken({ appId: app.id, id: crypto.randomUUID(), ...changes });
  return { ...token, state: tokenState(token, NOW) };
};

const rows = tokenRows(
  [
    item({ name: 'Alpha', scopes: ['account:read', 'users:read'], expiresAt: '2026-06-05T00:00:00Z' }),
    item({ name: 'beta', notes: 'for the invoices', lastUsedAt: '2026-05-01T00:00:00Z', actsAs: 'bot' }),
    item({ name: 'delta', retiresAt: '2026-07-01T00:00:00Z' }),
    item({ name: 'gamma', expiresAt: '2026-01-01T00:00:00Z' }),
  ],
  [app],
  [],
);
const names = (found: readonly { readonly name: string }[]) => found.map(({ name }) => name);

describe('a search', () => {
  it.each([
    ['ALPHA', ['Alpha']],
    ['users:read', ['Alpha']],
    ['invoices', ['beta']],
    ['phone', ['Alpha', 'beta', 'delta', 'gamma']],
    ['expired', ['gamma']],
    ['read acc', ['Alpha']],
    ['read invoices', []],
    ['  ', ['Alpha', 'beta', 'delta', 'gamma']],
  ])('for %j finds what holds every word', (search, expected) => {
    expect(names(filterRows(rows, search, 'all'))).toEqual(expected);
  });

  it('is narrowed by state', () => {
    expect(names(filterRows(rows, '', 'attention'))).toEqual(['Alpha', 'gamma']);
    expect(names(filterRows(rows, '', 'in use'))).toEqual(['Alpha', 'beta']);
    expect(names(filterRows(rows, '', 'retired'))).toEqual(['delta']);
  });
});

describe('an order', () => {
  it.each([
    ['name', ['Alpha', 'beta', 'delta', 'gamma']],
    ['expiresAt', ['gamma', 'Alpha', 'beta', 'delta']],
    ['scopes', ['beta', 'delta', 'gamma', 'Alpha']],
    ['state', ['gamma', 'Alpha', 'delta', 'beta']],
    ['lastUsedAt', ['Alpha', 'delta', 'gamma', 'beta']],
    ['actsAs', ['beta', 'Alpha', 'delta', 'gamma']],
  ] as const)('by %s keeps rows of the same rank as they were', (column, expected) => {
    expect(names(orderRows(rows, { column, isDescending: false }))).toEqual(expected);
  });

  it('by expiry has what nobody knows before what never ends, of access tokens too', () => {
    const endless = tokenRows(
      [
        item({ name: 'never', expiresAt: null }),
        item({ name: 'pasted', expiresAt: null, isExpiryKnown: false }),
        item({ name: 'signed in', expiresAt: null, scheme: 'oauth2' }),
      ],
      [app],
      [],
    );
    expect(names(orderRows(endless, { column: 'expiresAt', isDescending: false }))).toEqual([
      'pasted',
      'signed in',
      'never',
    ]);
  });

  it.each(TOKEN_COLUMNS)('by %s, the other way round, loses nothing', (column) => {
    expect(names(orderRows(rows, { column, isDescending: true })).sort()).toEqual([
      'Alpha',
      'beta',
      'delta',
      'gamma',
    ]);
  });
});
