import { randomUUID } from 'node:crypto';
import { AppError } from '../../shared/app-error.ts';
import type { Spool } from '../spool/spool.ts';
import type { BodyReader } from './body-reader.ts';
import type { Arrival } from './event-index.ts';
import type { BodyQuestion, BodyQuestions } from './worker-protocol.ts';

/** A redacted body and what is needed to read it as text. */
export interface StoredResponse {
  readonly body: Spool;
  /** Media type without parameters, lower case. */
  readonly mediaType: string;
  /** As the server named it, `null` where it did not. */
  readonly charset: string | null;
  /** Suggested when it is saved. */
  readonly fileName: string;
}

interface KeptResponse extends StoredResponse {
  readonly arrivals: Arrival[];
  isComplete: boolean;
  chosenCharset: string | null;
}

/** Bodies kept in all; past it the oldest go first. */
const KEPT_BYTES = 512 * 1024 * 1024;

/** Moments that are kept of one answer's coming. */
const MOST_ARRIVALS = 10_000;

/** The answers that the window can read: they are gone with the process and with a lock. */
export class ResponseStore {
  readonly #responses = new Map<string, KeptResponse>();
  readonly #reader: BodyReader;

  constructor(reader: BodyReader) {
    this.#reader = reader;
  }

  add(response: StoredResponse): string {
    const id = this.begin(response);
    this.complete(id);
    return id;
  }

  /** An answer that is still coming. */
  begin(response: StoredResponse): string {
    const id = randomUUID();
    this.#responses.set(id, { ...response, arrivals: [], isComplete: false, chosenCharset: null });
    return id;
  }

  /** Takes note of when the bytes that are there now came. */
  arrived(id: string, at: Date): void {
    const response = this.#responses.get(id);
    if (response === undefined || response.arrivals.length >= MOST_ARRIVALS) return;
    response.arrivals.push([response.body.length, at.toISOString()]);
  }

  /** All of it is there. */
  complete(id: string): void {
    const response = this.#responses.get(id);
    if (response === undefined) return;
    response.isComplete = true;
    let bytes = [...this.#responses.values()].reduce((sum, { body }) => sum + body.length, 0);
    for (const [oldest, { body, isComplete }] of [...this.#responses]) {
      if (bytes <= KEPT_BYTES || oldest === id) break;
      if (!isComplete) continue;
      bytes -= body.length;
      this.close(oldest);
    }
  }

  /** @throws AppError `RESPONSE_NOT_FOUND` */
  get(id: string): StoredResponse {
    return this.#kept(id);
  }

  /** Reads a body in another charset from now on; `null`: as it says itself. @throws AppError `RESPONSE_NOT_FOUND` */
  chooseCharset(id: string, charset: string | null): void {
    this.#kept(id).chosenCharset = charset;
  }

  /** Asks the worker about a body. @throws AppError `RESPONSE_NOT_FOUND`, and as `BodyReader.ask` */
  async ask<Kind extends BodyQuestion>(
    id: string,
    kind: Kind,
    ask: BodyQuestions[Kind]['ask'],
  ): Promise<BodyQuestions[Kind]['answer']> {
    const response = this.#kept(id);
    const { body: spool, mediaType, charset, arrivals } = response;
    const facts = () => {
      const { isComplete, chosenCharset } = response;
      return { mediaType, charset, chosenCharset, arrivals, isComplete };
    };
    return this.#reader.ask({ id, spool, facts }, kind, ask);
  }

  close(id: string): void {
    const response = this.#responses.get(id);
    if (response === undefined) return;
    this.#responses.delete(id);
    this.#reader.close(id);
    response.body.close();
  }

  /** Leaves nothing, in the worker neither. */
  clear(): void {
    this.#reader.stop();
    for (const id of [...this.#responses.keys()]) this.close(id);
  }

  #kept(id: string): KeptResponse {
    const response = this.#responses.get(id);
    if (response !== undefined) return response;
    throw new AppError(
      'RESPONSE_NOT_FOUND',
      'This answer is no longer kept. Send the request again to see it.',
    );
  }
}
