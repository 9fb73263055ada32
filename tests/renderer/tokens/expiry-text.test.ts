import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expiryText, readExpiryText } from '../../../renderer/tokens/expiry-text.ts';

const NOW = new Date('2026-11-25T20:30:40Z');
const DAY_MS = 86_400_000;

describe('an expiry that is typed', () => {
  it.each([
    ['never', null],
    [' Never ', null],
    ['in 12 days', '2026-12-07T20:30:00.000Z'],
    ['12d', '2026-12-07T20:30:00.000Z'],
    ['in 2 weeks', '2026-12-09T20:30:00.000Z'],
    ['1 year', '2027-11-25T20:30:00.000Z'],
    ['2027-01-31T10:00:00Z', '2027-01-31T10:00:00.000Z'],
  ])('%j is read as %j', (text, expected) => {
    expect(readExpiryText(text, NOW, 'utc')).toEqual({ expiresAt: expected, isExpiryKnown: true });
  });

  it.each(['soon', '31-02-2027', 'in days'])('%j is none', (text) => {
    expect(readExpiryText(text, NOW, 'utc')).toBeUndefined();
  });

  it.each(['', '  '])('is not known where nothing is: %j', (text) => {
    expect(readExpiryText(text, NOW, 'utc')).toEqual({ expiresAt: null, isExpiryKnown: false });
  });

  it('is the day of its provider, where it is a date', () => {
    expect(readExpiryText('31-01-2027', NOW, 'utc')?.expiresAt).toBe('2027-01-31T23:59:59.000Z');
    expect(readExpiryText('2027-01-31', NOW, 'utc-start')?.expiresAt).toBe('2027-01-31T00:00:00.000Z');
  });
});

describe('an expiry that is shown to be changed', () => {
  it('is read back as the same instant, to the second', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20_000 * 86_400 }),
        fc.constantFrom('local', 'utc', 'utc-start'),
        (seconds, dayEnd) => {
          const expiry = { expiresAt: new Date(seconds * 1000).toISOString(), isExpiryKnown: true };
          expect(readExpiryText(expiryText(expiry, dayEnd), NOW, dayEnd)).toEqual(expiry);
        },
      ),
    );
  });

  it.each([true, false])('is read back where there is none, known or not: %j', (isExpiryKnown) => {
    const expiry = { expiresAt: null, isExpiryKnown };
    expect(readExpiryText(expiryText(expiry), NOW)).toEqual(expiry);
  });

  it('is a plain date where it ends with a day', () => {
    const text = (time: number) =>
      expiryText({ expiresAt: new Date(time).toISOString(), isExpiryKnown: true }, 'local');
    const endOfDay = new Date(2027, 1, 1).getTime() - 1000;
    expect(text(endOfDay)).toBe('2027-01-31');
    expect(text(endOfDay - DAY_MS)).toBe('2027-01-30');
  });
});
