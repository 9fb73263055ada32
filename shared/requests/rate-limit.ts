/** What a server says of how much more it takes, as far as it says it. */
export interface RateLimit {
  /** Requests in a window of time. */
  readonly limit: number | null;
  readonly remaining: number | null;
  /** When the count begins anew, RFC 3339 in UTC. */
  readonly resetAt: string | null;
  /** When it may be asked again (`Retry-After`), RFC 3339 in UTC. */
  readonly retryAt: string | null;
  /** `RateLimit-Policy`, as it came. */
  readonly policy: string | null;
}

/** A try that another one followed. */
export interface Attempt {
  /** `null` where no answer came. */
  readonly status: number | null;
  /** Why no answer, or no whole one, came: a code of `AppError`. */
  readonly code: string | null;
  /** How long was waited before the next. */
  readonly waitedMs: number;
}

/** "Tried 3 times: 429, NETWORK_RESET before."; empty where there was one try. */
export function describeAttempts(attempts: readonly Attempt[]): string {
  if (attempts.length === 0) return '';
  return `Tried ${attempts.length + 1} times: ${attempts.map(({ status, code }) => code ?? status).join(', ')} before.`;
}
