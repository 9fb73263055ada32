import { describe, expect, it } from 'vitest';
import type { TokenFacts } from '../../../core/providers/provider.ts';
import { takeOverFacts } from '../../../core/tokens/take-over-facts.ts';
import type { Token, TokenCheck } from '../../../shared/tokens/token.ts';
import { makeToken } from '../../support/sending.ts';

const TYPED = '2030-01-31T12:00:00.000Z';
const DAY = 86_400_000;
const CHECK: TokenCheck = {
  at: '2026-06-01T12:00:00.000Z',
  outcome: 'accepted',
  identity: null,
  message: '',
  expiresAt: null,
  scopes: null,
};

const take = (token: Partial<Token>, facts: TokenFacts, replacesTyped?: boolean) =>
  takeOverFacts(makeToken(token), facts, replacesTyped);
const later = (milliseconds: number) => new Date(Date.parse(TYPED) + milliseconds).toISOString();

describe('an expiry that the provider says', () => {
  it.each([
    ['takes the place of a typed one that is less than a day away', DAY - 1, true],
    ['leaves a typed one that is a day away', DAY, false],
    ['leaves one that is a day away on the other side', -DAY, false],
  ])('%s', (_what, away, isTaken) => {
    const { changes } = take({ expiresAt: TYPED }, { expiresAt: later(away) });
    expect(changes).toEqual(isTaken ? { expiresAt: later(away), isExpiryKnown: true } : {});
  });

  it('takes the place of any typed one where that is wanted', () => {
    expect(take({ expiresAt: TYPED }, { expiresAt: 'never' }, true).changes).toEqual({
      expiresAt: null,
      isExpiryKnown: true,
    });
  });

  it('is not that of an access token, which gets a new one with each sign-in', () => {
    expect(take({ scheme: 'login' }, { expiresAt: TYPED }).changes).toEqual({});
  });
});

describe('scopes that the provider says', () => {
  it('take the place of those that an earlier check has read', () => {
    const token = { scopes: ['b', 'a'], check: { ...CHECK, scopes: ['a', 'b'] } };
    expect(take(token, { scopes: ['c'] }).changes).toEqual({ scopes: ['c'] });
  });

  it('take the place of typed ones where that is wanted', () => {
    expect(take({ scopes: ['a'] }, { scopes: ['c'] }, true).changes).toEqual({ scopes: ['c'] });
    expect(take({ scopes: ['a'] }, { scopes: ['c'] }).changes).toEqual({});
  });

  it('are said up to the twentieth', () => {
    const scopes = Array.from({ length: 21 }, (_, index) => `s${index}`);
    expect(take({ scopes: ['a'] }, { scopes }).remarks.join()).toMatch(/ s19 and others\. /);
    expect(take({ scopes: ['a'] }, { scopes: scopes.slice(1) }).remarks.join()).toMatch(/ s20\. /);
    expect(take({ scopes: ['a'] }, { scopes: [] }).remarks.join()).toMatch(/its scopes are: none\. /);
  });
});
