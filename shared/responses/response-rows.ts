import { z } from 'zod';

/** Longest row, in characters; a longer line goes on in the next row. */
export const MOST_COLUMNS = 1000;

/** How a body is laid out: in rows of one height, none longer than `columns`. */
export const rowLayoutSchema = z.strictObject({
  /** `pretty`: JSON over lines, and everything else as it came; `hex`: its bytes. */
  kind: z.enum(['pretty', 'raw', 'hex']),
  columns: z.int().min(20).max(MOST_COLUMNS),
});
export type RowLayout = z.output<typeof rowLayoutSchema>;

export const textSearchSchema = z.strictObject({
  text: z.string().min(1).max(1000),
  isRegex: z.boolean(),
  matchCase: z.boolean(),
  wholeWord: z.boolean(),
});
export type TextSearch = z.output<typeof textSearchSchema>;

/** A place in a row that was searched for, in characters. */
export interface Mark {
  readonly from: number;
  readonly to: number;
  /** Place among all matches. */
  readonly index: number;
}

export interface Row {
  /** Counted from 1. */
  readonly line: number;
  /** The line began in an earlier row. */
  readonly isContinued: boolean;
  readonly text: string;
  readonly marks: readonly Mark[];
}

export interface RowWindow {
  readonly rows: readonly Row[];
  readonly totalRows: number;
  readonly totalLines: number;
  /** What it is laid out as: `raw` where it cannot be pretty. */
  readonly kind: RowLayout['kind'];
  /** All rows of what has come are counted; otherwise there will be more. */
  readonly isWhole: boolean;
}

export interface SearchResult {
  readonly count: number;
  /** There are more; they were not counted. */
  readonly isCapped: boolean;
  /** The first at or after the row that was asked from, else the first of all. */
  readonly nearest: { readonly index: number; readonly row: number } | null;
}

/** One event of a stream (`text/event-stream`). */
export interface StreamEvent {
  /** `message` where the server named none. */
  readonly event: string;
  /** Empty where the event has none. */
  readonly id: string;
  readonly data: string;
  /** There is more of it in the body. */
  readonly isCut: boolean;
  /** When it came, RFC 3339. */
  readonly at: string;
}
