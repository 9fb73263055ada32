import { describe, expect, it } from 'vitest';
import { columnNodes, RowCollection } from '../../../renderer/tokens/row-collection.ts';

const rows = Array.from({ length: 10_000 }, (_, index) => ({ id: `id-${index}`, name: `token ${index}` }));
type Row = (typeof rows)[number];
const columns = columnNodes<Row>([
  { id: 'name', label: 'Name', isRowHeader: true, width: '1fr', least: 100 },
  { id: 'state', label: 'State', isRowHeader: false, width: 100, least: 60 },
]);
const collection = () => new RowCollection(rows, columns);

describe('a collection of rows', () => {
  it('leads from each to the next, to the last', () => {
    const all = collection();
    const keys = [];
    for (let key = all.getFirstKey(); key !== null; key = all.getKeyAfter(key)) keys.push(key);
    expect(keys).toEqual(rows.map(({ id }) => id));
    expect(all.getKeyBefore('id-9999')).toBe('id-9998');
    expect(all.getLastKey()).toBe('id-9999');
  });

  it('has a cell for each column in every row', () => {
    const cells = [...collection().getChildren('id-5000')];
    expect(cells.map(({ column }) => column?.key)).toEqual(['name', 'state']);
    for (const { key, parentKey } of cells) {
      expect(parentKey).toBe('id-5000');
      expect(collection().getItem(key)?.type).toBe('cell');
      expect(collection().placeOf(key)).toBe(5000);
    }
    expect(collection().getKeyAfter(cells[0]?.key ?? '')).toBe(cells[1]?.key);
  });

  it('tells rows, cells and headings apart', () => {
    const all = collection();
    expect(all.getItem('id-1')).toMatchObject({ type: 'item', index: 1, textValue: 'token 1' });
    expect(all.getItem('state')).toMatchObject({ type: 'column', index: 1, textValue: 'State' });
    expect(all.placeOf('state')).toBeNull();
    expect([all.getItem('id-10000'), all.getItem('nothing')]).toEqual([null, null]);
  });

  it('is empty where there are no rows', () => {
    const none = new RowCollection<Row>([], columns);
    expect([none.size, none.getFirstKey(), none.getLastKey(), none.at(0)]).toEqual([0, null, null, null]);
  });
});
