import type { LookupFunction } from 'node:net';
import type { Dispatcher, Pool as UndiciPool } from 'undici';
import Agent from 'undici/lib/dispatcher/agent.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import type { ConnectionSettings } from '../../shared/connections/connection-settings.ts';
import { ConnectionMaterial, type OpenSecret } from './connection-material.ts';
import { type ConnectorOptions, directConnector, forwardConnector, tunnelConnector } from './connector.ts';
import { type ProxyServer, proxyFor, proxyHeaders } from './proxy.ts';

/** Answers with more bytes of headers are refused. */
const HEADER_BYTES = 64 * 1024;

export interface AgentOptions {
  readonly settings: ConnectionSettings;
  readonly openSecret: OpenSecret;
  /** PEM, in place of Node's and the system's authorities. */
  readonly ca: readonly string[] | undefined;
  readonly lookup: LookupFunction | undefined;
  /** The system's proxy for a URL. */
  readonly systemProxy: (url: URL) => string | null;
}

/** An agent with a pool for each origin. A connection is used for its own origin alone, whatever its certificate covers. */
export function makeAgent({ settings, openSecret, ca, lookup, systemProxy }: AgentOptions): Agent {
  const connectors = { settings, material: new ConnectionMaterial(settings, openSecret, ca), lookup };
  return new Agent({
    // The request's own timeout covers all of it; these would cut short a slow but living answer.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: HEADER_BYTES,
    allowH2: settings.http2,
    factory: (given, options) => {
      const origin = new URL(given);
      // A socket of this computer is no matter for a proxy.
      const proxy = settings.unixSocket === null ? proxyFor(origin, settings, openSecret, systemProxy) : null;
      return makePool(origin, proxy, options, connectors);
    },
  });
}

function makePool(
  origin: URL,
  proxy: ProxyServer | null,
  options: UndiciPool.Options,
  connectors: ConnectorOptions,
): Dispatcher {
  if (proxy === null) return new Pool(origin, { ...options, connect: directConnector(origin, connectors) });
  if (origin.protocol === 'https:' || proxy.url.protocol === 'socks5:') {
    return new Pool(origin, { ...options, connect: tunnelConnector(origin, proxy, connectors) });
  }
  return forwardingPool(origin, proxy, options, connectors);
}

/** Proxies send on what is not encrypted, and mostly make no way through for it. */
function forwardingPool(
  origin: URL,
  proxy: ProxyServer,
  options: UndiciPool.Options,
  connectors: ConnectorOptions,
): Dispatcher {
  const connect = forwardConnector(origin, proxy, connectors);
  const pool = new Pool(proxy.origin, { ...options, allowH2: false, connect });
  const own = ['Host', origin.host, ...proxyHeaders(proxy)];
  return pool.compose((dispatch) => (request, handler) => {
    // The pipeline hands over its lines one after the other, names and values in turn.
    const lines = Array.isArray(request.headers) ? request.headers : [];
    return dispatch(
      { ...request, path: `${origin.origin}${request.path}`, headers: [...own, ...lines] },
      handler,
    );
  });
}
