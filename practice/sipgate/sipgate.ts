import { randomInt, randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import type { PracticeToken } from '../../shared/practice/practice.ts';
import type { OAuth } from '../oauth/oauth.ts';
import type { PracticeProvider, PracticeWorld } from '../practice-provider.ts';
import type { Seed } from '../seed.ts';
import { TokenBook } from '../token-book.ts';
import { tokenDesk } from '../token-desk.ts';
import { type RefuseSipgate, refuseBy } from './sipgate-access.ts';
import { sms } from './sms.ts';

const PATH = '/v2';
const ID_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

interface SeededToken {
  readonly name: string;
  readonly id: string;
  readonly secret: string;
  readonly scopes: readonly string[];
  readonly note: string;
  /** Seconds, from the start; `null` never. */
  readonly expiresIn: number | null;
}

/** What is read with GET: path, scope (`null` for any token), body. */
const READS: readonly (readonly [string, string | null, object])[] = [
  [
    '/account',
    'account:read',
    {
      company: 'Practice Company',
      mainProductType: 'TEAM',
      logoUrl: '',
      verified: true,
      historyLifeTime: 90,
    },
  ],
  [
    '/authorization/userinfo',
    null,
    { sub: 'w0', domain: 'practice.example', masterSipId: '1000000', locale: 'en_GB' },
  ],
  ['/users', 'users:read', { items: [{ id: 'w0', firstname: 'Practice', lastname: 'User', admin: true }] }],
  ['/history', 'history:read', { items: [], totalCount: 0 }],
];

/** sipgate's REST API v2. Bodies of errors are not documented: ours are plain. */
export function openSipgate({ seed, clock }: PracticeWorld, oauth: OAuth): PracticeProvider {
  const book = new TokenBook<null>(clock, randomUUID, newTokenId);
  const tokens = seededTokens(seed);
  for (const { expiresIn, ...token } of tokens) {
    const expiresAt = expiresIn === null ? null : clock.now() + expiresIn * 1000;
    book.create({ ...token, expiresAt, details: null });
  }
  return {
    path: PATH,
    api: sipgateApi(refuseBy(book, oauth.grants)),
    desk: tokenDesk({
      provider: 'sipgate',
      book,
      create: (wanted) => {
        const scopes = wanted.scopes.length === 0 ? ['all'] : wanted.scopes;
        return book.create({ ...wanted, scopes, details: null });
      },
      hasTokenIds: true,
      exampleScopes: 'account:read users:read',
    }),
    announce: (url) => ({ tokens: announcedTokens(url + PATH, tokens, oauth.workingToken) }),
  };
}

function sipgateApi(refuse: RefuseSipgate): Hono {
  const api = new Hono();
  for (const [path, scope, body] of READS) {
    api.get(path, (context) => refuse(context, scope) ?? context.json(body));
    refuseOtherMethods(api, path, 'GET');
  }
  api.route('/sessions/sms', sms(refuse));
  refuseOtherMethods(api, '/sessions/sms', 'POST');
  api.all('/*', (context) => context.json({ error: 'there is no such endpoint' }, 404));
  return api;
}

function refuseOtherMethods(api: Hono, path: string, allowed: string): void {
  api.all(path, (context: Context) => context.json({ error: 'method not allowed' }, 405, { Allow: allowed }));
}

/** The first is the one that Tessera keeps for who tries it the first time. */
function seededTokens(seed: Seed): SeededToken[] {
  const token = (name: string, scopes: readonly string[], note: string, expiresIn: number | null = null) => ({
    name,
    id: `token-${seed.text(`sipgate id ${name}`, 6, ID_LETTERS)}`,
    secret: seed.uuid(`sipgate ${name}`),
    scopes,
    note,
    expiresIn,
  });
  return [
    token('main', ['account:read'], 'GET /account answers 200; a wrong token answers 401.'),
    token('all', ['all'], 'Has all scopes: POST /sessions/sms works too.'),
    token('expired', ['all'], 'Expired: every request answers 401.', -1),
    token('users only', ['users:read'], 'Lacks account:read: GET /account answers 403.'),
  ];
}

function announcedTokens(
  baseUrl: string,
  tokens: readonly SeededToken[],
  accessToken: string,
): PracticeToken[] {
  return [
    ...tokens.map(({ id, secret, note }) => ({
      provider: 'sipgate',
      baseUrl,
      scheme: 'basic',
      tokenId: id,
      secret,
      note,
    })),
    {
      provider: 'sipgate',
      baseUrl,
      scheme: 'bearer',
      secret: accessToken,
      note: 'OAuth access token, works for an hour: GET /account answers 200.',
    },
  ];
}

function newTokenId(): string {
  const letters = Array.from({ length: 6 }, () => ID_LETTERS[randomInt(ID_LETTERS.length)]);
  return `token-${letters.join('')}`;
}
