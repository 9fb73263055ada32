import type { StreamEvent } from '../../shared/responses/response-rows.ts';
import { type ByteSource, piecesOf } from '../spool/byte-source.ts';
import { GrowingNumbers } from './growing-numbers.ts';

/** Events of one stream that are listed. */
const MOST_EVENTS = 1_000_000;

/** What is read of one event. */
const EVENT_BYTES = 16 * 1024;

/** What is shown of its data, in characters. */
const DATA_LENGTH = 4000;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const COLON = 0x3a;
const DATA = Buffer.from('data');

/** A moment until which so many bytes of the body had come. */
export type Arrival = readonly [bytes: number, at: string];

/** Finds the events of a `text/event-stream` body by the HTML standard, and goes on where more of it has come. */
export class EventIndex {
  readonly #source: ByteSource;
  readonly #starts = new GrowingNumbers();
  readonly #ends = new GrowingNumbers();
  #scanned = 0;
  #eventStart = 0;
  #lineLength = 0;
  /** How much of `data` the line begins with; -1: it begins otherwise. */
  #matched = 0;
  #hasData = false;
  #isAfterReturn = false;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  get length(): number {
    return this.#starts.length;
  }

  extend(): void {
    for (const piece of piecesOf(this.#source, this.#scanned)) {
      for (const byte of piece) {
        this.#read(byte);
        this.#scanned += 1;
      }
    }
  }

  /** @param arrivals in order */
  events(from: number, count: number, arrivals: readonly Arrival[]): StreamEvent[] {
    const events: StreamEvent[] = [];
    for (let index = from; index < Math.min(this.length, from + count); index += 1) {
      const start = this.#starts.at(index);
      const end = this.#ends.at(index);
      const text = this.#source.read(start, Math.min(end, start + EVENT_BYTES)).toString('utf8');
      const event = readEvent(text);
      events.push({
        ...event,
        data: event.data.slice(0, DATA_LENGTH),
        isCut: event.data.length > DATA_LENGTH || end - start > EVENT_BYTES,
        at: (arrivals.find(([bytes]) => bytes >= end) ?? arrivals.at(-1))?.[1] ?? '',
      });
    }
    return events;
  }

  #read(byte: number): void {
    const isSecondOfTwo = byte === LINE_FEED && this.#isAfterReturn;
    this.#isAfterReturn = byte === CARRIAGE_RETURN;
    if (isSecondOfTwo) {
      // A blank line that has ended an event: its second half is not of the next one.
      if (this.#eventStart === this.#scanned) this.#eventStart += 1;
    } else if (byte === LINE_FEED || byte === CARRIAGE_RETURN) this.#endLine();
    else {
      if (this.#matched === DATA.length && this.#lineLength === DATA.length && byte === COLON)
        this.#hasData = true;
      this.#matched =
        this.#matched === this.#lineLength && byte === DATA[this.#matched] ? this.#matched + 1 : -1;
      this.#lineLength += 1;
    }
  }

  #endLine(): void {
    if (this.#lineLength === 0) {
      if (this.#hasData && this.length < MOST_EVENTS) {
        this.#starts.push(this.#eventStart);
        this.#ends.push(this.#scanned);
      }
      this.#hasData = false;
      this.#eventStart = this.#scanned + 1;
    } else if (this.#matched === DATA.length && this.#lineLength === DATA.length) this.#hasData = true;
    this.#lineLength = 0;
    this.#matched = 0;
  }
}

function readEvent(text: string): Pick<StreamEvent, 'event' | 'id' | 'data'> {
  const data: string[] = [];
  let event = '';
  let id = '';
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)) {
    const [, field = '', value = ''] = /^([^:]*)(?::\x20?(.*))?$/s.exec(line) ?? [];
    if (field === 'data') data.push(value);
    else if (field === 'event') event = value;
    else if (field === 'id' && !value.includes('\0')) id = value;
  }
  return { event: event || 'message', id, data: data.join('\n') };
}
