import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expiryText, readExpiryText } from '../../../renderer/tokens/expiry-text.ts';

const NOW = new Date('2026-11-25T20:30:40Z');
const DAY_MS = 86_400_000;

describe('an expiry that is typed', () => {
  it.each([
    ['', null],
    ['never', null],
    [' Never ', null],
    ['in 12 days', '2026-12-07T20:30:00.000Z'],
    ['12d', '2026-12-07T20:30:00.000Z'],
    ['in 2 weeks', '2026-12-09T20:30:00.000Z'],
    ['1 year', '2027-11-25T20:30:00.000Z'],
    ['2027-01-31T10:00:00Z', '2027-01-31T10:00:00.000Z'],
    ['soon', undefined],
    ['31-02-2027', undefined],
    ['in days', undefined],
  ])('%j is read as %j', (text, expected) => {
    expect(readExpiryText(text, NOW, 'utc')).toBe(expected);
  });

  it('is the day of its provider, where it is a date', () => {
    expect(readExpiryText('31-01-2027', NOW, 'utc')).toBe('2027-01-31T23:59:59.000Z');
    expect(readExpiryText('2027-01-31', NOW, 'utc-start')).toBe('2027-01-31T00:00:00.000Z');
  });
});

describe('an expiry that is shown to be changed', () => {
  it('is read back as the same instant, to the second', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20_000 * 86_400 }),
        fc.constantFrom('local', 'utc', 'utc-start'),
        (seconds, dayEnd) => {
          const expiresAt = new Date(seconds * 1000).toISOString();
          expect(readExpiryText(expiryText(expiresAt, dayEnd), NOW, dayEnd)).toBe(expiresAt);
        },
      ),
    );
  });

  it('is a plain date where it ends with a day', () => {
    const endOfDay = new Date(2027, 1, 1).getTime() - 1000;
    expect(expiryText(new Date(endOfDay).toISOString(), 'local')).toBe('2027-01-31');
    expect(expiryText(new Date(endOfDay - DAY_MS).toISOString(), 'local')).toBe('2027-01-30');
    expect(expiryText(null)).toBe('');
  });
});
