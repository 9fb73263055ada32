import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatJsonPath, parseJsonPath, parseJsonPaths } from '../../../shared/logins/json-path.ts';

describe('a JSON path', () => {
  it.each<[string, readonly (string | number)[]]>([
    ['access_token', ['access_token']],
    ['data.access_token', ['data', 'access_token']],
    ['tokens[0].value', ['tokens', 0, 'value']],
    ['["access token"].x', ['access token', 'x']],
    ["a['b.c'][12]", ['a', 'b.c', 12]],
  ])('reads %s', (text, steps) => {
    expect(parseJsonPath(text)).toEqual(steps);
  });

  it.each(['', '.', 'a..b', 'a[', 'a[x]', 'a b', '.a[0', 'a]'])('refuses "%s"', (text) => {
    expect(parseJsonPath(text)).toBeNull();
  });

  it('is read as it was written, whatever the names', () => {
    const name = fc.string({ minLength: 1 }).filter((text) => !(text.includes('"') && text.includes("'")));
    fc.assert(
      fc.property(fc.array(fc.oneof(name, fc.nat(9999)), { minLength: 1 }), (steps) => {
        expect(parseJsonPath(formatJsonPath(steps))).toEqual(steps);
      }),
    );
  });

  it('stands beside others, with commas in between', () => {
    expect(parseJsonPaths('refresh_token, refresh_tokne')).toEqual([['refresh_token'], ['refresh_tokne']]);
    expect(parseJsonPaths('["a,b"]')).toEqual([['a,b']]);
    expect(parseJsonPaths('')).toEqual([]);
    expect(parseJsonPaths('a, b c')).toBeNull();
  });
});
