import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readColumnText, toColumnText } from '../../shared/column-text.ts';

const cell = fc.oneof(
  fc.constantFrom('', 'a', '[1]', '{"a":1}', 'null', null, 0, 1, true, false),
  fc.constantFrom(['a'], [], { kind: 'valid', daysLeft: 3 }, [1], { a: 1 }),
  fc.string(),
);
const rowsOfThree = fc.array(fc.record({ id: cell, scopes: cell, notes: cell }));

describe('a list as columns of text', () => {
  it('reads as the rows that it was made of', () => {
    fc.assert(
      fc.property(rowsOfThree, (rows) => {
        expect(readColumnText(toColumnText(rows))).toEqual(rows);
      }),
    );
  });

  it.each([
    ['no rows', []],
    ['one row', [{ id: 'a', expiresAt: null }]],
    ['rows that are all the same', [{ id: 'a' }, { id: 'a' }, { id: 'a' }]],
    [
      'a text that reads like a list beside that list',
      [{ id: '[1]' }, { id: [1] }, { id: '[1]' }, { id: [1] }],
    ],
    ['numbers beside their texts', [{ id: 1 }, { id: '1' }, { id: 1 }, { id: '1' }]],
  ])('keeps %s', (_what, rows) => {
    expect(readColumnText(toColumnText<{ id: unknown }>(rows as { id: unknown }[]))).toEqual(rows);
  });

  it('says the names of fields, and what many rows have, once', () => {
    const rows = Array.from({ length: 1_000 }, (_, index) => ({
      identifier: index,
      provider: 'sipgate',
      scopes: index % 2 === 0 ? ['account:read'] : ['users:read'],
    }));
    const text = toColumnText(rows);
    expect(text.split('identifier')).toHaveLength(2);
    expect(text.split('sipgate')).toHaveLength(2);
    expect(JSON.parse(text).columns[0]).toMatchObject({ name: 'identifier', places: null });
    expect(text.split('account:read')).toHaveLength(2);
    expect(text.length).toBeLessThan(JSON.stringify(rows).length / 5);
  });
});
