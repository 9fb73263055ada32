/** Height of a row, in pixels; in row-viewer.module.css too. */
export const ROW_HEIGHT = 19;

/** Browsers end elements at some 16 million pixels: past this a pixel of the bar stands for more than one. */
const MOST_HEIGHT = 8_000_000;

/** Where things are in a list of rows of one height, also where the list is too high to be laid out. */
export interface ScrollGeometry {
  /** Of the element that is scrolled. */
  readonly height: number;
  /** Pixels of the rows for one of the bar. */
  readonly scale: number;
  /** How far the rows can be scrolled. */
  readonly mostTop: number;
}

export function scrollGeometry(rows: number, viewport: number): ScrollGeometry {
  const whole = rows * ROW_HEIGHT;
  const height = Math.min(whole, MOST_HEIGHT);
  const mostTop = Math.max(0, whole - viewport);
  return { height, mostTop, scale: height > viewport ? mostTop / (height - viewport) : 1 };
}
