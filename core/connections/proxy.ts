import { AppError } from '../../shared/app-error.ts';
import { type ConnectionSettings, PROXY_PROTOCOLS } from '../../shared/connections/connection-settings.ts';
import type { OpenSecret } from './connection-material.ts';

/** A way over somebody else's computer. */
export interface ProxyServer {
  readonly url: URL;
  /** Scheme, host and port: all of it that is ever shown. */
  readonly origin: string;
  readonly userName: string;
  readonly password: string;
}

/**
 * The proxy for a URL, `null` for none.
 *
 * @param systemProxy what the system names, as a URL
 * @throws AppError `PROXY_FAILED` where that is none
 */
export function proxyFor(
  url: URL,
  { proxy, proxyPasswordId }: ConnectionSettings,
  openSecret: OpenSecret,
  systemProxy: (url: URL) => string | null,
): ProxyServer | null {
  if (proxy.kind === 'none') return null;
  if (proxy.kind === 'own') {
    return makeProxy(new URL(proxy.url), proxy.userName ?? '', openPassword(proxyPasswordId, openSecret));
  }
  const named = systemProxy(url);
  if (named === null) return null;
  const parsed = URL.canParse(named) ? new URL(named.replace(/^socks(5h)?:/, 'socks5:')) : null;
  if (parsed === null || !PROXY_PROTOCOLS.some((each) => each === parsed.protocol)) {
    throw new AppError(
      'PROXY_FAILED',
      'The proxy that HTTP_PROXY, HTTPS_PROXY or ALL_PROXY names is none that starts with http://, https:// or socks5://. Correct it, or choose another in the connection of the app.',
    );
  }
  return makeProxy(parsed, decodeURIComponent(parsed.username), decodeURIComponent(parsed.password));
}

/** The string lives as long as the app's connections: it is said again for each one. */
function openPassword(recordId: string | null, openSecret: OpenSecret): string {
  if (recordId === null) return '';
  const bytes = openSecret(recordId);
  try {
    return bytes.toString();
  } finally {
    bytes.fill(0);
  }
}

function makeProxy(url: URL, userName: string, password: string): ProxyServer {
  return { url, origin: `${url.protocol}//${url.host}`, userName, password };
}

/** Header lines that only the proxy gets. */
export function proxyHeaders({ userName, password }: ProxyServer): string[] {
  if (userName === '' && password === '') return [];
  const pair = Buffer.from(`${userName}:${password}`).toString('base64');
  return ['Proxy-Authorization', `Basic ${pair}`];
}
