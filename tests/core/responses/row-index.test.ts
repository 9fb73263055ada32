import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RowIndex, type RowPlace } from '../../../core/responses/row-index.ts';
import type { ByteSource } from '../../../core/spool/byte-source.ts';
import { bytesOf } from '../../support/bytes-of.ts';

interface PlainRow {
  readonly text: string;
  readonly line: number;
  readonly isContinued: boolean;
}

/** The same, by splitting all of it. */
function naiveRows(text: string, columns: number): PlainRow[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.flatMap((line, index) => {
    const characters = [...line];
    const isLast = index === lines.length - 1 && !text.endsWith('\n');
    const parts = Math.max(1, Math.ceil(characters.length / columns));
    return Array.from({ length: parts }, (_, part) => {
      const cut = characters.slice(part * columns, (part + 1) * columns).join('');
      const endsLine = part === parts - 1 && !isLast;
      return {
        text: endsLine && cut.endsWith('\r') ? cut.slice(0, -1) : cut,
        line: index + 1,
        isContinued: part > 0,
      };
    });
  });
}

/** Bytes that come in pieces: looked at after each. */
function indexed(
  text: string,
  columns: number,
  cuts: readonly number[],
): { index: RowIndex; source: ByteSource } {
  const bytes = Buffer.from(text);
  let length = 0;
  const source: ByteSource = {
    get length() {
      return length;
    },
    read: (start, end) => bytes.subarray(start, Math.min(end, length)),
  };
  const index = new RowIndex(source, columns);
  for (const cut of [...cuts.map((each) => each % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]) {
    length = cut;
    for (const _ of index.extend());
  }
  return { index, source };
}

const textOf = (source: ByteSource, { start, end, line, isContinued }: RowPlace): PlainRow => ({
  text: source.read(start, end).toString('utf8'),
  line,
  isContinued,
});

const texts = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom('\n', '\r\n', '\n\n', 'ä€😀', 'x'.repeat(90)),
    ),
    {
      maxLength: 400,
    },
  )
  .map((parts) => parts.join(''))
  // A lone surrogate has no UTF-8.
  .map((text) => text.toWellFormed());

describe('rows', () => {
  test('are those of the text split by hand, wherever it was cut while it came', () => {
    fc.assert(
      fc.property(
        texts,
        fc.integer({ min: 20, max: 60 }),
        fc.array(fc.nat(), { maxLength: 6 }),
        (text, columns, cuts) => {
          const { index, source } = indexed(text, columns, cuts);
          const expected = naiveRows(text, columns);
          expect(index.rows).toBe(expected.length);
          expect(index.lines).toBe(expected.at(-1)?.line ?? 0);
          expect(index.places(0, expected.length + 5).map((place) => textOf(source, place))).toEqual(
            expected,
          );
        },
      ),
    );
  });

  test('are found from any row on, by place and by line', () => {
    fc.assert(
      fc.property(texts, fc.nat(), fc.nat(100), (text, seed, count) => {
        const { index, source } = indexed(text, 40, []);
        const expected = naiveRows(text, 40);
        if (expected.length === 0) return;
        const from = seed % expected.length;
        const places = index.places(from, count);
        expect(places.map((place) => textOf(source, place))).toEqual(expected.slice(from, from + count));
        const [place] = index.places(from, 1);
        expect(index.rowAt(place?.start ?? -1)).toBe(from);
        const line = expected[from]?.line ?? 0;
        expect(index.rowOfLine(line)).toBe(expected.findIndex((row) => row.line === line));
      }),
    );
  });

  test('are found once, though several look for them at the same time', () => {
    const source = bytesOf('a line\n'.repeat(200_000));
    const index = new RowIndex(source, 40);
    const one = index.extend();
    const other = index.extend();
    for (let isDone = false; !isDone; ) {
      const steps = [one.next(), other.next()];
      isDone = steps.every(({ done }) => done === true);
    }
    expect(index.rows).toBe(200_000);
    expect(index.places(199_999, 1)).toMatchObject([{ line: 200_000, start: 1_399_993 }]);
  });

  test('past the end are none, and a line past the end is the last one', () => {
    const index = new RowIndex(bytesOf('a\nb\n'), 40);
    for (const _ of index.extend());
    expect(index.places(2, 10)).toEqual([]);
    expect(index.rowOfLine(99)).toBe(1);
  });
});
