import { AppError, type ErrorCode, type ErrorDetails } from '../../shared/app-error.ts';

const CLIENT_CERTIFICATE = 'Set it in the connection of the app';

const TLS_REASONS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet; check the clock of this computer too',
  CERT_REVOKED: 'its certificate has been revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed: no authority vouches for it',
  SELF_SIGNED_CERT_IN_CHAIN: 'the authority behind its certificate is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'the authority behind its certificate is not known here, or the server does not send the certificates in between',
  UNABLE_TO_GET_ISSUER_CERT: 'the authority behind its certificate is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the authority behind its certificate is not known here',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
  HOSTNAME_MISMATCH: 'its certificate is for another host',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS on this port; perhaps it wants http://',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS on this port; perhaps it wants http://',
  ERR_SSL_HTTP_REQUEST: 'it does not speak TLS on this port; perhaps it wants http://',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'it offers no version of TLS that is safe enough',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'it offers no version of TLS that is safe enough',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: `it wants a client certificate. ${CLIENT_CERTIFICATE}`,
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: `it does not know the authority behind the client certificate. ${CLIENT_CERTIFICATE}`,
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: `it wants a client certificate, or another one. ${CLIENT_CERTIFICATE}`,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: `the client certificate has expired. ${CLIENT_CERTIFICATE}`,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: `it does not take the client certificate. ${CLIENT_CERTIFICATE}`,
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: `no common way to encrypt was found, or it wants a client certificate. ${CLIENT_CERTIFICATE}`,
};

const REASONS: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOTFOUND: [
    'NETWORK_DNS',
    'no address was found for this host name. Check its spelling and your connection',
  ],
  EAI_AGAIN: ['NETWORK_DNS', 'the name server did not answer. Check your connection'],
  ENODATA: ['NETWORK_DNS', 'the host name has no address'],
  ECONNREFUSED: ['NETWORK_REFUSED', 'nothing listens there. Check host and port, and that the server runs'],
  EHOSTUNREACH: ['NETWORK_UNREACHABLE', 'there is no way to this host. Check your connection'],
  ENETUNREACH: ['NETWORK_UNREACHABLE', 'there is no way to this network. Check your connection'],
  ENETDOWN: ['NETWORK_UNREACHABLE', 'the network is down'],
  EADDRNOTAVAIL: ['NETWORK_UNREACHABLE', 'this address cannot be reached from here'],
  ETIMEDOUT: ['NETWORK_TIMEOUT', 'the server did not answer in time'],
  UND_ERR_CONNECT_TIMEOUT: ['NETWORK_TIMEOUT', 'no connection was made in time'],
  UND_ERR_HEADERS_TIMEOUT: ['NETWORK_TIMEOUT', 'no answer came in time'],
  UND_ERR_BODY_TIMEOUT: ['NETWORK_TIMEOUT', 'the answer stopped coming'],
  ECONNRESET: ['NETWORK_RESET', 'the server cut the connection'],
  EPIPE: ['NETWORK_RESET', 'the server cut the connection'],
  ECONNABORTED: ['NETWORK_RESET', 'the connection was cut'],
  UND_ERR_SOCKET: ['NETWORK_RESET', 'the server closed the connection before the answer was complete'],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: [
    'NETWORK_RESET',
    'the answer is not as long as the server promised in Content-Length',
  ],
  UND_ERR_HEADERS_OVERFLOW: ['NETWORK_PROTOCOL', 'the answer has more than 64 KB of headers'],
};

/**
 * What went wrong on the way, in words.
 *
 * @param origin that was being talked to: scheme, host and port only
 * @param during which part of the answer was awaited
 */
export function networkError(error: unknown, origin: string, during: 'head' | 'body'): AppError {
  if (error instanceof AppError) return error;
  if (isMalformed(error, during)) {
    return describe(
      'NETWORK_PROTOCOL',
      'what the server sent is not proper HTTP',
      origin,
      'MALFORMED',
      error,
    );
  }
  const { code, reason, cause } = knownReason(error);
  return describe(code, reason, origin, cause, code === 'NETWORK_FAILED' ? error : undefined);
}

/** The same without the origin, for a sentence about somebody else on the way. */
export function reasonOf(
  error: unknown,
  origin: string,
): { readonly reason: string; readonly cause: string } {
  if (!(error instanceof AppError)) return knownReason(error);
  const reason = error.message.replace(`${origin}: `, '').replace(/\.$/, '');
  return { reason, cause: String(error.details?.cause ?? '') };
}

function knownReason(error: unknown): {
  readonly code: ErrorCode;
  readonly reason: string;
  readonly cause: string;
} {
  const codes = codesOf(error);
  for (const cause of codes) {
    const known = REASONS[cause];
    if (known !== undefined) return { code: known[0], reason: known[1], cause };
    // Newer versions of OpenSSL give some of them a new name.
    const tls = TLS_REASONS[cause.replace('_SSL/TLS_', '_SSLV3_')];
    if (tls !== undefined) return { code: 'NETWORK_TLS', reason: `no safe connection: ${tls}`, cause };
  }
  const cause = codes[0] ?? '';
  if (cause.startsWith('ERR_SSL') || cause === 'EPROTO') {
    const reason = 'no safe connection: the two sides could not agree on TLS';
    return { code: 'NETWORK_TLS', reason, cause };
  }
  if (cause.startsWith('ERR_HTTP2')) {
    return { code: 'NETWORK_PROTOCOL', reason: 'what the server sent is not proper HTTP/2', cause };
  }
  return { code: 'NETWORK_FAILED', reason: 'the exchange failed', cause };
}

/** Undici tells some of these by name and message only. */
function isMalformed(error: unknown, during: 'head' | 'body'): boolean {
  if (!(error instanceof Error)) return false;
  // Headers that contradict each other about the length.
  if (during === 'head' && error.name === 'ResponseContentLengthMismatchError') return true;
  return (
    error.name === 'HTTPParserError' || error.message === 'bad response' || error.message === 'bad upgrade'
  );
}

function describe(code: ErrorCode, reason: string, origin: string, cause: string, error?: unknown): AppError {
  const details: ErrorDetails = cause === '' ? { origin } : { origin, cause };
  return new AppError(code, `${origin}: ${reason}.`, details, error === undefined ? {} : { cause: error });
}

/** The codes of an error and of what caused it, nearest first. */
function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  // Several addresses were tried: the last word is with the first of them.
  const inner = error instanceof AggregateError ? codesOf(error.errors[0]) : [];
  return [...own, ...inner, ...codesOf(error.cause)];
}
