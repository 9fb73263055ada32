import { describe, expect, it } from 'vitest';
import { describeLostDefault, isDefaultToken, usualTokenName } from '../../../shared/tokens/default-token.ts';

const token = (name: string, retiresAt: string | null = null) => ({ id: `id of ${name}`, name, retiresAt });
const MAIN = token('main');

describe('the default token of an app', () => {
  it.each([
    ['its name, whatever its case', 'MAIN', true],
    ['its id', MAIN.id, true],
    ['another name', 'spare', false],
    ['nothing', null, false],
  ])('is told by %s', (_by, defaultToken, is) => {
    expect(isDefaultToken(MAIN, { defaultToken })).toBe(is);
  });

  it('is that of requests which name none; without it their app’s only token is, unless it is retired', () => {
    const none = { defaultToken: null };
    expect(usualTokenName({ defaultToken: 'main' }, [MAIN, token('spare')])).toBe('main');
    expect(usualTokenName(none, [MAIN, token('old', '2027-01-01T00:00:00Z')])).toBe('main');
    expect(usualTokenName(none, [MAIN, token('spare')])).toBeNull();
    expect(usualTokenName(none, [])).toBeNull();
  });

  const lost = (...others: ReturnType<typeof token>[]) =>
    describeLostDefault({ name: 'Phone', defaultToken: 'main' }, [MAIN, ...others], new Set([MAIN.id]));

  it('gives its place to the only one that is left, where it is removed', () => {
    expect(lost(token('spare'))).toBe(
      'Phone loses its default token, main: requests that name no token use spare, its only one.',
    );
  });

  it('gives its place to none of several, nor to one that is retired', () => {
    expect(lost(token('spare'), token('other'))).toContain('go without one');
    expect(lost(token('main (retired)', '2027-01-01T00:00:00Z'))).toContain('go without one');
  });

  it('is not lost with another one', () => {
    const app = { name: 'Phone', defaultToken: 'main' };
    expect(describeLostDefault(app, [MAIN, token('spare')], new Set(['id of spare']))).toBeNull();
  });
});
