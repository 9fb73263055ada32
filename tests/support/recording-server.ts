import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

/** One request as it came in, byte for byte. */
export interface RecordedRequest {
  readonly head: string;
  /** Lower case. */
  readonly host: string;
  readonly path: string;
  /** Head and body, as Latin-1. */
  readonly bytes: string;
}

export type Reply = (request: RecordedRequest) => string;

/**
 * Records every byte that it is sent, and answers what it is told: the reply is written as it is, so that it
 * can be wrong in any way. One request per connection.
 */
export class RecordingServer {
  readonly requests: RecordedRequest[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @param tls key and certificate in PEM, for https */
  static async start(reply: Reply, tls?: { key: string; cert: string }): Promise<RecordingServer> {
    const onSocket = (socket: Socket) => started.#serve(socket, reply);
    const started = new RecordingServer(
      tls === undefined ? createServer(onSocket) : createTlsServer(tls, onSocket),
    );
    await new Promise<void>((resolve) => started.#server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  get port(): number {
    const address = this.#server.address();
    return isAddress(address) ? address.port : 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(socket: Socket, reply: Reply): void {
    this.#sockets.add(socket);
    let bytes = '';
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('data', (chunk) => {
      bytes += chunk.toString('latin1');
      const end = bytes.indexOf('\r\n\r\n');
      if (end === -1) return;
      const head = bytes.slice(0, end);
      const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
      if (bytes.length < end + 4 + length) return;
      const host = /^host: *(.*)$/im.exec(head)?.[1]?.toLowerCase() ?? '';
      const request = { head, host, path: head.split(' ')[1] ?? '', bytes };
      bytes = '';
      this.requests.push(request);
      socket.end(reply(request), 'latin1');
    });
  }
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}

/** A whole answer that closes the connection. */
export function answer(status: string, headers: readonly string[] = [], body = ''): string {
  const lines = [
    `HTTP/1.1 ${status}`,
    ...headers,
    `Content-Length: ${Buffer.byteLength(body, 'latin1')}`,
    'Connection: close',
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}
