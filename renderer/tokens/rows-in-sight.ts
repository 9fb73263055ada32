/** Of the table's rows and of its headings, in pixels; in token-table.module.css too. */
export const ROW_HEIGHT = 32;
export const HEADING_HEIGHT = 30;

/** Rows that are made beyond those in sight. */
const OVERSCAN = 8;

export interface Sight {
  /** Rows that there are. */
  readonly rows: number;
  /** How far they are scrolled, in pixels; after they have become fewer, perhaps too far. */
  readonly top: number;
  /** Of what shows them, with the headings above. */
  readonly height: number;
  /** The row that has the focus, which stays in the page wherever it is. */
  readonly focused: number | null;
}

export interface RowsInSight {
  /** From here on, rows lie one below the other, up to `end`. */
  readonly first: number;
  readonly end: number;
  /** With the one that has the focus; ascending. */
  readonly places: readonly number[];
}

export function rowsInSight({ rows, top, height, focused }: Sight): RowsInSight {
  const most = Math.max(0, rows * ROW_HEIGHT + HEADING_HEIGHT - height);
  const shown = Math.min(Math.max(0, top), most);
  const first = Math.max(0, Math.floor(shown / ROW_HEIGHT) - OVERSCAN);
  const end = Math.min(rows, Math.ceil((shown + height) / ROW_HEIGHT) + OVERSCAN);
  const places = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
  if (focused === null || focused >= rows || (focused >= first && focused < end)) {
    return { first, end, places };
  }
  return { first, end, places: focused < first ? [focused, ...places] : [...places, focused] };
}
