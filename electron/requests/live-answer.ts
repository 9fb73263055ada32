import type { LiveHead } from '../../core/requests/send-context.ts';
import { charsetOf } from '../../core/responses/charset.ts';
import { fileNameFor } from '../../core/responses/file-name.ts';
import { mediaTypeOf } from '../../core/responses/media-type.ts';
import type { ResponseStore } from '../../core/responses/response-store.ts';
import type { LiveResponse, SendProgress } from '../../shared/requests/response.ts';

/** The window is told of a growing answer this often at most; an answer that is complete sooner is told as a whole. */
const PROGRESS_MS = 100;

/** Lets the window look at an answer while it comes. */
export class LiveAnswer {
  readonly #responses: ResponseStore;
  readonly #tell: (progress: Omit<SendProgress, 'sendId'>) => void;
  #live: LiveResponse | null = null;
  #receivedBytes = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(responses: ResponseStore, tell: (progress: Omit<SendProgress, 'sendId'>) => void) {
    this.#responses = responses;
    this.#tell = tell;
  }

  /** A head has come: the first, or another after the token was renewed. */
  begin({ status, statusText, headers, url, body }: LiveHead): void {
    if (this.#live !== null) this.#responses.close(this.#live.responseId);
    const mediaType = mediaTypeOf(headers);
    const fileName = fileNameFor(url, mediaType);
    const responseId = this.#responses.begin({ body, mediaType, charset: charsetOf(headers), fileName });
    this.#live = { responseId, status, statusText, mediaType };
  }

  arrived(receivedBytes: number): void {
    this.#receivedBytes = receivedBytes;
    this.#timer ??= setTimeout(() => this.#report(), PROGRESS_MS);
  }

  /** All of it is there. @returns its id */
  complete(): string {
    this.#stop();
    if (this.#live === null) throw new Error('An answer without a head.');
    const { responseId } = this.#live;
    this.#responses.arrived(responseId, new Date());
    this.#responses.complete(responseId);
    return responseId;
  }

  /** It became none. */
  drop(): void {
    this.#stop();
    if (this.#live !== null) this.#responses.close(this.#live.responseId);
  }

  #report(): void {
    this.#timer = null;
    if (this.#live === null) return;
    this.#responses.arrived(this.#live.responseId, new Date());
    this.#tell({ receivedBytes: this.#receivedBytes, live: this.#live });
  }

  #stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
