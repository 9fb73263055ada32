import { randomInt, randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import type { Announced, PracticeProvider, PracticeWorld } from '../practice-provider.ts';
import { basicCredentials } from '../request-fields.ts';
import { type IssuedToken, TokenBook } from '../token-book.ts';
import { tokenDesk } from '../token-desk.ts';

const PATH = '/v2';
const ID_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const ACCOUNT = {
  company: 'Practice Company',
  mainProductType: 'TEAM',
  logoUrl: '',
  verified: true,
  historyLifeTime: 90,
} as const;

const USER_INFO = { sub: 'w0', domain: 'practice.example', masterSipId: '1000000', locale: 'en_GB' } as const;

/** sipgate's REST API v2. Bodies of errors are not documented: ours are plain. */
export function openSipgate({ seed, clock }: PracticeWorld): PracticeProvider {
  const book = new TokenBook<null>(clock, randomUUID, newTokenId);
  const id = `token-${seed.text('sipgate id', 6, ID_LETTERS)}`;
  const secret = seed.uuid('sipgate');
  book.create({ name: 'main', id, secret, scopes: ['all'], details: null });

  const api = new Hono();
  const endpoints: Readonly<Record<string, object>> = {
    '/account': ACCOUNT,
    '/authorization/userinfo': USER_INFO,
  };
  for (const [path, body] of Object.entries(endpoints)) {
    api.get(path, (context) =>
      tokenOf(context, book) === null ? unauthorized(context) : context.json(body),
    );
    api.all(path, (context) => context.json({ error: 'method not allowed' }, 405, { Allow: 'GET' }));
  }
  return {
    path: PATH,
    api,
    desk: tokenDesk('sipgate', book, (wanted) => book.create({ ...wanted, details: null }), true),
    announce: (url): Announced => ({
      tokens: [
        {
          provider: 'sipgate',
          baseUrl: url + PATH,
          scheme: 'basic',
          tokenId: id,
          secret,
          note: 'GET /account answers 200; a wrong token answers 401.',
        },
      ],
    }),
  };
}

function unauthorized(context: Context): Response {
  return context.json({ error: 'token ID or token wrong' }, 401, {
    'WWW-Authenticate': 'Basic realm="sipgate"',
  });
}

/** The case of a token does not matter, as with every UUID. */
function tokenOf(context: Context, book: TokenBook<null>): IssuedToken<null> | null {
  const given = basicCredentials(context.req);
  if (given === null) return null;
  const token = book.find(given.secret.toLowerCase());
  return token?.id === given.name ? book.use(given.secret.toLowerCase()) : null;
}

function newTokenId(): string {
  const letters = Array.from({ length: 6 }, () => ID_LETTERS[randomInt(ID_LETTERS.length)]);
  return `token-${letters.join('')}`;
}
