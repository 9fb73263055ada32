import { createServer as createHttpServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Certificate } from './certificates.ts';

/** Sent to whoever connects to the server itself, and to nobody else. */
export interface ProxyCredential {
  readonly userName: string;
  readonly password: string;
}

export interface HttpProxyOptions {
  readonly credential?: ProxyCredential;
  /** Speaks TLS with its clients. */
  readonly certificate?: Certificate;
  /** Asks its clients for a certificate too, of this authority, and goes on without one. */
  readonly asksFor?: string;
  /** Answers every wish with this. */
  readonly status?: number;
  /** Cuts the connection in place of an answer. */
  readonly isBroken?: boolean;
}

/** An HTTP proxy on loopback that takes every name for this computer, and keeps every head that it gets. */
export class HttpProxy {
  readonly heads: string[] = [];
  /** Of its clients' certificates; empty where one showed none. */
  readonly clients: string[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #isSecure: boolean;

  private constructor({ credential, certificate, asksFor, status, isBroken }: HttpProxyOptions) {
    this.#isSecure = certificate !== undefined;
    const server =
      certificate === undefined
        ? createHttpServer()
        : createHttpsServer({
            ...certificate,
            ...(asksFor === undefined ? {} : { ca: asksFor, requestCert: true, rejectUnauthorized: false }),
          });
    const refusal = (message: IncomingMessage): number | null => {
      this.heads.push(headOf(message));
      if (status !== undefined) return status;
      if (credential === undefined) return null;
      const pair = Buffer.from(`${credential.userName}:${credential.password}`).toString('base64');
      return message.headers['proxy-authorization'] === `Basic ${pair}` ? null : 407;
    };
    server.on('connect', (message: IncomingMessage, socket: Socket) => {
      socket.on('error', () => undefined);
      const no = refusal(message);
      if (isBroken === true) socket.destroy();
      else if (no !== null) socket.end(`HTTP/1.1 ${no} No\r\nContent-Length: 0\r\n\r\n`);
      else tunnel(socket, Number((message.url ?? '').split(':').at(-1)), 'HTTP/1.1 200 OK\r\n\r\n');
    });
    server.on('request', (message, reply) => {
      const no = refusal(message);
      if (no !== null) {
        reply.writeHead(no).end('from the proxy');
        return;
      }
      const { port, pathname, search } = new URL(message.url ?? '');
      const { 'proxy-authorization': _own, ...headers } = message.headers;
      const onward = httpRequest(
        { host: '127.0.0.1', port, path: pathname + search, method: message.method, headers },
        (answer) => {
          reply.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(reply);
        },
      );
      onward.on('error', () => reply.destroy());
      message.pipe(onward);
    });
    server.on('connection', (socket: Socket) => this.#sockets.add(socket));
    server.on('secureConnection', (socket: TLSSocket) => {
      this.#sockets.add(socket);
      this.clients.push(socket.getPeerX509Certificate()?.subject ?? '');
    });
    this.#server = server;
  }

  static async start(options: HttpProxyOptions = {}): Promise<HttpProxy> {
    const proxy = new HttpProxy(options);
    await listen(proxy.#server);
    return proxy;
  }

  get url(): string {
    return `${this.#isSecure ? 'https' : 'http'}://localhost:${portOf(this.#server)}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

export interface SocksProxyOptions {
  readonly credential?: ProxyCredential;
  /** Answers every wish with this code. */
  readonly reply?: number;
  /** Says something that is no SOCKS5. */
  readonly isBroken?: boolean;
}

/** A SOCKS5 proxy on loopback (RFC 1928, RFC 1929) that takes every name for this computer. */
export class SocksProxy {
  /** Host and port that were asked for. */
  readonly targets: string[] = [];
  /** All that was said before there was a way through. */
  readonly bytes: Buffer[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(options: SocksProxyOptions) {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      void this.#serve(socket, options);
    });
  }

  static async start(options: SocksProxyOptions = {}): Promise<SocksProxy> {
    const proxy = new SocksProxy(options);
    await listen(proxy.#server);
    return proxy;
  }

  get url(): string {
    return `socks5://127.0.0.1:${portOf(this.#server)}`;
  }

  /** A message of the client comes in one piece on loopback. */
  async #serve(socket: Socket, { credential, reply = 0, isBroken }: SocksProxyOptions): Promise<void> {
    const methods = await this.#read(socket);
    if (isBroken === true) {
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
      return;
    }
    const wanted = credential === undefined ? 0 : 2;
    if (!methods.subarray(2).includes(wanted)) {
      socket.end(Buffer.from([5, 0xff]));
      return;
    }
    socket.write(Buffer.from([5, wanted]));
    if (credential !== undefined && !(await this.#authenticate(socket, credential))) return;
    const wish = await this.#read(socket);
    const host = wish[3] === 3 ? wish.subarray(5, -2).toString() : [...wish.subarray(4, -2)].join('.');
    const port = wish.readUInt16BE(wish.length - 2);
    this.targets.push(`${host}:${port}`);
    const answer = Buffer.from([5, reply, 0, 1, 127, 0, 0, 1, 0, 0]);
    if (reply === 0) tunnel(socket, port, answer);
    else socket.end(answer);
  }

  async #authenticate(socket: Socket, { userName, password }: ProxyCredential): Promise<boolean> {
    const given = await this.#read(socket);
    const length = given[1] ?? 0;
    const isRight =
      given.subarray(2, 2 + length).toString() === userName &&
      given.subarray(3 + length).toString() === password;
    if (isRight) socket.write(Buffer.from([1, 0]));
    else socket.end(Buffer.from([1, 1]));
    return isRight;
  }

  #read(socket: Socket): Promise<Buffer> {
    return new Promise((resolve) => {
      socket.once('data', (bytes) => {
        this.bytes.push(bytes);
        resolve(bytes);
      });
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function tunnel(socket: Socket, port: number, welcome: string | Buffer): void {
  const onward = connect(port, '127.0.0.1', () => {
    socket.write(welcome);
    socket.pipe(onward).pipe(socket);
  });
  onward.on('error', () => socket.destroy());
  socket.on('close', () => onward.destroy());
}

function headOf({ method, url, rawHeaders }: IncomingMessage): string {
  const lines = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : [],
  );
  return [`${method} ${url}`, ...lines].join('\n');
}

async function listen(server: Server): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
