import type { RateLimit } from '../../shared/requests/rate-limit.ts';

/** "42 of 100 requests left, anew at 10:15:00". */
export function describeRateLimit({ limit, remaining, resetAt, retryAt }: RateLimit): string {
  const left =
    remaining === null ? null : `${remaining}${limit === null ? '' : ` of ${limit}`} requests left`;
  const parts = [
    left ?? (limit === null ? null : `limit of ${limit} requests`),
    resetAt === null ? null : `anew at ${new Date(resetAt).toLocaleTimeString()}`,
    retryAt === null ? null : `again from ${new Date(retryAt).toLocaleTimeString()}`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}
