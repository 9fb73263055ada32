import { describe, expect, it } from 'vitest';
import { isLater } from '../../../core/tokens/token-records.ts';

const BEFORE = '2026-06-01T12:00:00.000Z';

describe('a use of a token', () => {
  it('is written down where it is the first', () => {
    expect(isLater(BEFORE, null)).toBe(true);
  });

  it.each([
    ['2026-06-01T12:00:59.999Z', false],
    ['2026-06-01T12:01:00.000Z', true],
    ['2026-06-01T11:00:00.000Z', false],
  ])('at %s is worth a write of the app’s file beside one at noon: %s', (use, isWorth) => {
    expect(isLater(use, BEFORE)).toBe(isWorth);
  });
});
