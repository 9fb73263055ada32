import { randomBytes, randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import type { PracticeToken } from '../../shared/practice/practice.ts';
import type { PracticeProvider, PracticeWorld } from '../practice-provider.ts';
import { TokenBook } from '../token-book.ts';
import { tokenDesk } from '../token-desk.ts';
import { authorizeBy, type KeyDetails } from './airfocus-access.ts';
import { errorFields, refuse } from './airfocus-answers.ts';
import { isScope, SCOPES, type Scope } from './airfocus-scopes.ts';
import { type ActsAs, PROFILES, TEAM } from './airfocus-users.ts';
import { apiKeys } from './api-keys.ts';

/** The base URL has no path at the provider; here it tells airfocus from PortSIP, whose paths begin alike. */
const PATH = '/airfocus';

/** airfocus: Bearer tokens with scopes, rate headers on every answer, and keys that are managed by API. */
export function openAirfocus({ seed, clock }: PracticeWorld): PracticeProvider {
  const book = new TokenBook<KeyDetails>(clock, () => randomBytes(32).toString('base64url'));
  const secrets = {
    working: seed.base64url('airfocus'),
    expired: seed.base64url('airfocus expired'),
    limited: seed.base64url('airfocus limited'),
    bot: seed.base64url('airfocus bot'),
  };
  const person = { actsAs: 'person' } as const;
  book.create({
    name: 'main',
    secret: secrets.working,
    scopes: ['profile', 'team', 'workspace'],
    details: person,
  });
  book.create({
    name: 'expired',
    secret: secrets.expired,
    scopes: SCOPES,
    expiresAt: clock.now() - 1000,
    details: person,
  });
  book.create({ name: 'team only', secret: secrets.limited, scopes: ['team:read'], details: person });
  book.create({ name: 'bot', secret: secrets.bot, scopes: ['profile:read'], details: { actsAs: 'bot' } });
  return {
    path: PATH,
    api: airfocusApi(book),
    desk: tokenDesk({
      provider: 'airfocus',
      book,
      create: ({ scopes, ...wanted }) => {
        const known = scopes.filter(isScope);
        return book.create({ ...wanted, scopes: known.length === 0 ? SCOPES : known, details: person });
      },
      exampleScopes: 'profile:read team:read',
    }),
    announce: (url) => ({ tokens: announcedTokens(url + PATH, secrets) }),
    rate: {
      headers: ({ limit, remaining, resetsAt }) => ({
        'X-RateLimit-Limit': String(limit),
        'X-RateLimit-Remaining': String(remaining),
        'X-RateLimit-Reset': String(Math.ceil(resetsAt / 1000)),
      }),
      refusal: errorFields('too_many_requests', 'more requests than allowed in a minute'),
    },
    everyAnswer: () => ({ 'X-Request-Id': randomUUID() }),
  };
}

function airfocusApi(book: TokenBook<KeyDetails>): Hono {
  const authorize = authorizeBy(book);
  const api = new Hono();
  const endpoints: readonly (readonly [string, Scope, (actsAs: ActsAs) => object])[] = [
    ['/api/profile', 'profile:read', (actsAs) => PROFILES[actsAs]],
    ['/api/team', 'team:read', () => TEAM],
    ['/api/workspaces/count', 'workspace:read', () => ({ count: 3 })],
  ];
  for (const [path, scope, body] of endpoints) {
    api.get(path, (context) => {
      const token = authorize(context, scope);
      return token instanceof Response ? token : context.json(body(token.details.actsAs));
    });
    api.all(path, (context) =>
      refuse(context, 405, 'method_not_allowed', 'this path does not answer that method'),
    );
  }
  api.route('/api/profile/api-keys', apiKeys(book, authorize));
  api.all('/*', (context) => refuse(context, 404, 'not_found', 'there is no such path'));
  return api;
}

function announcedTokens(
  baseUrl: string,
  secrets: Readonly<Record<'working' | 'expired' | 'limited' | 'bot', string>>,
): PracticeToken[] {
  const token = { provider: 'airfocus', baseUrl, scheme: 'bearer' };
  return [
    {
      ...token,
      secret: secrets.working,
      note: 'Works: GET /api/profile answers 200. It may manage API keys.',
    },
    { ...token, secret: secrets.expired, note: 'Expired: every request answers 401.' },
    {
      ...token,
      secret: secrets.limited,
      note: 'Has team:read only: GET /api/profile answers 403 forbidden.',
    },
    { ...token, secret: secrets.bot, note: 'Impersonated: GET /api/profile answers a bot.' },
  ];
}
