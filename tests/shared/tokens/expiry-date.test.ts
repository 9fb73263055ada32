import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
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

/** East and west of UTC, by half hours, with daylight saving at midnight, and one that left out a whole day. */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/Los_Angeles',
  'Asia/Kolkata',
  'America/Sao_Paulo',
  'Asia/Beirut',
  'Africa/Cairo',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Australia/Lord_Howe',
] as const;

describe.each(ZONES)('a date without a time, in %s', (zone) => {
  afterEach(() => vi.unstubAllEnvs());
  const days = fc
    .date({ min: new Date('1971-01-02'), max: new Date('9999-12-30'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))
    // Apia went over the date line: there was no such day.
    .filter((day) => zone !== 'Pacific/Apia' || day !== '2011-12-30');

  it('lasts to the last second of that day', () => {
    vi.stubEnv('TZ', zone);
    fc.assert(
      fc.property(days, (day) => {
        const end = new Date(parseExpiryDate(day) ?? Number.NaN);
        const shown = (date: Date) =>
          [date.getFullYear(), date.getMonth() + 1, date.getDate()]
            .map((part) => String(part).padStart(2, '0'))
            .join('-');
        expect(shown(end)).toBe(day);
        expect(shown(new Date(end.getTime() + 1000))).not.toBe(day);
      }),
    );
  });

  it('lasts to the end of the day in UTC where the provider says so', () => {
    vi.stubEnv('TZ', zone);
    fc.assert(
      fc.property(days, (day) => {
        expect(parseExpiryDate(day, 'utc')).toBe(`${day}T23:59:59.000Z`);
      }),
    );
  });
});

describe('far dates', () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each(ZONES)('stay within four digits for a year, in %s', (zone) => {
    vi.stubEnv('TZ', zone);
    for (const text of ['9999-12-31', '31-12-9999', '9999-12-31T23:59:59-12:00']) {
      expect(parseExpiryDate(text)).toMatch(/^9999-12-31T/);
    }
  });

  it('have their leap days', () => {
    expect(parseExpiryDate('2400-02-29', 'utc')).toBe('2400-02-29T23:59:59.000Z');
    expect(parseExpiryDate('2100-02-29', 'utc')).toBeNull();
  });
});
