import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { ProviderAnswer } from '../../../core/providers/provider.ts';
import { PROVIDERS } from '../../../core/providers/providers.ts';
import {
  expiryOf,
  judgeAnswer,
  parseGithubExpiry,
  parseVirtuozzoExpiry,
  textOf,
} from '../../../core/providers/read-answer.ts';

const two = (value: number) => String(value).padStart(2, '0');
const spaced = (date: Date) =>
  `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())} ` +
  `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
const date = fc
  .date({ min: new Date('1971-01-01'), max: new Date('2399-12-31'), noInvalidDate: true })
  .map((each) => new Date(Math.floor(each.getTime() / 1000) * 1000));

describe('a text of an answer, to be shown', () => {
  it('has nothing in it that would break its line or turn the reading direction', () => {
    expect(textOf(' a\u202eb\u0000c\nd\u2028 ')).toBe('abcd');
    expect(textOf('\u200b')).toBeUndefined();
  });
});

describe('the expiry that GitHub sends', () => {
  it('is read in both of its forms', () => {
    expect(parseGithubExpiry('2021-10-07 19:07:53 UTC')).toBe('2021-10-07T19:07:53.000Z');
    expect(parseGithubExpiry('2021-10-07 19:07:53 +0900')).toBe('2021-10-07T10:07:53.000Z');
    expect(parseGithubExpiry('2021-10-07 19:07:53 -0130')).toBe('2021-10-07T20:37:53.000Z');
  });

  it('is the instant that was written, in whatever zone', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -14 * 60, max: 14 * 60 }), (instant, offset) => {
        const local = new Date(instant.getTime() + offset * 60_000);
        const sign = offset < 0 ? '-' : '+';
        const zone = `${sign}${two(Math.floor(Math.abs(offset) / 60))}${two(Math.abs(offset) % 60)}`;
        expect(parseGithubExpiry(`${spaced(local)} ${zone}`)).toBe(instant.toISOString());
        expect(parseGithubExpiry(`${spaced(instant)} UTC`)).toBe(instant.toISOString());
        expect(parseVirtuozzoExpiry(spaced(instant))).toBe(instant.toISOString());
      }),
    );
  });

  it.each([
    '',
    'never',
    '2021-10-07',
    '2021-13-07 19:07:53 UTC',
    '2021-10-07 25:07:53 UTC',
    '2021-10-07 19:07:53 CET',
  ])('is none where it is %j', (text) => {
    expect(parseGithubExpiry(text)).toBeUndefined();
  });
});

describe('an expiry in JSON', () => {
  it.each([
    ['2027-01-31', '2027-01-31T23:59:59.000Z'],
    ['2027-01-31T10:00:00+02:00', '2027-01-31T08:00:00.000Z'],
    [1_798_761_599, '2026-12-31T23:59:59.000Z'],
    [null, 'never'],
    ['soon', undefined],
    [-1, undefined],
    [{}, undefined],
    [undefined, undefined],
  ])('%j is %s', (value, expiry) => {
    expect(expiryOf(value)).toBe(expiry);
  });

  it('at GitLab ends before its day begins', () => {
    expect(expiryOf('2027-01-31', 'utc-start')).toBe('2027-01-31T00:00:00.000Z');
  });
});

describe('an answer', () => {
  const answer = (status: number, body?: unknown): ProviderAnswer => ({
    status,
    body,
    headers: [],
    receivedAt: new Date(),
  });

  it.each([
    [200, {}, 'accepted'],
    [204, undefined, 'accepted'],
    [401, {}, 'refused'],
    [403, {}, 'unclear'],
    [404, {}, 'unclear'],
    [302, undefined, 'unclear'],
    [500, {}, 'unclear'],
  ])('of an unknown API with %i and %j is %s', (status, body, verdict) => {
    expect(judgeAnswer(null, answer(status, body))).toBe(verdict);
  });

  test.each(PROVIDERS)('that is a page and no JSON says nothing of a token of $id', (provider) => {
    expect(judgeAnswer(provider, answer(200))).toBe('unclear');
  });

  const json = fc.jsonValue();
  const likely = fc.record(
    Object.fromEntries(
      [
        'result',
        'ok',
        'error',
        'errors',
        'status',
        'expires_at',
        'expires_on',
        'expires_in',
        'scopes',
        'name',
        'id',
        'account',
        'revoked',
        '__proto__',
      ].map((name) => [name, fc.oneof(json, fc.constantFrom(0, '', null, true))]),
    ),
    { requiredKeys: [] },
  );
  const anyAnswer = fc.record({
    status: fc.integer({ min: 100, max: 599 }),
    headers: fc.array(
      fc.tuple(
        fc.constantFrom('GitHub-Authentication-Token-Expiration', 'x-oauth-scopes', 'Date'),
        fc.string({ unit: 'binary' }),
      ),
    ),
    body: fc.oneof(
      json,
      likely,
      likely.map((result) => ({ result })),
      fc.constant(undefined),
    ),
    receivedAt: fc.date({ noInvalidDate: true }),
  });

  test.each(PROVIDERS)('malformed in whatever way never crashes a check of $id', (provider) => {
    fc.assert(
      fc.property(anyAnswer, (any) => {
        expect(['accepted', 'limited', 'refused', 'unclear']).toContain(judgeAnswer(provider, any));
        const { expiresAt, identity, remoteId, scopes } = provider.readFacts?.(any) ?? {};
        if (expiresAt !== undefined && expiresAt !== 'never') {
          expect(new Date(expiresAt).toISOString()).toBe(expiresAt);
        }
        for (const text of [identity, remoteId]) expect((text ?? '').length).toBeLessThan(500);
        expect(identity ?? '').not.toMatch(/[\n\r\u202e]/u);
        expect(scopes ?? []).toEqual((scopes ?? []).filter((scope) => !/\s/.test(scope)));
        provider.hint(any.status, any.body);
      }),
      { numRuns: 300 },
    );
  });
});
