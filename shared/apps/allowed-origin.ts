import { z } from 'zod';

/**
 * An origin that may receive an app's tokens: scheme, host and port, such as `https://api.example.com`.
 * `https://*.example.com` admits every sub-domain of example.com, and not example.com itself.
 * Stored in the canonical form that `URL` gives (lower case, punycode, no default port).
 */
export type AllowedOrigin = string;

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
const WILDCARD_LABEL = 'wildcard-label';

export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK.test(hostname) || hostname.endsWith('.localhost');
}

/** Canonical form of an origin, or a sentence that says what is wrong with it. */
export function parseAllowedOrigin(text: string): { origin: AllowedOrigin } | { problem: string } {
  const trimmed = text.trim();
  const wildcard = trimmed.includes('://*.');
  const url = parseUrl(wildcard ? trimmed.replace('://*.', `://${WILDCARD_LABEL}.`) : trimmed);
  if (url === null) return { problem: 'an origin looks like https://api.example.com' };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { problem: 'an origin starts with https:// or http://' };
  }
  if (url.username !== '' || url.password !== '')
    return { problem: 'an origin has no user name or password' };
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    return { problem: 'an origin is scheme, host and port only, without a path' };
  }
  if (url.hostname.includes('*'))
    return { problem: 'the * may only stand first, as in https://*.example.com' };
  if (!wildcard) return { origin: url.origin };
  const parent = url.hostname.slice(WILDCARD_LABEL.length + 1);
  if (!parent.includes('.') || /^[\d.]+$/.test(parent)) {
    return { problem: 'the * needs a domain of at least two parts after it, as in https://*.example.com' };
  }
  return { origin: url.origin.replace(`${WILDCARD_LABEL}.`, '*.') };
}

export const allowedOriginSchema = z
  .string()
  .max(300, 'an origin has at most 300 characters')
  .transform((text, context) => {
    const parsed = parseAllowedOrigin(text);
    if ('origin' in parsed) return parsed.origin;
    context.addIssue({ code: 'custom', message: parsed.problem });
    return z.NEVER;
  });

/**
 * Whether a token bound to `allowed` may be sent to `url`. Scheme, host and port must be the same; only
 * the part that a `*.` stands for may differ. A trailing dot in the host makes it another host.
 */
export function isOriginAllowed(url: URL, allowed: readonly AllowedOrigin[]): boolean {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return false;
  return allowed.some((origin) => matches(url, origin));
}

function matches(url: URL, origin: AllowedOrigin): boolean {
  const wildcard = /^(https?:\/\/)\*(\..+)$/.exec(origin);
  if (wildcard === null) return url.origin === origin;
  const [, scheme = '', suffix = ''] = wildcard;
  return (
    url.origin.startsWith(scheme) &&
    url.origin.endsWith(suffix) &&
    url.origin.length > scheme.length + suffix.length
  );
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
