import { AppError } from '../../shared/app-error.ts';
import { reasonOf } from '../requests/network-error.ts';
import { systemCode } from '../system-error.ts';
import type { ProxyServer } from './proxy.ts';

/** What went wrong between here and the proxy: not the server's fault, and said so. */
export function proxyError(error: unknown, proxy: ProxyServer, target: string): AppError {
  if (error instanceof AppError && error.code !== 'NETWORK_TLS') return error;
  const { reason, cause } = reasonOf(error, proxy.origin);
  return new AppError(
    'PROXY_FAILED',
    `The proxy ${proxy.origin} could not be used: ${reason}. Nothing was sent to ${target}.`,
    { proxy: proxy.origin, origin: target, cause },
  );
}

/** An HTTP proxy's answer to a wish for a way through. */
export function proxyRefusal(status: number, proxy: ProxyServer, target: string): AppError {
  if (status === 407) return proxyAuthRequired(proxy, target);
  return new AppError(
    'PROXY_FAILED',
    `The proxy ${proxy.origin} answered ${status} and made no way to ${target}: ${refusalReason(status)}.`,
    { proxy: proxy.origin, origin: target, status },
  );
}

export function proxyAuthRequired(proxy: Pick<ProxyServer, 'origin' | 'userName'>, target: string): AppError {
  const message =
    proxy.userName === ''
      ? `The proxy ${proxy.origin} wants a user name and a password. Give them in the connection of the app.`
      : `The proxy ${proxy.origin} does not take the user name and password that it was given. Correct them in the connection of the app.`;
  return new AppError('PROXY_AUTH_REQUIRED', message, { proxy: proxy.origin, origin: target });
}

function refusalReason(status: number): string {
  if (status === 403 || status === 405) return 'it does not let this computer go there. Ask whoever runs it';
  if (status === 502 || status === 503 || status === 504)
    return 'it does not reach the server. Check host and port';
  return 'it may not be a proxy. Check its host and port';
}

const SOCKS_REPLIES: Readonly<Record<string, string>> = {
  UND_ERR_SOCKS5_REPLY_1: 'it failed by itself',
  UND_ERR_SOCKS5_REPLY_2: 'it does not let this computer go there. Ask whoever runs it',
  UND_ERR_SOCKS5_REPLY_3: 'it does not reach the server’s network',
  UND_ERR_SOCKS5_REPLY_4: 'it does not reach the server, or does not know its name. Check the host',
  UND_ERR_SOCKS5_REPLY_5: 'nothing listens at the server’s port. Check host and port',
  UND_ERR_SOCKS5_REPLY_6: 'the way to the server is too long',
  UND_ERR_SOCKS5_REPLY_7: 'it cannot make connections for others',
  UND_ERR_SOCKS5_REPLY_8: 'it does not know this kind of address',
};

/** What a SOCKS proxy said no with, or did not say as it should. */
export function socksError(error: unknown, proxy: ProxyServer, target: string): AppError {
  const code = systemCode(error) ?? '';
  if (code === 'UND_ERR_SOCKS5_AUTH_REJECTED' || code === 'UND_ERR_SOCKS5_AUTH_FAILED') {
    return proxyAuthRequired(proxy, target);
  }
  const reason = SOCKS_REPLIES[code];
  if (reason !== undefined) {
    return new AppError('PROXY_FAILED', `The proxy ${proxy.origin} made no way to ${target}: ${reason}.`, {
      proxy: proxy.origin,
      origin: target,
      cause: code,
    });
  }
  if (code.startsWith('UND_ERR_SOCKS5')) {
    return new AppError(
      'PROXY_FAILED',
      `The proxy ${proxy.origin} does not speak SOCKS5. Check its host and port, and its kind.`,
      { proxy: proxy.origin, origin: target, cause: code },
    );
  }
  return proxyError(error, proxy, target);
}
