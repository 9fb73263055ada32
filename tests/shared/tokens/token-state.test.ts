import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describeTokenState,
  hasExpired,
  needsAttention,
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
