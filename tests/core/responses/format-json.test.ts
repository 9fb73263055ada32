import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatJson } from '../../../core/responses/format-json.ts';

describe('formatted JSON', () => {
  it('lays out as JSON.stringify does, for whatever JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        expect(formatJson(JSON.stringify(value, null, space))).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });

  it('keeps numbers that JavaScript cannot hold, repeated keys and escapes as they were sent', () => {
    expect(formatJson('{"id":12345678901234567890,"id":1.0e+400,"\\u0061":"\\/"}')).toBe(
      '{\n  "id": 12345678901234567890,\n  "id": 1.0e+400,\n  "\\u0061": "\\/"\n}',
    );
  });

  it('keeps empty arrays and objects on one line', () => {
    expect(formatJson('[ { } , [\n] ]')).toBe('[\n  {},\n  []\n]');
  });

  it('is refused for what is not JSON', () => {
    for (const text of ['', '{', '{"a":1,}', "{'a':1}", '[1] 2', 'undefined'])
      expect(formatJson(text)).toBeNull();
  });

  it('reads a string of many megabytes', () => {
    const text = JSON.stringify({ long: '\\"'.repeat(3_000_000) });
    expect(formatJson(text)?.length).toBe(text.length + 5);
  });
});
