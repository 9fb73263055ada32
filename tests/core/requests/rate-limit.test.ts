import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRateLimit, readRetryAfter } from '../../../core/requests/rate-limit.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const NOTHING = { limit: null, remaining: null, resetAt: null, retryAt: null, policy: null };

describe('a rate limit is read from', () => {
  test.each([
    [
      'X-RateLimit with an instant',
      { 'X-RateLimit-Limit': '60', 'X-RateLimit-Remaining': '57', 'X-RateLimit-Reset': '1780315260' },
      { limit: 60, remaining: 57, resetAt: '2026-06-01T12:01:00.000Z' },
    ],
    [
      'X-RateLimit with milliseconds',
      { 'x-ratelimit-reset': '1780315260000' },
      { resetAt: '2026-06-01T12:01:00.000Z' },
    ],
    [
      'X-RateLimit with a span',
      { 'X-Rate-Limit-Remaining': '0', 'X-Rate-Limit-Reset': '90' },
      { remaining: 0, resetAt: '2026-06-01T12:01:30.000Z' },
    ],
    [
      'RateLimit-* of an early draft',
      { 'RateLimit-Limit': '100, 100;w=60', 'RateLimit-Remaining': '50', 'RateLimit-Reset': '30' },
      { limit: 100, remaining: 50, resetAt: '2026-06-01T12:00:30.000Z' },
    ],
    [
      'RateLimit of a later draft',
      { RateLimit: 'limit=100, remaining=50, reset=30' },
      { limit: 100, remaining: 50, resetAt: '2026-06-01T12:00:30.000Z' },
    ],
    [
      'RateLimit and RateLimit-Policy',
      { RateLimit: '"default";r=50;t=30', 'RateLimit-Policy': '"default";q=100;w=60' },
      { limit: 100, remaining: 50, resetAt: '2026-06-01T12:00:30.000Z', policy: '"default";q=100;w=60' },
    ],
    ['Retry-After', { 'Retry-After': '5' }, { retryAt: '2026-06-01T12:00:05.000Z' }],
  ])('%s', (_what, headers, expected) => {
    expect(readRateLimit(Object.entries(headers), NOW)).toEqual({ ...NOTHING, ...expected });
  });

  test('nothing, where there is none', () => {
    expect(readRateLimit([['Content-Type', 'text/plain']], NOW)).toBeNull();
    expect(readRateLimit([['X-RateLimit-Limit', '']], NOW)).toBeNull();
  });

  test('anything, without failing', () => {
    const name = fc.constantFrom(
      'RateLimit',
      'X-RateLimit-Reset',
      'Retry-After',
      'RateLimit-Policy',
      'X-RateLimit-Limit',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.string({ unit: 'binary' }))), (headers) => {
        readRateLimit(headers, NOW);
        expect(readRetryAfter(headers, NOW) ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
