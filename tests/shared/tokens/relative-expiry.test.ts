import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LAST_INSTANT } from '../../../shared/tokens/expiry-date.ts';
import { parseRelativeExpiry } from '../../../shared/tokens/relative-expiry.ts';

const at = (text: string, now: string) => parseRelativeExpiry(text, new Date(now));

describe('an interval from now', () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each([
    ['in 12 days', '2026-12-07T20:30:00.000Z'],
    [' 12d ', '2026-12-07T20:30:00.000Z'],
    ['In 1 Day', '2026-11-26T20:30:00.000Z'],
    ['in 2 weeks', '2026-12-09T20:30:00.000Z'],
    ['3 months', '2027-02-25T20:30:00.000Z'],
    ['1y', '2027-11-25T20:30:00.000Z'],
  ])('%j ends at %s', (text, expected) => {
    vi.stubEnv('TZ', 'UTC');
    expect(at(text, '2026-11-25T20:30:40Z')).toBe(expected);
  });

  it.each([
    '',
    'in days',
    'in -1 days',
    'in 1.5 days',
    'in 12345 days',
    '30',
    'tomorrow',
    'in 3 hours',
  ])('%j is none', (text) => {
    expect(at(text, '2026-11-25T20:30:40Z')).toBeNull();
  });

  it.each([
    ['in 1 month', '2027-01-31T12:00:00Z', '2027-02-28T12:00:00.000Z'],
    ['in 1 month', '2028-01-31T12:00:00Z', '2028-02-29T12:00:00.000Z'],
    ['in 1 year', '2028-02-29T12:00:00Z', '2029-02-28T12:00:00.000Z'],
    ['in 4 years', '2028-02-29T12:00:00Z', '2032-02-29T12:00:00.000Z'],
  ])('%j from %s ends with the month that lacks the day', (text, now, expected) => {
    vi.stubEnv('TZ', 'UTC');
    expect(at(text, now)).toBe(expected);
  });

  it('keeps the time of day where the clock is moved in between', () => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    expect(at('in 1 day', '2027-03-27T11:00:00Z')).toBe('2027-03-28T10:00:00.000Z');
  });

  it('ends with the last year that a date is written with, however far away it is', () => {
    expect(at('9999 years', '2026-11-25T20:30:40Z')).toBe(new Date(LAST_INSTANT).toISOString());
  });

  it('is so many days later everywhere, to the time that the clock skips', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('UTC', 'Etc/GMT+12', 'Pacific/Kiritimati', 'Europe/Berlin', 'America/St_Johns'),
        fc.integer({ min: 0, max: 3000 }),
        fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (zone, days, now) => {
          vi.stubEnv('TZ', zone);
          const end = new Date(parseRelativeExpiry(`in ${days} days`, now) ?? Number.NaN);
          const apart = (end.getTime() - now.getTime()) / 3_600_000 - 24 * days;
          expect(Math.abs(apart)).toBeLessThanOrEqual(1 + 1 / 60);
        },
      ),
    );
  });
});
