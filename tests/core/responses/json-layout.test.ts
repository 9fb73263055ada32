import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonLayout } from '../../../core/responses/json-layout.ts';

/** Laid out from pieces of that many bytes; `null` where it is not JSON. */
function layOut(text: string, pieceBytes = 1000): string | null {
  const blocks: Buffer[] = [];
  const layout = new JsonLayout((bytes) => blocks.push(bytes));
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) layout.write(bytes.subarray(at, at + pieceBytes));
  return layout.end() ? Buffer.concat(blocks).toString('utf8') : null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('JSON over lines', () => {
  test('is what JSON.stringify makes of it, for whatever JSON, however it came', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom(undefined, 1, '\t'),
        fc.integer({ min: 1, max: 20 }),
        (value, space, pieceBytes) => {
          expect(layOut(JSON.stringify(value, null, space), pieceBytes)).toBe(JSON.stringify(value, null, 2));
        },
      ),
    );
  });

  test('is refused where JSON.parse refuses it, and only there', () => {
    const tokens = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"\\u00e9"',
      '"\\x"',
      '"\n"',
      '1',
      '-0.5e+3',
      '01',
      '1.',
      'true',
      'nul',
      ' ',
      '\n',
      '"',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...tokens), { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        expect(layOut(text, 3) !== null).toBe(isJson(text));
      }),
      { numRuns: 2000 },
    );
  });

  test('changes white space only', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const strip = (json: string) => json.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');
        expect(strip(layOut(text) ?? '')).toBe(strip(text));
      }),
    );
  });

  test('keeps numbers that JavaScript cannot hold, repeated keys and escapes as they were sent', () => {
    expect(layOut('{"id":12345678901234567890,"id":1.0e+400,"\\u0061":"\\/"}')).toBe(
      '{\n  "id": 12345678901234567890,\n  "id": 1.0e+400,\n  "\\u0061": "\\/"\n}',
    );
  });

  test('keeps empty arrays and objects on one line', () => {
    expect(layOut('[ { } , [\n] ]')).toBe('[\n  {},\n  []\n]');
  });

  test('is not moved further and further to the right', () => {
    const deep = 5000;
    const laidOut = layOut('['.repeat(deep) + ']'.repeat(deep)) ?? '';
    expect(laidOut.length).toBeLessThan(deep * 2 * 210);
    expect(JSON.parse(laidOut)).toBeInstanceOf(Array);
  });

  test('reads a string of many megabytes', () => {
    const text = JSON.stringify({ long: '\\"'.repeat(3_000_000) });
    expect(layOut(text, 65_536)?.length).toBe(text.length + 5);
  });
});
