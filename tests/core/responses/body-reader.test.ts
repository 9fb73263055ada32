import { afterEach, describe, expect, test } from 'vitest';
import { ResponseStore } from '../../../core/responses/response-store.ts';
import { MEMORY_BYTES } from '../../../core/spool/spool.ts';
import { bodyReader } from '../../support/body-reader.ts';
import { spoolOf } from '../../support/spool-of.ts';

/** Long enough for every search here but the one without end. */
const SEARCH_MS = 2000;

const store = new ResponseStore(bodyReader(SEARCH_MS));
afterEach(() => store.clear());

const layout = { kind: 'raw', columns: 100 } as const;
const plain = { isRegex: false, matchCase: false, wholeWord: false } as const;

function add(text: string, mediaType = 'text/plain'): string {
  return store.add({ body: spoolOf(Buffer.from(text)), mediaType, charset: null, fileName: 'a.txt' });
}

describe('a body in the worker', () => {
  test('is searched as a whole, from its file too, and the matches are marked in its rows', async () => {
    const lines = Math.ceil(MEMORY_BYTES / 5);
    const id = add(`${'abcd\n'.repeat(lines)}a needle, a Needle`);
    const search = { ...plain, text: 'needle' };
    const result = await store.ask(id, 'search', { layout, search, fromRow: 10 });
    expect(result).toEqual({ count: 2, isCapped: false, nearest: { index: 0, row: lines } });
    const { rows } = await store.ask(id, 'rows', { layout, from: lines, count: 1 });
    expect(rows).toEqual([
      {
        line: lines + 1,
        isContinued: false,
        text: 'a needle, a Needle',
        marks: [
          { from: 2, to: 8, index: 0 },
          { from: 12, to: 18, index: 1 },
        ],
      },
    ]);
    expect(await store.ask(id, 'rowOfMatch', { layout, index: 1 })).toBe(lines);
    expect(await store.ask(id, 'rowOfLine', { layout, line: lines })).toBe(lines - 1);
  });

  test('marks a match that goes on in the next row in both, by characters', async () => {
    const id = add(`${'ä'.repeat(98)}€needle`);
    await store.ask(id, 'search', { layout, search: { ...plain, text: 'needle' }, fromRow: 0 });
    const { rows } = await store.ask(id, 'rows', { layout, from: 0, count: 2 });
    expect(rows.map(({ marks }) => marks)).toEqual([
      [{ from: 99, to: 100, index: 0 }],
      [{ from: 0, to: 5, index: 0 }],
    ]);
  });

  test('is asked on while a search that went astray is stopped', { timeout: 30_000 }, async () => {
    const id = add(`${'a'.repeat(40)}!`);
    const other = add('another body');
    const search = { ...plain, text: '^(a+)+$', isRegex: true };
    const astray = store.ask(id, 'search', { layout, search, fromRow: 0 });
    const rows = store.ask(other, 'rows', { layout, from: 0, count: 1 });
    await expect(astray).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect((await rows).rows[0]?.text).toBe('another body');
  });

  test('shows its first rows before all of it is laid out, and what is no JSON in the end as it came', async () => {
    const entry = '{"a":1},\n';
    const json = (end: string) => add(`[${entry.repeat(400_000)}${end}`, 'application/json');
    const pretty = { kind: 'pretty', columns: 100 } as const;
    const whole = json('{}]');
    const first = await store.ask(whole, 'rows', { layout: pretty, from: 0, count: 4 });
    expect(first.rows.map(({ text }) => text)).toEqual(['[', '  {', '    "a": 1', '  },']);
    expect(first).toMatchObject({ kind: 'pretty', isWhole: false });
    expect(await store.ask(whole, 'rowOfLine', { layout: pretty, line: 1e9 })).toBe(3 * 400_000 + 2);
    expect(await store.ask(whole, 'rows', { layout: pretty, from: 0, count: 1 })).toMatchObject({
      totalRows: 3 * 400_000 + 3,
      isWhole: true,
    });
    const broken = json('{');
    await store.ask(broken, 'rowOfLine', { layout: pretty, line: 1 });
    const shown = await store.ask(broken, 'rows', { layout: pretty, from: 0, count: 1 });
    expect(shown).toMatchObject({ kind: 'raw', rows: [{ text: '[{"a":1},' }] });
  });

  test('is shown as bytes', async () => {
    const id = add('Hello, bytes of a row!\n');
    const { rows } = await store.ask(id, 'rows', {
      layout: { kind: 'hex', columns: 100 },
      from: 1,
      count: 5,
    });
    expect(rows.map(({ text }) => text)).toEqual([
      '00000010  61 20 72 6f 77 21 0a                              a row!.',
    ]);
  });

  test('is refused as text for the clipboard where it is too long', async () => {
    const id = add('x'.repeat(1000));
    await expect(store.ask(id, 'text', { layoutKind: 'raw', mostBytes: 999 })).rejects.toMatchObject({
      code: 'BODY_TOO_LARGE',
    });
  });
});
