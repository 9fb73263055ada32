import { randomUUID } from 'node:crypto';
import { AppError } from '../../shared/app-error.ts';
import type { Spool } from '../spool/spool.ts';
import { responseText } from './response-text.ts';

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

/** Bodies kept in all; past it the oldest go first. */
const KEPT_BYTES = 512 * 1024 * 1024;

/** The answers that the window can read: they are gone with the process and with a lock. */
export class ResponseStore {
  readonly #responses = new Map<string, StoredResponse>();
  #bytes = 0;
  /** The text last asked for: a long body is read in pieces, and is decoded once. */
  #recent: { readonly id: string; readonly formatted: boolean; readonly text: string } | null = null;

  add(response: StoredResponse): string {
    const id = randomUUID();
    this.#responses.set(id, response);
    this.#bytes += response.body.length;
    for (const oldest of this.#responses.keys()) {
      if (this.#bytes <= KEPT_BYTES || oldest === id) break;
      this.close(oldest);
    }
    return id;
  }

  /** @throws AppError `RESPONSE_NOT_FOUND` */
  get(id: string): StoredResponse {
    const response = this.#responses.get(id);
    if (response === undefined) {
      throw new AppError(
        'RESPONSE_NOT_FOUND',
        'This answer is no longer kept. Send the request again to see it.',
      );
    }
    return response;
  }

  /** The body as text. @throws AppError `RESPONSE_NOT_FOUND` */
  text(id: string, formatted: boolean): string {
    const response = this.get(id);
    if (this.#recent?.id !== id || this.#recent.formatted !== formatted) {
      this.#recent = { id, formatted, text: responseText(response, formatted) };
    }
    return this.#recent.text;
  }

  close(id: string): void {
    if (this.#recent?.id === id) this.#recent = null;
    const response = this.#responses.get(id);
    if (response === undefined) return;
    this.#bytes -= response.body.length;
    response.body.close();
    this.#responses.delete(id);
  }

  clear(): void {
    for (const id of [...this.#responses.keys()]) this.close(id);
  }
}
