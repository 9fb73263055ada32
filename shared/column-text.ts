/** A list of rows as JSON, which knows what its rows are. */
export type ColumnText<Row extends object> = string & { readonly ofRow?: Row };

/** One field of all rows. */
interface Column {
  readonly name: string;
  readonly values: readonly unknown[];
  /** For each row which of the values it has. `null`: each has the one in its own place, or all the only one. */
  readonly places: readonly number[] | null;
}

interface Table {
  readonly rows: number;
  readonly columns: readonly Column[];
}

/**
 * For long lists that cross to the window. On the way objects are copied part by part, several times over, and
 * a text in one piece; and in columns each name of a field, and each value that many rows have, is said once.
 *
 * @param rows of nothing but what JSON knows; all with the same fields
 */
export function toColumnText<Row extends object>(rows: readonly Row[]): ColumnText<Row> {
  const names = Object.keys(rows[0] ?? {}) as (keyof Row & string)[];
  const table: Table = { rows: rows.length, columns: names.map((name) => columnOf(rows, name)) };
  return JSON.stringify(table);
}

/** Rows share the lists and objects that read the same. */
export function readColumnText<Row extends object>(text: ColumnText<Row>): readonly Row[] {
  const { rows, columns } = JSON.parse(text) as Table;
  const first = Object.fromEntries(columns.map(({ name, values }) => [name, values[0]]));
  const read = Array.from({ length: rows }, () => ({ ...first }));
  for (const { name, values, places } of columns) {
    if (values.length === 1) continue;
    read.forEach((row, index) => {
      row[name] = values[places?.[index] ?? index];
    });
  }
  return read as Row[];
}

function columnOf<Row extends object>(rows: readonly Row[], name: keyof Row & string): Column {
  const first = rows[0]?.[name];
  if (rows.every((row) => row[name] === first)) return { name, values: [first], places: null };
  const values: unknown[] = [];
  const places: number[] = [];
  const known = { values: new Map<unknown, number>(), texts: new Map<unknown, number>() };
  for (const row of rows) {
    const value = row[name];
    const isObject = typeof value === 'object' && value !== null;
    const map = isObject ? known.texts : known.values;
    const same = isObject ? JSON.stringify(value) : value;
    let place = map.get(same);
    if (place === undefined) {
      place = values.push(value) - 1;
      // Where hardly two are the same, to say which it is takes more than it saves.
      if (values.length > rows.length / 2)
        return { name, values: rows.map((each) => each[name]), places: null };
      map.set(same, place);
    }
    places.push(place);
  }
  return { name, values, places };
}
