import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import type { Server } from 'node:net';
import type { ResolveProxy } from '../../core/connections/system-proxy.ts';
import { Connections } from '../../core/requests/connections.ts';
import {
  type ConnectionSettings,
  connectionSettingsSchema,
} from '../../shared/connections/connection-settings.ts';
import { lookupLoopback, makeApp, makeToken, Sender } from './sending.ts';

/** What the settings name as a secret, by an id that a test makes up. */
export type Secrets = Readonly<Record<string, Buffer>>;

export interface ConnectingOptions {
  readonly secrets?: Secrets;
  readonly ca?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly resolveProxy?: ResolveProxy;
  readonly allowedOrigins?: readonly string[];
  /** Left out: every name is this computer. `null`: as the system finds it. */
  readonly lookup?: typeof lookupLoopback | null;
}

/** An app that connects by the settings given, with one bearer token. */
export function connecting(
  settings: Partial<ConnectionSettings>,
  {
    secrets = {},
    ca,
    environment = {},
    resolveProxy,
    allowedOrigins = [],
    lookup = lookupLoopback,
  }: ConnectingOptions = {},
): Sender {
  return new Sender({
    app: makeApp({ allowedOrigins: [...allowedOrigins] }),
    tokens: allowedOrigins.length === 0 ? [] : [makeToken({ scheme: 'bearer', tokenId: null })],
    connections: new Connections({
      settings: connectionSettingsSchema.parse(settings),
      openSecret: (id) => Buffer.from(secrets[id] ?? Buffer.alloc(0)),
      environment,
      resolveProxy,
      ...(ca === undefined ? {} : { ca }),
      ...(lookup === null ? {} : { lookup }),
    }),
  });
}

/** A server over TLS on a free port of this computer, gone at the end of the block. */
export class SecureServer {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(options: ServerOptions, body = 'safe', host = '127.0.0.1'): Promise<SecureServer> {
    const server = createHttpsServer(options, (_request, reply) => reply.end(body));
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    return new SecureServer(server);
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
