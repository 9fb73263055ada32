import type { Row, RowLayout, RowWindow } from '../../shared/responses/response-rows.ts';
import { tessera, unwrap } from '../api/tessera.ts';

/** Rows are fetched in blocks of this many. */
const BLOCK_ROWS = 100;

/** Blocks that are kept; the window never holds more of a body, however long it is. */
const KEPT_BLOCKS = 40;

/** A body that is being laid out is looked at this often. */
const GROWING_MS = 200;

interface Block {
  readonly rows: readonly Row[];
  /** Of what they show; older ones are shown until the new ones are there. */
  readonly edition: number;
}

export type RowSummary = Omit<RowWindow, 'rows'>;

/** Rows of one body in one layout, fetched as they are looked at. */
export class RowCache {
  readonly responseId: string;
  readonly layout: RowLayout;
  readonly #blocks = new Map<number, Block>();
  readonly #loading = new Set<number>();
  readonly #listeners = new Set<() => void>();
  #summary: RowSummary | null = null;
  #error: unknown = null;
  #version = 0;
  #edition = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(responseId: string, layout: RowLayout) {
    this.responseId = responseId;
    this.layout = layout;
  }

  /** `null` until the first rows are there. */
  get summary(): RowSummary | null {
    return this.#summary;
  }

  get error(): unknown {
    return this.#error;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Changes with whatever there is to see. */
  readonly version = (): number => this.#version;

  row(index: number): Row | undefined {
    return this.#blocks.get(Math.floor(index / BLOCK_ROWS))?.rows[index % BLOCK_ROWS];
  }

  /** Fetches what is missing of the rows from `from` to before `to`. */
  want(from: number, to: number): void {
    const last = Math.floor(Math.max(from, to - 1) / BLOCK_ROWS);
    for (let block = Math.floor(from / BLOCK_ROWS); block <= last; block += 1) {
      const isCurrent = this.#blocks.get(block)?.edition === this.#edition;
      if (!isCurrent && !this.#loading.has(block)) void this.#load(block);
    }
  }

  /** More has come, or other things are marked. */
  refresh(): void {
    this.#edition += 1;
    this.#changed();
  }

  async #load(block: number): Promise<void> {
    this.#loading.add(block);
    const { responseId, layout } = this;
    const from = block * BLOCK_ROWS;
    const edition = this.#edition;
    try {
      const { rows, ...summary } = await unwrap(
        tessera.responses.rows({ responseId, layout, from, count: BLOCK_ROWS }),
      );
      this.#blocks.delete(block);
      this.#blocks.set(block, { rows, edition });
      this.#summary = summary;
      if (!summary.isWhole) this.#refreshLater();
      this.#error = null;
      const [oldest] = this.#blocks.keys();
      if (this.#blocks.size > KEPT_BLOCKS && oldest !== undefined) this.#blocks.delete(oldest);
    } catch (error) {
      this.#error = error;
    } finally {
      this.#loading.delete(block);
      this.#changed();
    }
  }

  /** Rows are still being counted. */
  #refreshLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.refresh(), GROWING_MS);
  }

  #changed(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}
