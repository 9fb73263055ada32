/**
 * Parts of undici by themselves. The package's entry loads fetch, WebSocket, caches and mocks too, and takes
 * three times as long: that would be felt at every start of the command.
 */
declare module 'undici/lib/dispatcher/agent.js' {
  import { Agent } from 'undici';

  export = Agent;
}

declare module 'undici/lib/dispatcher/pool.js' {
  import { Pool } from 'undici';

  export = Pool;
}

declare module 'undici/lib/dispatcher/client.js' {
  import { Client } from 'undici';

  export = Client;
}

declare module 'undici/lib/core/connect.js' {
  import type { Socket } from 'node:net';
  import type { buildConnector as undici } from 'undici';

  /** Beside the callback, a connector answers the socket that is being connected. */
  type Connector = (options: undici.Options, callback: undici.Callback) => Socket;
  function buildConnector(options?: undici.BuildOptions): Connector;

  export = buildConnector;
}

declare module 'undici/lib/core/socks5-client.js' {
  import type { EventEmitter } from 'node:events';
  import type { Socket } from 'node:net';

  /** Emits `authenticated`, `connected`, `error` and `close`. */
  export class Socks5Client extends EventEmitter {
    constructor(socket: Socket, options: { readonly username?: string; readonly password?: string });
    handshake(): void;
    connect(host: string, port: number): void;
  }
}
