import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** The same as it came. */
  readonly bytes: Buffer;
}

type Answer = (request: HttpRequest, response: ServerResponse) => void;

/** A proper HTTP server on loopback that keeps all that it was sent, and answers as it is told at the moment. */
export class HttpRecorder {
  readonly requests: HttpRequest[] = [];
  answer: Answer = (_request, response) => response.end('{"ok":true}');
  readonly #server: Server = createServer((request, response) => void this.#handle(request, response));

  static async start(): Promise<HttpRecorder> {
    const recorder = new HttpRecorder();
    await new Promise<void>((resolve) => recorder.#server.listen(0, '127.0.0.1', resolve));
    return recorder;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Everything that arrived, as one text to search. */
  get received(): string {
    return JSON.stringify(this.requests.map(({ bytes: _bytes, ...request }) => request));
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A client that breaks off has sent no request.
    const bytes = await buffer(request).catch(() => null);
    if (bytes === null) return;
    const recorded = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      body: bytes.toString('utf8'),
      bytes,
    };
    this.requests.push(recorded);
    this.answer(recorded, response);
  }
}
