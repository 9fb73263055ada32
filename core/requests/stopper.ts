import { AppError } from '../../shared/app-error.ts';

/** Ends a request from outside: by its timeout, or by the caller. Covers all hops. */
export class Stopper {
  #reason: AppError | null = null;
  #onStop: ((reason: AppError) => void) | null = null;
  readonly #signal: AbortSignal;
  readonly #timer: NodeJS.Timeout;
  readonly #cancel = () =>
    this.#stop(new AppError('CANCELLED', 'The request was cancelled. It may have reached the server.'));

  constructor(signal: AbortSignal, timeoutMs: number) {
    this.#signal = signal;
    this.#timer = setTimeout(() => this.#stop(timeoutError(timeoutMs)), timeoutMs);
    if (signal.aborted) this.#cancel();
    else signal.addEventListener('abort', this.#cancel, { once: true });
  }

  /** Calls `listener` when the request is to end; at once where it already is. Replaces the last listener. */
  onStop(listener: (reason: AppError) => void): void {
    this.#onStop = listener;
    if (this.#reason !== null) listener(this.#reason);
  }

  /** What comes now has no end of its own: only the caller ends it. */
  waitOn(): void {
    clearTimeout(this.#timer);
  }

  /** The request is over by itself. */
  done(): void {
    clearTimeout(this.#timer);
    this.#signal.removeEventListener('abort', this.#cancel);
    this.#onStop = null;
  }

  #stop(reason: AppError): void {
    if (this.#reason !== null) return;
    this.#reason = reason;
    this.#onStop?.(reason);
  }
}

function timeoutError(timeoutMs: number): AppError {
  return new AppError(
    'NETWORK_TIMEOUT',
    `The answer was not complete after ${timeoutMs} ms. Try again, or allow more time.`,
    { timeoutMs },
  );
}
