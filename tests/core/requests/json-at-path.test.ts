import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type JsonPath, jsonAtPath } from '../../../core/requests/json-at-path.ts';
import { ResponseBody } from '../../../core/requests/response-body.ts';
import { bytesOf } from '../../support/bytes-of.ts';

/** Every path that leads somewhere in a value, and some that do not. */
function pathsOf(value: unknown): JsonPath[] {
  if (typeof value === 'string') return [[], ['length'], ['x']];
  if (typeof value !== 'object' || value === null) return [[], [0]];
  const steps = Array.isArray(value)
    ? [...value.keys(), 'length', value.length]
    : [...Object.keys(value), 'nope'];
  return [[], ...steps.flatMap((step) => pathsOf(Reflect.get(value, step)).map((rest) => [step, ...rest]))];
}

test('finds in any JSON what parsing all of it finds', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(0, 2, '\t'), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const whole = new ResponseBody(bytesOf(text));
      for (const path of pathsOf(JSON.parse(text))) {
        expect(jsonAtPath(bytesOf(text), path)).toEqual(whole.at(path));
      }
    }),
  );
});

test.each([
  ['{"a":1,"a":2}', ['a'], 2],
  ['{"\\u0061":1}', ['a'], 1],
  ['{"a\\"b":{"c":[1,"]",2]}}', ['a"b', 'c', 2], 2],
  ['[[],[1,2,3]]', [1, 'length'], 3],
  ['{"length":7}', ['length'], 7],
  ['{"__proto__":1}', ['__proto__'], 1],
  ['{"a":1}', ['constructor'], undefined],
  ['[1]', ['0'], 1],
  ['[1]', [1], undefined],
])('%s at %j is %j', (text, path, expected) => {
  expect(jsonAtPath(bytesOf(text), path)).toEqual(expected);
  expect(new ResponseBody(bytesOf(text)).at(path)).toEqual(expected);
});

describe('text that is not JSON', () => {
  test('ends, whatever it is', () => {
    const unit = fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', '1', 'a', ' ');
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        for (const path of [[], ['a'], [0], ['a', 1], ['length']]) jsonAtPath(bytesOf(text), path);
      }),
      { numRuns: 2000 },
    );
  });

  test.each(['', 'hello', '{"a"', '{"a":', '[1, 2'])('has no values: %j', (text) => {
    expect(jsonAtPath(bytesOf(text), ['a'])).toBeUndefined();
  });
});

test('a long body is looked at without parsing it, with the same result', () => {
  const rows = Array.from({ length: 40_000 }, (_value, id) => ({ id, name: `row ${id}`, list: [id] }));
  const body = new ResponseBody(bytesOf(JSON.stringify({ rows })));
  expect(body.at(['rows', 39_999, 'list', 0])).toBe(39_999);
  expect(body.at(['rows', 'length'])).toBe(40_000);
});
