import type { Context, Next } from 'hono';
import { KEY_HEADER } from './acme/acme.ts';

const MOST_ENTRIES = 10_000;
const SECRET_FIELDS = [
  'session',
  'password',
  'client_secret',
  'access_token',
  'refresh_token',
  'code',
  'token',
] as const;

export type CredentialKind = 'none' | 'basic' | 'bearer' | 'other' | 'header' | 'query' | 'form';

/** One request that was answered. It tells which kind of credential came, never its value. */
export interface LoggedRequest {
  readonly at: string;
  readonly method: string;
  /** Without its query, which may hold a token. */
  readonly path: string;
  readonly credential: CredentialKind;
  readonly status: number;
}

/** The last requests received, so that a client's behaviour can be counted from outside. */
export class RequestLog {
  #entries: LoggedRequest[] = [];

  add(entry: LoggedRequest): void {
    this.#entries.push(entry);
    if (this.#entries.length > MOST_ENTRIES) this.#entries.shift();
  }

  clear(): void {
    this.#entries = [];
  }

  /** The newest last. */
  get requests(): readonly LoggedRequest[] {
    return this.#entries;
  }

  /** How often each endpoint was called: `{"GET /v2/account": 3}`. */
  get counts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { method, path } of this.#entries) {
      const endpoint = `${method} ${path}`;
      counts[endpoint] = (counts[endpoint] ?? 0) + 1;
    }
    return counts;
  }
}

/** @param now milliseconds since 1970 */
export function logRequests(log: RequestLog, now: () => number) {
  return async (context: Context, next: Next): Promise<void> => {
    await next();
    log.add({
      at: new Date(now()).toISOString(),
      method: context.req.method,
      path: context.req.path,
      credential: await credentialOf(context),
      status: context.res.status,
    });
  };
}

async function credentialOf({ req }: Context): Promise<CredentialKind> {
  const header = req.header('authorization');
  if (header !== undefined) {
    if (/^basic /i.test(header)) return 'basic';
    return /^bearer /i.test(header) ? 'bearer' : 'other';
  }
  if (req.header(KEY_HEADER) !== undefined) return 'header';
  if (SECRET_FIELDS.some((field) => req.query(field) !== undefined)) return 'query';
  if (req.header('content-type')?.startsWith('application/x-www-form-urlencoded') !== true) return 'none';
  const form = new URLSearchParams(await req.text().catch(() => ''));
  return SECRET_FIELDS.some((field) => form.has(field)) ? 'form' : 'none';
}
