import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventIndex } from '../../../core/responses/event-index.ts';
import type { ByteSource } from '../../../core/spool/byte-source.ts';
import { bytesOf } from '../../support/bytes-of.ts';

function read(text: string) {
  const index = new EventIndex(bytesOf(text));
  index.extend();
  return index.events(0, 100, []).map(({ event, id, data }) => ({ event, id, data }));
}

describe('a stream of events', () => {
  test.each([
    ['data: a\n\n', [{ event: 'message', id: '', data: 'a' }]],
    ['data:a\ndata: b\n\n', [{ event: 'message', id: '', data: 'a\nb' }]],
    ['event: tick\r\nid: 7\r\ndata: x\r\n\r\n', [{ event: 'tick', id: '7', data: 'x' }]],
    [
      'data\r\rdata: b\r\r',
      [
        { event: 'message', id: '', data: '' },
        { event: 'message', id: '', data: 'b' },
      ],
    ],
    [': a comment\nretry: 10\n\n', []],
    ['event: no data\n\n', []],
    ['datas: a\n\n', []],
    ['data: not ended', []],
    ['\ufeffdata: a\n\n', []],
    ['data: {"a": "b: c"}\n\n', [{ event: 'message', id: '', data: '{"a": "b: c"}' }]],
  ])('%j has the events %j', (text, events) => {
    expect(read(text)).toEqual(events);
  });

  test('has the same events wherever it was cut while it came', () => {
    const line = fc.constantFrom('data: a', 'data', 'data:', 'dat', 'event: x', 'id: 1', ': c', '', '');
    const text = fc
      .array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 40 })
      .map((lines) => lines.map(([start, end]) => start + end).join(''));
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 5 }), (all, cuts) => {
        const bytes = Buffer.from(all);
        let length = 0;
        const source: ByteSource = {
          get length() {
            return length;
          },
          read: (start, end) => bytes.subarray(start, Math.min(end, length)),
        };
        const index = new EventIndex(source);
        for (const cut of [
          ...cuts.map((each) => each % (bytes.length + 1)).sort((a, b) => a - b),
          bytes.length,
        ]) {
          length = cut;
          index.extend();
        }
        expect(index.events(0, 100, []).map(({ event, id, data }) => ({ event, id, data }))).toEqual(
          read(all),
        );
      }),
    );
  });

  test('tells when each came, and what is cut of a long one', () => {
    const index = new EventIndex(bytesOf(`data: a\n\ndata: ${'b'.repeat(5000)}\n\n`));
    index.extend();
    const arrivals = [
      [9, 'first'],
      [6000, 'second'],
    ] as const;
    const events = index.events(0, 10, arrivals);
    expect(events.map(({ at, isCut }) => ({ at, isCut }))).toEqual([
      { at: 'first', isCut: false },
      { at: 'second', isCut: true },
    ]);
    expect(index.events(1, 1, arrivals)[0]?.data).toHaveLength(4000);
  });
});
