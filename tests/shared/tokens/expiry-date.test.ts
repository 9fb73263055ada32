import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExpiryDate } from '../../../shared/tokens/expiry-date.ts';

describe('an expiry date', () => {
  it.each([
    ['2027-01-31', '2027-01-31T23:59:59.000Z'],
    ['31-01-2027', '2027-01-31T23:59:59.000Z'],
    ['31.01.2027', '2027-01-31T23:59:59.000Z'],
    [' 2028-02-29 ', '2028-02-29T23:59:59.000Z'],
    ['2027-01-31T12:00:00Z', '2027-01-31T12:00:00.000Z'],
    ['2027-01-31 12:00:00+02:00', '2027-01-31T10:00:00.000Z'],
  ])('%j ends at %s', (text, instant) => {
    expect(parseExpiryDate(text, 'utc')).toBe(instant);
  });

  it('ends before its day begins where the provider counts so', () => {
    expect(parseExpiryDate('2027-01-31', 'utc-start')).toBe('2027-01-31T00:00:00.000Z');
  });

  it.each([
    '',
    'soon',
    '31-02-2027',
    '2027-02-29',
    '2027-13-01',
    '2027-1-1',
    '01-31-2027',
    '2027-01-31T12:00',
    '2027-01-31T25:00:00Z',
    '0000-01-01',
  ])('%j is none', (text) => {
    expect(parseExpiryDate(text)).toBeNull();
  });

  it('written as a date is shown as that date again, in the user’s own time zone', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1971-01-02'), max: new Date('2399-12-30'), noInvalidDate: true }),
        (date) => {
          const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()] as const;
          const text = parts.map((part) => String(part).padStart(2, '0')).join('-');
          const end = new Date(parseExpiryDate(text) ?? Number.NaN);
          expect([end.getFullYear(), end.getMonth() + 1, end.getDate()]).toEqual(parts);
        },
      ),
    );
  });

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseExpiryDate(text)));
  });
});
