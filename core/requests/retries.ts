import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, type ErrorCode } from '../../shared/app-error.ts';
import type { Attempt } from '../../shared/requests/rate-limit.ts';
import type { Exchange } from './follow-redirects.ts';
import { readRetryAfter } from './rate-limit.ts';
import type { AnswerHead } from './send-hop.ts';

/** Methods of which two are as good as one (RFC 9110). Others are never sent again unasked. */
const IDEMPOTENT: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

const TEMPORARY_STATUSES: ReadonlySet<number> = new Set([429, 502, 503, 504]);

const TEMPORARY_FAILURES: ReadonlySet<ErrorCode> = new Set([
  'NETWORK_DNS',
  'NETWORK_REFUSED',
  'NETWORK_UNREACHABLE',
  'NETWORK_TIMEOUT',
  'NETWORK_RESET',
]);

const FIRST_WAIT_MS = 250;

/** Longest wait before another try. A server that wants a longer one is not asked again, and its answer shown. */
const LONGEST_WAIT_MS = 60_000;

export interface RetryOptions {
  readonly retries: number;
  readonly method: string;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Left out: the clock. For tests. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Tries a request again where that was asked for and is safe: after what passes by itself. */
export class Retries {
  readonly #options: RetryOptions;
  readonly #attempts: Attempt[] = [];

  constructor(options: RetryOptions) {
    this.#options = options;
  }

  /** Those that another followed. */
  get attempts(): readonly Attempt[] {
    return this.#attempts;
  }

  /** Whether an answer with this head is not the last. */
  isFollowed({ status, headers }: Pick<AnswerHead, 'status' | 'headers'>): boolean {
    return TEMPORARY_STATUSES.has(status) && this.#waitAfter(headers) !== null;
  }

  /**
   * Calls `attempt` until it brings something lasting.
   *
   * @throws AppError of the last attempt; `CANCELLED` while waiting
   */
  async run<Sent extends { readonly exchange: Exchange }>(attempt: () => Promise<Sent>): Promise<Sent> {
    for (;;) {
      try {
        const sent = await attempt();
        const { head, failure, body } = sent.exchange;
        const isTemporary = failure === null ? TEMPORARY_STATUSES.has(head.status) : passes(failure);
        const wait = isTemporary ? this.#waitAfter(head.headers) : null;
        if (wait === null) return sent;
        body.discard();
        await this.#wait({ status: head.status, code: failure?.code ?? null, waitedMs: wait });
      } catch (error) {
        const wait = error instanceof AppError && passes(error) ? this.#waitAfter([]) : null;
        if (!(error instanceof AppError) || wait === null) throw this.#counted(error);
        await this.#wait({ status: null, code: error.code, waitedMs: wait });
      }
    }
  }

  /** Milliseconds; `null` where there is no other try. */
  #waitAfter(headers: AnswerHead['headers']): number | null {
    const { retries, method, now } = this.#options;
    if (this.#attempts.length >= retries || !IDEMPOTENT.has(method)) return null;
    // Half of it is chance, so that many clients do not come back at the same moment.
    const usual = FIRST_WAIT_MS * 2 ** this.#attempts.length * (0.5 + Math.random() / 2);
    const asked = readRetryAfter(headers, now());
    if (asked !== null && asked > LONGEST_WAIT_MS) return null;
    return Math.round(Math.min(LONGEST_WAIT_MS, asked ?? usual));
  }

  async #wait(attempt: Attempt): Promise<void> {
    const { signal, wait = waitFor } = this.#options;
    this.#attempts.push(attempt);
    await wait(attempt.waitedMs, signal);
  }

  #counted(error: unknown): unknown {
    const tried = this.#attempts.length + 1;
    if (!(error instanceof AppError) || tried === 1 || error.code === 'CANCELLED') return error;
    const details = { ...error.details, attempts: tried };
    const timeline = error.timeline && { ...error.timeline, attempts: this.#attempts };
    return new AppError(error.code, `${error.message} Tried ${tried} times.`, details, {
      cause: error.cause,
      timeline,
    });
  }
}

function passes({ code }: AppError): boolean {
  return TEMPORARY_FAILURES.has(code);
}

async function waitFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    throw new AppError('CANCELLED', 'The request was cancelled while it waited to be tried again.');
  }
}
