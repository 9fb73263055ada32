import type { RateLimit } from '../../shared/requests/rate-limit.ts';
import type { HeaderLine } from './build-headers.ts';

/** Numbers from here on are instants and not spans: seconds since 1970, then milliseconds. */
const FIRST_SECONDS = 1e9;
const FIRST_MILLISECONDS = 1e12;

const LIMIT_HEADER = /rate-?limit|^retry-after$/i;

/** Milliseconds until a server wants to be asked again; `null` where it does not say. */
export function readRetryAfter(headers: readonly HeaderLine[], now: Date): number | null {
  const value = headerOf(headers, ['retry-after']);
  if (value === null) return null;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}

/**
 * `X-RateLimit-*`, as it is spelled here and there, `RateLimit` and `RateLimit-Policy` of the IETF's drafts, and
 * `Retry-After`; `null` where there is none of them.
 */
export function readRateLimit(headers: readonly HeaderLine[], now: Date): RateLimit | null {
  // Most answers have none of them: no more than one look.
  if (!headers.some(([name]) => LIMIT_HEADER.test(name))) return null;
  const field = (name: string) =>
    headerOf(headers, [`x-ratelimit-${name}`, `x-rate-limit-${name}`, `ratelimit-${name}`]);
  const combined = headerOf(headers, ['ratelimit']) ?? '';
  const policy = headerOf(headers, ['ratelimit-policy']);
  const parameter = (names: string) =>
    new RegExp(`(?:^|[;,\\s])(?:${names})=(\\d{1,15})`).exec(combined)?.[1] ?? null;
  const retryAfter = readRetryAfter(headers, now);
  const limit: RateLimit = {
    limit: wholeNumber(field('limit') ?? parameter('limit')) ?? quotaOf(policy),
    remaining: wholeNumber(field('remaining') ?? parameter('r|remaining')),
    resetAt: instantOf(field('reset') ?? parameter('t|reset'), now),
    retryAt: retryAfter === null ? null : iso(now.getTime() + retryAfter),
    policy,
  };
  return Object.values(limit).every((value) => value === null) ? null : limit;
}

function quotaOf(policy: string | null): number | null {
  return wholeNumber(/;\s*q=(\d{1,15})/.exec(policy ?? '')?.[1] ?? null);
}

function headerOf(headers: readonly HeaderLine[], names: readonly string[]): string | null {
  const found = headers.find(([name]) => names.includes(name.toLowerCase()))?.[1].trim() ?? '';
  return found === '' ? null : found;
}

/** The first number: some send `100, 100;w=60`. */
function wholeNumber(text: string | null): number | null {
  const digits = /^\d{1,15}/.exec(text ?? '')?.[0];
  return digits === undefined ? null : Number(digits);
}

function instantOf(text: string | null, now: Date): string | null {
  if (text === null) return null;
  if (!/^\d{1,15}(\.\d+)?$/.test(text)) return iso(Date.parse(text));
  const value = Number(text);
  if (value >= FIRST_MILLISECONDS) return iso(value);
  return iso(value >= FIRST_SECONDS ? value * 1000 : now.getTime() + value * 1000);
}

function iso(milliseconds: number): string | null {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 ? null : date.toISOString();
}
