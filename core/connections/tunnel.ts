import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Dispatcher } from 'undici';
import Client from 'undici/lib/dispatcher/client.js';
import type { Connector } from './connector.ts';
import type { ProxyServer } from './proxy.ts';
import { proxyHeaders } from './proxy.ts';
import { proxyError, proxyRefusal, socksError } from './proxy-error.ts';

/** Longest wait for a proxy to make its way to a server. */
const TUNNEL_MS = 30_000;

/**
 * Makes a way through a proxy, over which nobody can tell the proxy from the server.
 *
 * @param toProxy makes a connection to the proxy itself
 * @throws AppError `PROXY_FAILED`, `PROXY_AUTH_REQUIRED`
 */
export function openTunnel(proxy: ProxyServer, target: URL, toProxy: Connector): Promise<Socket> {
  return proxy.url.protocol === 'socks5:'
    ? openSocksTunnel(proxy, target, toProxy)
    : openHttpTunnel(proxy, target, toProxy);
}

function openHttpTunnel(proxy: ProxyServer, target: URL, toProxy: Connector): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const client = new Client(proxy.origin, { connect: toProxy, headersTimeout: TUNNEL_MS, pipelining: 1 });
  const authority = `${target.hostname}:${portOf(target)}`;
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart: () => undefined,
    onRequestUpgrade: (_controller, status, _headers, socket) => {
      if (status >= 200 && status < 300) {
        // A duplex by its type, and always the connection's socket.
        resolve(socket as Socket);
        return;
      }
      socket.on('error', () => undefined).destroy();
      reject(proxyRefusal(status, proxy, target.origin));
    },
    onResponseStart: () => undefined,
    onResponseData: () => undefined,
    onResponseEnd: () => undefined,
    onResponseError: (_controller, error) => {
      void client.destroy();
      reject(proxyError(error, proxy, target.origin));
    },
  };
  client.dispatch(
    { method: 'CONNECT', path: authority, headers: ['Host', authority, ...proxyHeaders(proxy)] },
    handler,
  );
  return promise;
}

/** The proxy finds the address of the server: a name is handed over as it is. */
async function openSocksTunnel(proxy: ProxyServer, target: URL, toProxy: Connector): Promise<Socket> {
  const { Socks5Client } = await import('undici/lib/core/socks5-client.js');
  const socket = await connectTo(proxy, toProxy);
  const { userName, password } = proxy;
  const client = new Socks5Client(socket, userName === '' ? {} : { username: userName, password });
  const signal = AbortSignal.timeout(TUNNEL_MS);
  const ended = new AbortController();
  client.once('close', () => ended.abort());
  const within = { signal: AbortSignal.any([signal, ended.signal]) };
  try {
    const authenticated = once(client, 'authenticated', within);
    client.handshake();
    await authenticated;
    const connected = once(client, 'connected', within);
    client.connect(target.hostname.replace(/^\[|\]$/g, ''), Number(portOf(target)));
    await connected;
    return socket;
  } catch (error) {
    socket.destroy();
    throw socksError(reasonToEnd(error, signal), proxy, target.origin);
  } finally {
    client.removeAllListeners();
    client.on('error', () => undefined);
  }
}

function reasonToEnd(error: unknown, timeout: AbortSignal): unknown {
  if (!(error instanceof Error) || error.name !== 'AbortError') return error;
  const code = timeout.aborted ? 'UND_ERR_HEADERS_TIMEOUT' : 'ECONNRESET';
  return Object.assign(new Error('the proxy ended it'), { code });
}

function connectTo({ url }: ProxyServer, toProxy: Connector): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const options = { hostname, host: url.host, port: url.port || '1080', protocol: url.protocol };
  toProxy(options, (error, socket) => {
    if (error === null) resolve(socket);
    else reject(error);
  });
  return promise;
}

function portOf({ port, protocol }: URL): string {
  return port || (protocol === 'https:' ? '443' : '80');
}
