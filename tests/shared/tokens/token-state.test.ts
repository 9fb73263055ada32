import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describeTokenState,
  hasExpired,
  needsAttention,
  nextExpiryBoundary,
  tokenState,
} from '../../../shared/tokens/token-state.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const DAY = 86_400_000;
const endingIn = (milliseconds: number) => ({
  expiresAt: new Date(NOW.getTime() + milliseconds).toISOString(),
});

describe('the state of a token', () => {
  it.each([
    [-DAY, 'expired', true],
    [0, 'expired', true],
    [60_000, 'expired', true],
    [60_001, 'expires within a day', true],
    [DAY, 'expires within a day', true],
    [7 * DAY, 'expires in 7 days', true],
    [7 * DAY + 1, 'expires in 8 days', false],
    [31 * DAY, 'expires in 31 days', false],
  ])('%d ms before its end is "%s"', (left, words, calls) => {
    const state = tokenState(endingIn(left), NOW);
    expect(describeTokenState(state)).toBe(words);
    expect(needsAttention(state)).toBe(calls);
  });

  it('without an end is that it never expires', () => {
    expect(tokenState({ expiresAt: null }, NOW)).toEqual({ kind: 'never-expires' });
  });

  it('is not known where nobody has said when it ends', () => {
    const state = tokenState({ expiresAt: null, isExpiryKnown: false }, NOW);
    expect(describeTokenState(state)).toBe('expiry not known');
    expect(needsAttention(state)).toBe(false);
  });

  it('is not known of an access token whose server did not say', () => {
    const signedIn = { scheme: 'oauth2' as const, expiresAt: null, connectedAt: NOW.toISOString() };
    expect(tokenState(signedIn, NOW)).toEqual({ kind: 'unknown' });
  });

  it.each([
    ['compromised', { compromisedAt: NOW.toISOString(), retiresAt: NOW.toISOString() }, true],
    ['retired', { retiresAt: NOW.toISOString(), check: { outcome: 'refused' } }, false],
    ['refused by the provider', { check: { outcome: 'refused' } }, true],
    ['expires within a day', { check: { outcome: 'unclear' } }, true],
  ])('is the worst that is known of it: %s', (words, life, calls) => {
    const state = tokenState({ ...endingIn(DAY), ...life }, NOW);
    expect(describeTokenState(state)).toBe(words);
    expect(needsAttention(state)).toBe(calls);
  });

  it.each([
    ['renews by itself', { isRenewable: true, refreshExpiresAt: null }],
    ['needs sign-in', { isRenewable: true, refreshExpiresAt: NOW.toISOString(), connectedAt: null }],
    ['needs sign-in', { connectedAt: null, expiresAt: endingIn(90 * DAY).expiresAt }],
    ['needs sign-in', { connectedAt: NOW.toISOString(), expiresAt: NOW.toISOString() }],
    ['expires in 90 days', { connectedAt: NOW.toISOString(), expiresAt: endingIn(90 * DAY).expiresAt }],
  ])('that is got by signing in: %s', (words, life) => {
    for (const scheme of ['login', 'oauth2'] as const) {
      expect(describeTokenState(tokenState({ expiresAt: null, scheme, ...life }, NOW))).toBe(words);
    }
  });

  it.each([
    [2, 'expires in 2 days'],
    [729, 'expires in 729 days'],
    [730, 'expires in 2 years'],
    [355_053, 'expires in 972 years'],
  ])('that is %i days off is said in days as long as they say something', (days, words) => {
    expect(describeTokenState(tokenState(endingIn(days * DAY), NOW))).toBe(words);
  });

  it('does not hide an end that has come', () => {
    expect(tokenState({ ...endingIn(0), check: { outcome: 'refused' } }, NOW).kind).toBe('expired');
    expect(hasExpired(endingIn(0).expiresAt, NOW)).toBe(true);
  });

  it('only ever gets worse as time passes', () => {
    const order = ['valid', 'expiring', 'expired'];
    fc.assert(
      fc.property(fc.integer({ min: -50 * DAY, max: 90 * DAY }), fc.nat(90 * DAY), (left, later) => {
        const token = endingIn(left);
        const [before, after] = [NOW, new Date(NOW.getTime() + later)].map((now) =>
          order.indexOf(tokenState(token, now).kind),
        );
        expect(after).toBeGreaterThanOrEqual(before ?? 0);
      }),
    );
  });
});

describe('expiry levels', () => {
  const levelOf = (days: number, levels: readonly number[]) => {
    const state = tokenState(endingIn(days * DAY), NOW, levels);
    return state.kind === 'expiring' ? [state.level, state.isUrgent] : state.kind;
  };

  it('are passed one after the other, the first of several for planning only', () => {
    expect([60, 30, 8, 7, 2, 1].map((days) => levelOf(days, [30, 7, 1]))).toEqual([
      'valid',
      [30, false],
      [30, false],
      [7, true],
      [7, true],
      [1, true],
    ]);
  });

  it('are those that were set', () => {
    expect([15, 14, 1].map((days) => levelOf(days, [14]))).toEqual(['valid', [14, true], [14, true]]);
    expect(levelOf(90, [90, 60])).toEqual([90, false]);
  });

  it('change the state at their boundaries and nowhere else', () => {
    const life = fc.record({
      left: fc.integer({ min: -40 * DAY, max: 400 * DAY }),
      levels: fc
        .uniqueArray(fc.integer({ min: 1, max: 365 }), { minLength: 1, maxLength: 5 })
        .map((days) => days.sort((left, right) => right - left)),
    });
    const place = (token: { readonly expiresAt: string }, at: number, levels: readonly number[]) => {
      const state = tokenState(token, new Date(at), levels);
      return state.kind === 'expiring' ? state.level : state.kind;
    };
    fc.assert(
      fc.property(life, ({ left, levels }) => {
        const token = endingIn(left);
        const boundary = nextExpiryBoundary(token.expiresAt, NOW, levels);
        const now = place(token, NOW.getTime(), levels);
        if (boundary === null) expect(now).toBe('expired');
        else {
          expect(place(token, boundary - 1, levels)).toBe(now);
          expect(place(token, boundary, levels)).not.toBe(now);
        }
      }),
    );
  });

  it('have their next boundary after now, not at it', () => {
    const { expiresAt } = endingIn(7 * DAY);
    expect(nextExpiryBoundary(expiresAt, NOW, [30, 7, 1])).toBe(NOW.getTime() + 6 * DAY);
  });

  it('have no boundary where there is no end', () => {
    expect(nextExpiryBoundary(null, NOW)).toBeNull();
  });
});
