import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findMatches, type Matches, MOST_MATCHES } from '../../../core/responses/find-matches.ts';
import type { TextSearch } from '../../../shared/responses/response-rows.ts';
import { bytesOf } from '../../support/bytes-of.ts';

function find(content: string | Buffer, search: Partial<TextSearch> & { text: string }): Matches {
  const work = findMatches(bytesOf(content), {
    isRegex: false,
    matchCase: false,
    wholeWord: false,
    ...search,
  });
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

function places({ starts, ends }: Matches): [start: number, end: number][] {
  return Array.from({ length: starts.length }, (_, index) => [starts.at(index), ends.at(index)]);
}

/** The same, line by line over all of the text, in bytes. */
function naive(text: string, expression: RegExp): [start: number, end: number][] {
  let offset = 0;
  return text.split('\n').flatMap((line) => {
    const start = offset;
    offset += Buffer.byteLength(line) + 1;
    return [...line.replace(/\r$/, '').matchAll(expression)]
      .filter(([found]) => found !== '')
      .map(({ index, 0: found }): [number, number] => {
        const from = start + Buffer.byteLength(line.slice(0, index));
        return [from, from + Buffer.byteLength(found)];
      });
  });
}

const texts = fc
  .array(fc.constantFrom('a', 'A', 'ab', 'ä', '€', '😀', ' ', '\n', '\r\n', '.', 'x'.repeat(50)), {
    maxLength: 200,
  })
  .map((parts) => parts.join(''));

describe('a search', () => {
  test('for text finds what a search line by line finds, in upper and lower case', () => {
    fc.assert(
      fc.property(
        texts,
        fc.constantFrom('a', 'ab', 'ä', '.', '€😀', 'A '),
        fc.boolean(),
        (text, needle, matchCase) => {
          const expression = new RegExp(needle.replace('.', '\\.'), matchCase ? 'gu' : 'giu');
          expect(places(find(text, { text: needle, matchCase }))).toEqual(naive(text, expression));
        },
      ),
    );
  });

  test('by an expression does too, and never over the end of a line', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom('a+', '[^a]', '\\s+', '^.', '.$', 'x*'), (text, pattern) => {
        expect(places(find(text, { text: pattern, isRegex: true }))).toEqual(
          naive(text, new RegExp(pattern, 'giu')),
        );
      }),
    );
  });

  test('for whole words leaves out their parts', () => {
    const text = 'cat concat cat_ (cat) Cat äcat';
    expect(places(find(text, { text: 'cat', wholeWord: true })).map(([start]) => start)).toEqual([0, 17, 22]);
    expect(find(text, { text: 'c.t', isRegex: true, wholeWord: true, matchCase: true }).starts.length).toBe(
      2,
    );
  });

  test('goes through many megabytes, with lines and without', () => {
    const lines = `${'a line of some length\n'.repeat(150_000)}the needle`;
    expect(places(find(lines, { text: 'NEEDLE' }))).toEqual([[lines.length - 6, lines.length]]);
    const one = `${'no line at all '.repeat(300_000)}the needle`;
    expect(places(find(one, { text: 'needle$', isRegex: true }))).toEqual([[one.length - 6, one.length]]);
  });

  test('of bytes that are no text finds those that are', () => {
    expect(places(find(Buffer.from([0xff, 0xfe, 0x61, 0x62, 0xff]), { text: 'ab' }))).toEqual([[2, 4]]);
  });

  test('stops at a million', () => {
    const matches = find('a'.repeat(MOST_MATCHES + 5), { text: 'a' });
    expect(matches).toMatchObject({ isCapped: true, starts: { length: MOST_MATCHES } });
  });

  test('by what is no expression is refused', () => {
    expect(() => find('a', { text: '(', isRegex: true })).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
  });
});
