import { isUtf8 } from 'node:buffer';
import { setImmediate } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { AppError } from '../../shared/app-error.ts';
import { proxyAuthRequired } from '../connections/proxy-error.ts';
import type { HeaderLine } from './build-headers.ts';
import { HopTrace } from './hop-trace.ts';
import { networkError } from './network-error.ts';
import type { Receiver } from './receive-body.ts';
import type { Stopper } from './stopper.ts';
import { StreamedBody } from './streamed-body.ts';

/** One request as it goes over the network. */
export interface OutgoingHop {
  readonly url: URL;
  readonly method: string;
  readonly headers: readonly HeaderLine[];
  readonly body: Buffer | StreamedBody | null;
}

/** What an answer begins with. Not redacted yet. */
export interface AnswerHead {
  readonly status: number;
  readonly statusText: string;
  readonly httpVersion: string;
  readonly headers: readonly HeaderLine[];
}

/** An answer's facts, with what the caller decided on when it saw the head. */
export type HopAnswer<Decision> = Decision & {
  readonly head: AnswerHead;
  /** Header lines behind the body. Not redacted yet. */
  readonly trailers: readonly HeaderLine[];
  /** Why the body is not whole. */
  readonly failure: AppError | null;
};

interface Receiving {
  readonly receiver: Receiver;
}

/**
 * Sends one request and receives its answer.
 *
 * @param decide chooses, by the head, what takes the body
 * @param trace takes note of what happens
 * @throws AppError `NETWORK_…` or `CANCELLED` where no head came
 */
export async function sendHop<Decision extends Receiving>(
  dispatcher: Dispatcher,
  hop: OutgoingHop,
  decide: (head: AnswerHead) => Decision,
  stopper: Stopper,
  trace = new HopTrace(),
): Promise<HopAnswer<Decision>> {
  const exchange = new Exchange(hop.url.origin, decide, trace);
  stopper.onStop((reason) => exchange.stop(reason));
  try {
    const request = {
      origin: hop.url.origin,
      path: `${hop.url.pathname}${hop.url.search}`,
      method: hop.method,
      headers: headersOf(hop),
      body: hop.body instanceof StreamedBody ? hop.body.open() : hop.body,
    };
    trace.handOver(() => dispatcher.dispatch(request, exchange));
  } catch (error) {
    exchange.onResponseError(null, error);
  }
  const answer = await exchange.ended;
  const broken = await answer.receiver.finish();
  // Undici gives a connection back in the next turn of the event loop: a request that followed before it
  // would open another one.
  await setImmediate();
  return { ...answer, failure: answer.failure === null ? broken : withAmount(answer.failure, answer) };
}

/** A body of known length is announced as such, and not sent in chunks, which not every server takes. */
function headersOf({ headers, body }: OutgoingHop): string[] {
  const lines = headers.flat();
  return body instanceof StreamedBody ? [...lines, 'Content-Length', String(body.length)] : lines;
}

/** Undici's view of one exchange. */
class Exchange<Decision extends Receiving> {
  readonly #origin: string;
  readonly #decide: (head: AnswerHead) => Decision;
  readonly #ended = Promise.withResolvers<HopAnswer<Decision>>();
  #controller: Dispatcher.DispatchController | null = null;
  readonly #trace: HopTrace;
  #answer: (Decision & { head: AnswerHead }) | null = null;
  #stopped: AppError | null = null;

  constructor(origin: string, decide: (head: AnswerHead) => Decision, trace: HopTrace) {
    this.#origin = origin;
    this.#decide = decide;
    this.#trace = trace;
  }

  get ended(): Promise<HopAnswer<Decision>> {
    return this.#ended.promise;
  }

  /** Ends the exchange; before there is a connection, the waiting alone. */
  stop(reason: AppError): void {
    this.#stopped ??= reason;
    if (this.#controller === null) this.#fail(reason);
    else this.#controller.abort(reason);
  }

  pause(): void {
    this.#controller?.pause();
  }

  resume(): void {
    this.#controller?.resume();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#stopped === null) this.#trace.onStart();
    else controller.abort(this.#stopped);
  }

  onRequestSent(): void {
    this.#trace.onSent();
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    _headers: unknown,
    statusText?: string,
  ): void {
    const raw = controller.rawHeaders;
    const head: AnswerHead = {
      status,
      statusText: statusText ?? '',
      httpVersion: Array.isArray(raw) ? '1.1' : '2',
      headers: headerLines(raw ?? []),
    };
    if (status < 200) {
      this.#trace.onInformational(head);
      return;
    }
    this.#trace.onAnswer();
    const proxy = this.#trace.connection?.forwardingProxy ?? null;
    if (status === 407 && proxy !== null) {
      controller.abort(proxyAuthRequired(proxy, this.#origin));
      return;
    }
    this.#answer = { ...this.#decide(head), head };
  }

  onResponseData(_controller: unknown, chunk: Buffer): void {
    this.#answer?.receiver.write(chunk, this);
  }

  onResponseEnd(controller: Dispatcher.DispatchController): void {
    if (this.#answer === null) {
      this.#fail(new Error('ended before it began'));
      return;
    }
    const trailers = headerLines(controller.rawTrailers ?? []);
    this.#ended.resolve({ ...this.#answer, trailers, failure: null });
  }

  onResponseError(_controller: unknown, error: unknown): void {
    this.#fail(this.#stopped ?? error);
  }

  #fail(error: unknown): void {
    const during = this.#answer === null ? 'head' : 'body';
    const failure = this.#trace.explain(networkError(error, this.#origin, during));
    if (this.#answer === null) this.#ended.reject(failure);
    else this.#ended.resolve({ ...this.#answer, trailers: [], failure });
  }
}

/** Says, of an answer that was cut off or cancelled, how much of the body had come. */
function withAmount(failure: AppError, { head, receiver }: Receiving & { head: AnswerHead }): AppError {
  if (failure.code === 'CANCELLED') {
    const { receivedBytes } = receiver;
    const message = `Cancelled while the answer came: ${receivedBytes} bytes came until then.`;
    return new AppError('CANCELLED', message, { receivedBytes });
  }
  if (failure.code !== 'NETWORK_RESET') return failure;
  const length = head.headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? '';
  const received = receiver.receivedBytes;
  const known = /^\d{1,15}$/.test(length);
  const amount = known ? `${received} of ${length} bytes came` : `${received} bytes came`;
  return new AppError(failure.code, `${failure.message.replace(/\.$/, '')}: ${amount}.`, {
    ...failure.details,
    receivedBytes: received,
    promisedBytes: known ? Number(length) : null,
  });
}

type RawHeaders = NonNullable<Dispatcher.DispatchController['rawHeaders']>;

/** HTTP/1.1 gives names and values in turn, as bytes; HTTP/2 an object. */
function headerLines(raw: RawHeaders): HeaderLine[] {
  const lines: HeaderLine[] = [];
  if (Array.isArray(raw)) {
    for (let index = 0; index + 1 < raw.length; index += 2) {
      lines.push([headerBytes(raw[index] ?? ''), headerBytes(raw[index + 1] ?? '')]);
    }
    return lines;
  }
  for (const [name, value] of Object.entries(raw)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined) lines.push([name, String(each)]);
    }
  }
  return lines;
}

/** UTF-8 where it is, so that a secret in it is recognised; otherwise byte by byte. */
function headerBytes(bytes: Buffer | string): string {
  if (typeof bytes === 'string') return bytes;
  return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
}
