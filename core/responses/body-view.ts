import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../shared/app-error.ts';
import type { BodyCharset } from '../../shared/responses/charset.ts';
import type {
  Mark,
  Row,
  RowLayout,
  RowWindow,
  SearchResult,
  StreamEvent,
  TextSearch,
} from '../../shared/responses/response-rows.ts';
import { type ByteSource, piecesOf } from '../spool/byte-source.ts';
import { Spool } from '../spool/spool.ts';
import type { SpoolFolder } from '../spool/spool-folder.ts';
import { detectCharset } from './charset.ts';
import { type Arrival, EventIndex } from './event-index.ts';
import { findMatches, type Matches } from './find-matches.ts';
import { countHexRows, hexRows } from './hex-rows.ts';
import { PrettyText } from './pretty-text.ts';
import { RowIndex, type RowPlace } from './row-index.ts';
import { countWrongBytes } from './wrong-bytes.ts';

/** Layouts that are kept: raw and pretty, at the width before and after the window was resized. */
const KEPT_LAYOUTS = 4;

/** What is known of a body beside its bytes. */
export interface BodyFacts {
  /** Media type without parameters, lower case. */
  readonly mediaType: string;
  /** As the server named it, `null` where it did not. */
  readonly charset: string | null;
  /** As the reader wants it read, whatever else is said. */
  readonly chosenCharset: string | null;
  readonly isComplete: boolean;
  readonly arrivals: readonly Arrival[];
}

interface Layout {
  readonly kind: 'pretty' | 'raw';
  readonly text: ByteSource;
  readonly index: RowIndex;
  /** Where its text comes from while it is laid out. */
  readonly pretty: PrettyText | null;
  /** Rows are being looked for. */
  isExtending: boolean;
  failure: unknown;
}

/** A body as it is looked at: laid out in rows, searched, read as events. Lives in the worker. */
export class BodyView {
  readonly #body: ByteSource;
  readonly #folder: SpoolFolder;
  readonly #layouts = new Map<string, Promise<Layout>>();
  /** Made of the body, by what they are. */
  readonly #derived = new Map<string, Promise<Spool | null>>();
  #pretty: PrettyText | null = null;
  readonly #events: EventIndex;
  #facts: BodyFacts;
  #found: { readonly text: ByteSource; readonly matches: Matches } | null = null;
  #isClosed = false;

  constructor(body: ByteSource, facts: BodyFacts, folder: SpoolFolder) {
    this.#body = body;
    this.#facts = facts;
    this.#folder = folder;
    this.#events = new EventIndex(body);
  }

