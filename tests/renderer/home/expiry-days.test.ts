import { afterEach, describe, expect, it, vi } from 'vitest';
import { expiryDays, STRIP_DAYS } from '../../../renderer/home/expiry-days.ts';
import type { TokenListItem } from '../../../shared/tokens/token.ts';
import { tokenState } from '../../../shared/tokens/token-state.ts';
import { makeToken } from '../../support/sending.ts';

const NOW = new Date('2026-10-20T15:00:00Z');

function ending(name: string, expiresAt: string, changes: Partial<TokenListItem> = {}): TokenListItem {
  const token = makeToken({ name, expiresAt, ...changes });
  return { ...token, state: tokenState(token, NOW) };
}

const namesOn = (tokens: readonly TokenListItem[], day: number) =>
  expiryDays(tokens, NOW)[day]?.tokens.map(({ name }) => name);

afterEach(() => vi.unstubAllEnvs());

describe('the days of the strip', () => {
  it('are today and the next 90, by the calendar, over a change to winter time', () => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    const days = expiryDays([], NOW);
    expect(days).toHaveLength(STRIP_DAYS + 1);
    expect(days.every(({ date }) => date.getHours() === 0)).toBe(true);
    expect(new Set(days.map(({ date }) => date.toDateString())).size).toBe(STRIP_DAYS + 1);
    expect(days.filter(({ isMonthStart }) => isMonthStart).map(({ date }) => date.getMonth())).toEqual([
      10, 11, 0,
    ]);
  });

  it('hold the tokens that end on them, the earliest first', () => {
    vi.stubEnv('TZ', 'UTC');
    const tokens = [
      ending('late', '2026-10-21T23:59:59Z'),
      ending('early', '2026-10-21T00:00:00Z'),
      ending('today', '2026-10-20T23:59:59Z'),
      ending('last', '2027-01-18T12:00:00Z'),
      ending('past the end', '2027-01-19T12:00:00Z'),
      ending('gone', '2026-10-19T12:00:00Z'),
    ];
    expect(namesOn(tokens, 0)).toEqual(['today']);
    expect(namesOn(tokens, 1)).toEqual(['early', 'late']);
    expect(namesOn(tokens, 90)).toEqual(['last']);
    expect(expiryDays(tokens, NOW).flatMap((day) => day.tokens)).toHaveLength(4);
  });

  it('are those of the user’s own time zone', () => {
    const tokens = [ending('main', '2026-10-21T02:00:00Z')];
    vi.stubEnv('TZ', 'America/Los_Angeles');
    expect(namesOn(tokens, 0)).toEqual(['main']);
    vi.stubEnv('TZ', 'Asia/Tokyo');
    expect(namesOn(tokens, 0)).toEqual(['main']);
    vi.stubEnv('TZ', 'UTC');
    expect(namesOn(tokens, 1)).toEqual(['main']);
  });

  it('leave out what was replaced or marked', () => {
    const at = '2026-10-25T12:00:00Z';
    const tokens = [
      ending('old', at, { retiresAt: at }),
      ending('leaked', at, { compromisedAt: '2026-10-01T00:00:00Z' }),
    ];
    expect(expiryDays(tokens, NOW).flatMap((day) => day.tokens)).toEqual([]);
  });
});
