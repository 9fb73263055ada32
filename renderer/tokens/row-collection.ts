import type { ITableCollection, Key } from 'react-stately';

export type GridNode<T> = ITableCollection<T>['columns'][number];

const BODY = 'body';
const HEADER_ROW = 'headings';

/** Between the key of a row and that of a column: no id has one. */
const BETWEEN = '\n';

export interface CollectedRow {
  readonly id: string;
  /** What typing the first letters finds. */
  readonly name: string;
}

export interface CollectedColumn {
  readonly id: string;
  readonly label: string;
  readonly isRowHeader: boolean;
  /** A share of the width, or pixels. */
  readonly width: `${number}fr` | number;
  readonly least: number;
}

/**
 * Rows as react-aria's tables know them. Its own collections make a node for every row and cell before the
 * first is painted; here a node is made when it is asked for, so that ten thousand rows cost what is in sight.
 */
export class RowCollection<T extends CollectedRow> implements ITableCollection<T> {
  readonly columns: GridNode<T>[];
  readonly headerRows: GridNode<T>[];
  readonly rowHeaderColumnKeys: Set<Key>;
  readonly body: GridNode<T>;
  readonly columnCount: number;
  readonly #rows: readonly T[];
  readonly #nodes = new Map<Key, GridNode<T>>();
  /** Where each row is; made when it is first asked for. */
  #places: ReadonlyMap<Key, number> | undefined;

  /** @param columns as `columnNodes` makes them: as long as they are the same, widths stay as the user set them */
  constructor(rows: readonly T[], columns: readonly GridNode<T>[]) {
    this.#rows = rows;
    this.columns = [...columns];
    this.columnCount = columns.length;
    this.rowHeaderColumnKeys = new Set(
      columns.filter(({ props }) => props.isRowHeader === true).map(({ key }) => key),
    );
    this.headerRows = [{ ...node<T>('headerrow', HEADER_ROW, 0), childNodes: this.columns }];
    this.body = { ...node<T>('body', BODY, 0), hasChildNodes: true };
  }

  get size(): number {
    return this.#rows.length;
  }

  /** All of them as nodes: only for what looks at every row. */
  get rows(): GridNode<T>[] {
    return this.#rows.map((row, index) => this.#rowNode(row, index));
  }

  *[Symbol.iterator](): IterableIterator<GridNode<T>> {
    yield* this.rows;
  }

  *getKeys(): IterableIterator<Key> {
    for (const { id } of this.#rows) yield id;
  }

  getFirstKey(): Key | null {
    return this.at(0)?.key ?? null;
  }

  getLastKey(): Key | null {
    return this.at(this.#rows.length - 1)?.key ?? null;
  }

  getKeyBefore(key: Key): Key | null {
    return this.getItem(key)?.prevKey ?? null;
  }

  getKeyAfter(key: Key): Key | null {
    return this.getItem(key)?.nextKey ?? null;
  }

  at(index: number): GridNode<T> | null {
    const row = this.#rows[index];
    return row === undefined ? null : this.#rowNode(row, index);
  }

  getItem(key: Key): GridNode<T> | null {
    if (key === BODY) return this.body;
    if (key === HEADER_ROW) return this.headerRows[0] ?? null;
    const known = this.#nodes.get(key);
    if (known !== undefined) return known;
    const column = this.columns.find((each) => each.key === key);
    if (column !== undefined) return column;
    const [rowKey = '', columnKey] = String(key).split(BETWEEN);
    const row = this.#nodes.get(rowKey) ?? this.at(this.#placeOf(rowKey) ?? Number.NaN);
    if (row === null || columnKey === undefined) return row;
    return this.cellsOf(row).find((cell) => cell.key === key) ?? null;
  }

  getChildren(key: Key): Iterable<GridNode<T>> {
    if (key === BODY) return this.rows;
    if (key === HEADER_ROW) return this.columns;
    const item = this.getItem(key);
    return item?.type === 'item' ? this.cellsOf(item) : [];
  }

  cellsOf(row: GridNode<T>): GridNode<T>[] {
    return this.columns.map((column, index) => ({
      ...node<T>('cell', `${row.key}${BETWEEN}${column.key}`, index),
      value: row.value,
      column,
      parentKey: row.key,
      prevKey: keyOfCell(row, this.columns[index - 1]),
      nextKey: keyOfCell(row, this.columns[index + 1]),
    }));
  }

  getTextValue(key: Key): string {
    return this.getItem(key)?.textValue ?? '';
  }

  /** Of the row, or of the row of the cell, with that key; `null` for anything else. */
  placeOf(key: Key): number | null {
    const [rowKey = ''] = String(key).split(BETWEEN);
    return this.#placeOf(rowKey) ?? null;
  }

  #placeOf(rowKey: Key): number | undefined {
    this.#places ??= new Map(this.#rows.map(({ id }, index) => [id, index]));
    return this.#places.get(rowKey);
  }

  #rowNode(row: T, index: number): GridNode<T> {
    const known = this.#nodes.get(row.id);
    if (known !== undefined) return known;
    const made: GridNode<T> = {
      ...node<T>('item', row.id, index),
      value: row,
      hasChildNodes: true,
      textValue: row.name,
      parentKey: BODY,
      prevKey: this.#rows[index - 1]?.id ?? null,
      nextKey: this.#rows[index + 1]?.id ?? null,
    };
    this.#nodes.set(row.id, made);
    return made;
  }
}

function keyOfCell<T>(row: GridNode<T>, column: GridNode<T> | undefined): Key | null {
  return column === undefined ? null : `${row.key}${BETWEEN}${column.key}`;
}

export function columnNodes<T>(columns: readonly CollectedColumn[]): GridNode<T>[] {
  return columns.map(({ id, label, isRowHeader, width, least }, index) => ({
    ...node<T>('column', id, index),
    rendered: label,
    textValue: label,
    parentKey: HEADER_ROW,
    prevKey: columns[index - 1]?.id ?? null,
    nextKey: columns[index + 1]?.id ?? null,
    props: { allowsSorting: true, isRowHeader, defaultWidth: width, minWidth: least },
  }));
}

/** What every node has; children are asked for by key. */
function node<T>(type: string, key: Key, index: number): GridNode<T> {
  return {
    type,
    key,
    index,
    value: null,
    level: 0,
    hasChildNodes: false,
    childNodes: [],
    rendered: null,
    textValue: '',
    props: {},
  };
}
