import type { LookupFunction, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { buildConnector as undici } from 'undici';
import buildConnector from 'undici/lib/core/connect.js';
import type { ConnectionSettings } from '../../shared/connections/connection-settings.ts';
import { certificateError } from './certificate-error.ts';
import { certificateChain } from './certificate-facts.ts';
import { Connection } from './connection.ts';
import type { ConnectionMaterial } from './connection-material.ts';
import { overridingLookup } from './overriding-lookup.ts';
import type { ProxyServer } from './proxy.ts';
import { proxyError } from './proxy-error.ts';
import { openTunnel } from './tunnel.ts';

/** Makes the connections of one pool. */
export type Connector = (options: undici.Options, callback: undici.Callback) => void;

/** Longest wait for a connection. The timeout of the request, usually shorter, comes on top. */
const CONNECT_TIMEOUT_MS = 30_000;

export interface ConnectorOptions {
  readonly settings: ConnectionSettings;
  readonly material: ConnectionMaterial;
  /** Finds the addresses of a host; left out: the system's way. */
  readonly lookup: LookupFunction | undefined;
}

/** Connects to a server itself, or to the Unix socket that stands for it. */
export function directConnector(origin: URL, options: ConnectorOptions): Connector {
  const { settings } = options;
  const connect = buildConnector({
    ...socketOptions(origin, options),
    ...serverTls(origin, options),
    ...(settings.unixSocket === null ? {} : { socketPath: settings.unixSocket }),
  });
  return (target, callback) => {
    const connection = new Connection();
    const watched = watchCertificate(origin, callback, (socket) =>
      connection.established(socket, settings.unixSocket),
    );
    const socket = connect(target, watched.callback);
    watched.watch(socket);
    connection.watch(socket, settings.unixSocket === null ? origin.hostname : null);
  };
}

/** Connects to a server over a proxy that makes a way through and does not see what goes over it. */
export function tunnelConnector(origin: URL, proxy: ProxyServer, options: ConnectorOptions): Connector {
  const secure = origin.protocol === 'https:' ? buildConnector(serverTls(origin, options)) : null;
  return (target, callback) => {
    const connection = new Connection(proxy);
    const toProxy = proxyConnector(proxy, origin, options, connection);
    openTunnel(proxy, origin, toProxy).then(
      (httpSocket) => {
        connection.moments.tunnelled = performance.now();
        if (secure === null) {
          connection.established(httpSocket);
          callback(null, httpSocket);
          return;
        }
        const watched = watchCertificate(origin, callback, (socket) => connection.established(socket));
        watched.watch(secure({ ...target, httpSocket }, watched.callback));
      },
      (error: Error) => callback(error, null),
    );
  };
}

/** Connects to a proxy that reads the requests and sends them on. */
export function forwardConnector(origin: URL, proxy: ProxyServer, options: ConnectorOptions): Connector {
  return (target, callback) => {
    const connection = new Connection(proxy, true);
    proxyConnector(
      proxy,
      origin,
      options,
      connection,
    )(target, (error, socket) => {
      if (error !== null) {
        callback(proxyError(error, proxy, origin.origin), null);
        return;
      }
      connection.established(socket);
      callback(null, socket);
    });
  };
}

/** To the proxy itself, always with its certificate checked, never with the app's own. */
function proxyConnector(
  proxy: ProxyServer,
  origin: URL,
  options: ConnectorOptions,
  connection: Connection,
): Connector {
  const connect = buildConnector({
    ...socketOptions(proxy.url, options),
    ...(proxy.url.protocol === 'https:' ? { secureContext: options.material.forProxies() } : {}),
    allowH2: false,
  });
  return (target, callback) => {
    const watched = watchCertificate(
      proxy.url,
      (error, socket) =>
        error === null ? callback(null, socket) : callback(proxyError(error, proxy, origin.origin), null),
      () => undefined,
    );
    const { hostname } = proxy.url;
    const servername = proxy.url.protocol === 'https:' ? { servername: hostname } : {};
    const socket = connect({ ...target, ...servername }, watched.callback);
    watched.watch(socket);
    connection.watch(socket, hostname);
  };
}

function socketOptions(url: URL, { settings, lookup }: ConnectorOptions): undici.BuildOptions {
  const found = overridingLookup(url, settings.hostOverrides, lookup);
  return {
    timeout: CONNECT_TIMEOUT_MS,
    // Tries IPv6 and IPv4 in turn, so that one that leads nowhere costs little.
    autoSelectFamily: true,
    ...(settings.ipVersion === 'any' ? {} : { family: Number(settings.ipVersion) }),
    ...(found === undefined ? {} : { lookup: found }),
  };
}

function serverTls(origin: URL, { settings, material }: ConnectorOptions): undici.BuildOptions {
  if (origin.protocol !== 'https:') return { timeout: CONNECT_TIMEOUT_MS };
  return {
    timeout: CONNECT_TIMEOUT_MS,
    secureContext: material.forServers(),
    rejectUnauthorized: settings.verifiesCertificates,
    allowH2: settings.http2,
  };
}

/** A callback that says of a refused certificate which one it is. */
function watchCertificate(
  url: URL,
  callback: undici.Callback,
  onEstablished: (socket: Socket) => void,
): { readonly callback: undici.Callback; readonly watch: (socket: Socket) => void } {
  let chain: ReturnType<typeof certificateChain> = [];
  return {
    callback: (error, socket) => {
      if (error !== null) {
        callback(certificateError(error, chain, url) ?? error, null);
        return;
      }
      onEstablished(socket);
      callback(null, socket);
    },
    watch: (socket) => {
      if (!(socket instanceof TLSSocket)) return;
      // Before Node looks at it: where it says no, the certificate is gone with the connection.
      socket.prependOnceListener('secure', () => {
        if (socket.authorized) return;
        const peer = socket.getPeerCertificate(true);
        if ('raw' in peer) chain = certificateChain(peer);
      });
    },
  };
}
