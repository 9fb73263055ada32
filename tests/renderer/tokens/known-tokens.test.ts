import { describe, expect, it } from 'vitest';
import { type KnownTokens, withListing } from '../../../renderer/tokens/known-tokens.ts';
import { toColumnText } from '../../../shared/column-text.ts';
import type { Token, TokenKey, TokenListItem } from '../../../shared/tokens/token.ts';
import { tokenState } from '../../../shared/tokens/token-state.ts';
import { makeToken } from '../../support/sending.ts';

const [PHONE, SHOP] = ['phone', 'shop'];

function item(name: string, appId = PHONE, changes: Partial<Token> = {}): TokenListItem {
  const token = makeToken({ id: name, appId, name, ...changes });
  return { ...token, state: tokenState(token, new Date('2026-06-01T12:00:00Z')) };
}

const allOf = (...tokens: readonly TokenListItem[]): KnownTokens =>
  withListing(undefined, { revision: 1, tokens: toColumnText(tokens), places: null, removed: [] });

/** @param news by their places among all */
function told(
  known: KnownTokens,
  news: Readonly<Record<number, TokenListItem>>,
  ...removed: readonly TokenKey[]
): KnownTokens {
  const tokens = toColumnText(Object.values(news));
  return withListing(known, { revision: 2, tokens, places: Object.keys(news).map(Number), removed });
}

const names = (tokens: readonly TokenListItem[] | undefined) => tokens?.map(({ name }) => name);

describe('after a listing of what has changed', () => {
  const known = allOf(item('alpha'), item('beta', SHOP), item('gamma'), item('omega', SHOP));
  const [alpha, beta, gamma, omega] = known.all;
  const shop = known.ofApps.get(SHOP);

  it('a changed token stands in its place, and all others are the same as before', () => {
    const { all, ofApps } = told(known, { 2: item('gamma', PHONE, { notes: 'new' }) });
    expect(names(all)).toEqual(['alpha', 'beta', 'gamma', 'omega']);
    expect(all[2]?.notes).toBe('new');
    for (const [place, token] of [alpha, beta, undefined, omega].entries()) {
      if (token !== undefined) expect(all[place]).toBe(token);
    }
    expect(ofApps.get(PHONE)?.[1]?.notes).toBe('new');
  });

  it('the list of an app without changes is the same as before', () => {
    expect(told(known, { 0: item('alpha', PHONE, { notes: 'new' }) }).ofApps.get(SHOP)).toBe(shop);
    expect(told(known, {}, { appId: PHONE, tokenId: 'gamma' }).ofApps.get(SHOP)).toBe(shop);
  });

  it('a renamed token has moved', () => {
    const { all, ofApps } = told(known, { 3: { ...item('zeta'), id: 'alpha' } });
    expect(names(all)).toEqual(['beta', 'gamma', 'omega', 'zeta']);
    expect(names(ofApps.get(PHONE))).toEqual(['gamma', 'zeta']);
  });

  it('a rotated token has the retired one beside it', () => {
    const retired = item('alpha (retired)', PHONE, { retiresAt: '2026-06-08T12:00:00Z' });
    const { all, ofApps } = told(known, {
      0: item('alpha', PHONE, { rotatedAt: '2026-06-01T12:00:00Z' }),
      1: retired,
    });
    expect(names(all)).toEqual(['alpha', 'alpha (retired)', 'beta', 'gamma', 'omega']);
    expect(ofApps.get(PHONE)?.map(({ state }) => state.kind)).toEqual([
      'never-expires',
      'retired',
      'never-expires',
    ]);
  });

  it('what was removed is gone, and comes back where it was', () => {
    const without = told(known, {}, { appId: SHOP, tokenId: 'beta' });
    expect(names(without.all)).toEqual(['alpha', 'gamma', 'omega']);
    expect(names(without.ofApps.get(SHOP))).toEqual(['omega']);
    expect(names(told(without, { 1: item('beta', SHOP) }).all)).toEqual(names(known.all));
  });

  it('an app whose last token went has no list', () => {
    const gone = ['beta', 'omega'].map((tokenId) => ({ appId: SHOP, tokenId }));
    expect(told(known, {}, ...gone).ofApps.has(SHOP)).toBe(false);
  });

  it('a token of another app with the same id stays', () => {
    const twins = allOf(item('alpha'), { ...item('twin', SHOP), id: 'alpha' });
    expect(names(told(twins, {}, { appId: PHONE, tokenId: 'alpha' }).all)).toEqual(['twin']);
  });

  it('the lists are the same where nothing has changed', () => {
    const { all, ofApps, revision } = told(known, {});
    expect(all).toBe(known.all);
    expect(ofApps).toBe(known.ofApps);
    expect(revision).toBe(2);
  });

  it('a listing of all takes the place of what was known', () => {
    const listing = {
      revision: 7,
      tokens: toColumnText([gamma ?? item('gamma')]),
      places: null,
      removed: [],
    };
    expect(names(withListing(known, listing).all)).toEqual(['gamma']);
    expect([...withListing(known, listing).ofApps.keys()]).toEqual([PHONE]);
  });
});
