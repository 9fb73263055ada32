import { timingSafeEqual } from 'node:crypto';
import { type Context, Hono } from 'hono';

/** A token as sipgate gives it out: the ID stays visible, the secret is a UUID. */
export interface SipgateToken {
  readonly id: string;
  readonly secret: string;
}

const ACCOUNT = {
  company: 'Practice Company',
  mainProductType: 'TEAM',
  logoUrl: '',
  verified: true,
  historyLifeTime: 90,
} as const;

const USER_INFO = { sub: 'w0', domain: 'practice.example', masterSipId: '1000000', locale: 'en_GB' } as const;

/** sipgate's REST API v2, as far as it takes to try a token. Bodies of errors are not documented: ours are plain. */
export function sipgate(token: SipgateToken): Hono {
  const api = new Hono();
  const endpoints: Readonly<Record<string, object>> = {
    '/account': ACCOUNT,
    '/authorization/userinfo': USER_INFO,
  };
  for (const [path, body] of Object.entries(endpoints)) {
    api.get(path, (context) => (isAuthorized(context, token) ? context.json(body) : unauthorized(context)));
    api.all(path, (context) => context.json({ error: 'method not allowed' }, 405, { Allow: 'GET' }));
  }
  return api;
}

function unauthorized(context: Context): Response {
  return context.json({ error: 'token ID or token wrong' }, 401, {
    'WWW-Authenticate': 'Basic realm="sipgate"',
  });
}

function isAuthorized(context: Context, { id, secret }: SipgateToken): boolean {
  const credentials = /^Basic ([A-Za-z0-9+/]+={0,2})$/.exec(context.req.header('authorization') ?? '')?.[1];
  if (credentials === undefined) return false;
  const [givenId = '', given = ''] = Buffer.from(credentials, 'base64').toString('utf8').split(':', 2);
  return sameText(givenId, id) && sameText(given.toLowerCase(), secret.toLowerCase());
}

function sameText(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
