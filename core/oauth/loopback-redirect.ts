import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AppError } from '../../shared/app-error.ts';

const PATH = '/callback';
const TIMEOUT_MS = 5 * 60_000;

const PAGE_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'",
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
  Connection: 'close',
};

/**
 * Where the browser comes back to after a sign-in: a free port of 127.0.0.1, open for one answer. Whatever
 * does not bring the right `state` is turned away, and goes on being waited for.
 */
export class LoopbackRedirect implements AsyncDisposable {
  readonly #server: Server;
  readonly #came = Promise.withResolvers<URLSearchParams>();
  #state: string | null = null;

  private constructor() {
    this.#server = createServer((request, response) => this.#answer(request, response));
    // Nobody may be waiting any more when it fails.
    this.#came.promise.catch(() => undefined);
  }

  static async listen(): Promise<LoopbackRedirect> {
    const redirect = new LoopbackRedirect();
    await new Promise<void>((resolve, reject) => {
      redirect.#server.once('error', reject);
      redirect.#server.listen(0, '127.0.0.1', resolve);
    });
    return redirect;
  }

  get uri(): string {
    return `${this.#origin}${PATH}`;
  }

  /** The parameters of the answer. @throws AppError `CANCELLED`; `LOGIN_FAILED` after five minutes */
  async answer(state: string, signal: AbortSignal): Promise<URLSearchParams> {
    this.#state = state;
    const timer = setTimeout(() => this.#came.reject(tooLate()), TIMEOUT_MS);
    const cancel = () => this.#came.reject(cancelled());
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await this.#came.promise;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#came.reject(cancelled());
    const closed = new Promise((resolve) => this.#server.close(resolve));
    // The page that is on its way gets there; browsers keep connections open beyond that.
    this.#server.closeIdleConnections();
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 500).unref())]);
    this.#server.closeAllConnections();
  }

  get #origin(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    // A name of another host would be a page of the web that has been led here.
    const isOwn = `http://${request.headers.host}` === this.#origin;
    const url = new URL(request.url ?? '', this.#origin);
    if (!isOwn || request.method !== 'GET' || url.pathname !== PATH) {
      response.writeHead(404, PAGE_HEADERS).end(page('There is nothing here.'));
      return;
    }
    if (this.#state === null || url.searchParams.get('state') !== this.#state) {
      response.writeHead(400, PAGE_HEADERS).end(page('This is not the sign-in that Tessera waits for.'));
      return;
    }
    this.#state = null;
    const isRefused = url.searchParams.has('error');
    const text = isRefused ? 'The sign-in was declined.' : 'You are signed in.';
    response
      .writeHead(200, PAGE_HEADERS)
      .end(page(`${text} Go back to Tessera; this page can be closed.`), () =>
        this.#came.resolve(url.searchParams),
      );
  }
}

function page(text: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Tessera</title><p>${text}</p></html>`;
}

function cancelled(): AppError {
  return new AppError('CANCELLED', 'The sign-in was cancelled.');
}

function tooLate(): AppError {
  return new AppError('LOGIN_FAILED', 'Nobody signed in within five minutes. Start again.');
}