  /** More has come, or the end has. */
  update(facts: BodyFacts): void {
    // What was laid out of a part as it came may be JSON now.
    if (facts.isComplete && !this.#facts.isComplete) this.#layouts.clear();
    if (facts.chosenCharset !== this.#facts.chosenCharset) this.#forgetText();
    this.#facts = facts;
  }

  /** How it is read as text. What is wrong is counted once all of it is there. */
  async charset(): Promise<BodyCharset> {
    const charset = await this.#charset();
    if (!this.#facts.isComplete) return { charset, wrong: 0 };
    return { charset, wrong: await this.#inTurns(countWrongBytes(this.#body, charset)) };
  }

  async rows(layout: RowLayout, from: number, count: number): Promise<RowWindow> {
    if (layout.kind === 'hex') {
      const total = countHexRows(this.#body);
      return {
        rows: hexRows(this.#body, from, count),
        totalRows: total,
        totalLines: 1,
        kind: 'hex',
        isWhole: true,
      };
    }
    const found = await this.#layout(layout, from + count);
    const { text, index, kind } = found;
    const matches = this.#found?.text === text ? this.#found.matches : null;
    const rows = index.places(from, count).map((place) => readRow(text, place, matches));
    return { rows, totalRows: index.rows, totalLines: index.lines, kind, isWhole: !found.isExtending };
  }

  /** Marks what is found in the rows of this layout; `null`: nothing any more. */
  async search(layout: RowLayout, search: TextSearch | null, fromRow: number): Promise<SearchResult> {
    this.#found = null;
    if (search === null || layout.kind === 'hex') return { count: 0, isCapped: false, nearest: null };
    const found = await this.#layout(layout);
    const matches = await this.#inTurns(findMatches(found.text, search));
    this.#found = { text: found.text, matches };
    const { starts, isCapped } = matches;
    const offset = found.index.places(fromRow, 1)[0]?.start ?? 0;
    const index = offset === 0 ? 0 : starts.countUpTo(offset - 1);
    const chosen = index < starts.length ? index : 0;
    const nearest = starts.length === 0 ? null : { index: chosen, row: found.index.rowAt(starts.at(chosen)) };
    return { count: starts.length, isCapped, nearest };
  }

  /** The row in which a match begins. */
  async rowOfMatch(layout: RowLayout, index: number): Promise<number> {
    if (this.#found === null || layout.kind === 'hex') return 0;
    return (await this.#layout(layout)).index.rowAt(this.#found.matches.starts.at(index));
  }

  async rowOfLine(layout: RowLayout, line: number): Promise<number> {
    if (layout.kind === 'hex') return Math.min(line, countHexRows(this.#body)) - 1;
    return (await this.#layout(layout)).index.rowOfLine(line);
  }

  /** All of it as text. @throws AppError `BODY_TOO_LARGE` */
  async text(kind: 'pretty' | 'raw', mostBytes: number): Promise<string> {
    const { text } = await this.#layout({ kind, columns: 1000 });
    if (text.length > mostBytes) {
      throw new AppError(
        'BODY_TOO_LARGE',
        `Text of more than ${Math.floor(mostBytes / 1_000_000)} MB does not go through the clipboard. Save it to a file instead.`,
        { bytes: text.length },
      );
    }
    return text.read(0, text.length).toString('utf8');
  }

  events(from: number, count: number): { readonly events: readonly StreamEvent[]; readonly total: number } {
    this.#events.extend();
    return { events: this.#events.events(from, count, this.#facts.arrivals), total: this.#events.length };
  }

  close(): void {
    this.#isClosed = true;
    this.#forgetText();
  }

  #forgetText(): void {
    for (const spool of this.#derived.values()) void spool.then((made) => made?.close());
    this.#derived.clear();
    this.#pretty?.close();
    this.#pretty = null;
    this.#layouts.clear();
    this.#found = null;
  }

  async #charset(): Promise<string> {
    return this.#facts.chosenCharset ?? (await detectCharset(this.#body, this.#facts));
  }

  /** @param rows that are needed; left out: all, so that the layout is whole */
  async #layout({ kind, columns }: RowLayout, rows = Number.POSITIVE_INFINITY): Promise<Layout> {
    const key = `${kind} ${columns}`;
    const known = this.#layouts.get(key);
    const making = known ?? this.#makeLayout(kind, columns);
    this.#layouts.delete(key);
    this.#layouts.set(key, making);
    const [oldest] = this.#layouts.keys();
    if (this.#layouts.size > KEPT_LAYOUTS && oldest !== undefined) this.#layouts.delete(oldest);
    const layout = await making;
    if (!layout.isExtending) void this.#extend(layout);
    while (layout.isExtending && layout.index.rows <= rows) await this.#turn();
    if (layout.pretty?.state === 'refused') return this.#layout({ kind: 'raw', columns }, rows);
    if (layout.failure !== null) throw layout.failure;
    return layout;
  }

  async #makeLayout(kind: RowLayout['kind'], columns: number): Promise<Layout> {
    const text = await this.#text();
    const pretty = kind === 'pretty' ? this.#prettyOf(text) : null;
    const shown = pretty?.text ?? text;
    return {
      kind: pretty === null ? 'raw' : 'pretty',
      text: shown,
      index: new RowIndex(shown, columns),
      pretty,
      isExtending: false,
      failure: null,
    };
  }

  /** Finds the rows of what has come, and of what is being laid out. */
  async #extend(layout: Layout): Promise<void> {
    layout.isExtending = true;
    layout.failure = null;
    try {
      for (let isLast = false; !isLast; ) {
        isLast = layout.pretty?.state !== 'coming';
        for (const _ of layout.index.extend()) await this.#turn();
        if (!isLast) await this.#turn();
      }
    } catch (error) {
      layout.failure = error;
    }
    layout.isExtending = false;
  }

  /** In UTF-8; while it comes, as it comes. */
  async #text(): Promise<ByteSource> {
    const charset = await this.#charset();
    if (charset === 'utf-8' || !this.#facts.isComplete) return this.#body;
    const decoder = new TextDecoder(charset);
    const decoded = await this.#derive('text', async (spool) => {
      for (const piece of piecesOf(this.#body)) {
        spool.append(Buffer.from(decoder.decode(piece, { stream: true })));
        await this.#turn();
      }
      spool.append(Buffer.from(decoder.decode()));
      return true;
    });
    return decoded ?? this.#body;
  }

  /** `null` where it is not called JSON, or not all there. */
  #prettyOf(text: ByteSource): PrettyText | null {
    if (!this.#facts.isComplete || !isJson(this.#facts.mediaType)) return null;
    this.#pretty ??= new PrettyText(text, this.#folder, () => this.#turn());
    return this.#pretty;
  }

  /** A spool made of the body, once; `null` where it cannot be. */
  #derive(name: string, fill: (spool: Spool) => Promise<boolean>): Promise<Spool | null> {
    const make = async () => {
      const spool = new Spool(this.#folder);
      try {
        const isMade = await fill(spool);
        spool.end();
        if (isMade) return spool;
        spool.close();
        return null;
      } catch (error) {
        spool.close();
        throw error;
      }
    };
    const known = this.#derived.get(name);
    if (known !== undefined) return known;
    const making = make();
    this.#derived.set(name, making);
    making.catch(() => this.#derived.delete(name));
    return making;
  }

  /** Does work in steps; others are heard in between. */
  async #inTurns<Value>(work: Generator<void, Value>): Promise<Value> {
    for (;;) {
      const step = work.next();
      if (step.done === true) return step.value;
      await this.#turn();
    }
  }

  async #turn(): Promise<void> {
    await setImmediate();
    if (this.#isClosed) throw new AppError('RESPONSE_NOT_FOUND', 'The answer was closed.');
  }
}

function readRow(
  text: ByteSource,
  { start, end, line, isContinued }: RowPlace,
  matches: Matches | null,
): Row {
  const bytes = text.read(start, end);
  const marks = matches === null ? [] : marksIn(bytes, start, end, matches);
  return { line, isContinued, text: bytes.toString('utf8'), marks };
}

function marksIn(bytes: Buffer, start: number, end: number, { starts, ends }: Matches): Mark[] {
  const marks: Mark[] = [];
  const characters = (to: number) => bytes.toString('utf8', 0, Math.max(0, Math.min(to, end) - start)).length;
  // Matches do not overlap: they end in the order in which they begin.
  for (let index = ends.countUpTo(start); index < starts.length && starts.at(index) < end; index += 1) {
    marks.push({ from: characters(starts.at(index)), to: characters(ends.at(index)), index });
  }
  return marks;
}

function isJson(mediaType: string): boolean {
  return mediaType === 'application/json' || mediaType === 'text/json' || mediaType.endsWith('+json');
}
