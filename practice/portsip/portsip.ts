import { type Context, Hono } from 'hono';
import type { PracticeLogin, PracticeToken } from '../../shared/practice/practice.ts';
import type { PracticeProvider, PracticeWorld } from '../practice-provider.ts';
import { authorizationOf } from '../request-fields.ts';
import type { Seed } from '../seed.ts';
import { tokenDesk } from '../token-desk.ts';
import { refuse, refuseOtherMethods } from './portsip-answers.ts';
import { login, type PortsipLogins, signIn } from './portsip-logins.ts';
import { ACCESS_SECONDS, type AccessToken, PortsipSessions } from './portsip-sessions.ts';
import { type PortsipUser, type PortsipUsers, portsipUsers } from './portsip-users.ts';
import { TwoFactor } from './two-factor.ts';

const PATH = '/portsip/api';

/** PortSIP PBX 22.x: opaque access tokens that logins give, and the three families of logins. */
export function openPortsip(world: PracticeWorld): PracticeProvider {
  const { seed, clock } = world;
  const users = portsipUsers(seed);
  const sessions = new PortsipSessions(world);
  const { working, expired, limited } = secretsOf(seed);
  const end = clock.now() + ACCESS_SECONDS * 1000;
  sessions.accessToken(users.admin, 'main', end, working);
  sessions.accessToken(users.admin, 'expired', clock.now() - 1000, expired);
  sessions.accessToken(users.standard, 'standard user', end, limited);

  const authorize = (context: Context): AccessToken | Response =>
    sessions.access(authorizationOf(context.req, 'Bearer') ?? '') ??
    refuse(context, 401, 'UNAUTHORIZED', 'the access token is wrong or its time is over');
  const logins: PortsipLogins = { users, sessions, twoFactor: new TwoFactor(clock), authorize };
  return {
    path: PATH,
    api: portsipApi(logins, () => clock.now()),
    desk: tokenDesk({
      provider: 'portsip',
      book: sessions.book,
      create: ({ name, expiresAt }) => sessions.accessToken(users.admin, name, expiresAt),
    }),
    announce: (url) => ({
      tokens: announcedTokens(url + PATH, seed),
      logins: announcedLogins(url + PATH, users),
    }),
  };
}

function portsipApi(logins: PortsipLogins, now: () => number): Hono {
  const { users, sessions, authorize } = logins;
  const api = new Hono();
  api.get('/auth/user', (context) => {
    const token = authorize(context);
    return token instanceof Response ? token : context.json(userFields(token.details.user));
  });
  api.get('/users', (context) => {
    const token = authorize(context);
    if (token instanceof Response) return token;
    if (token.details.user.role !== 'Admin') {
      return refuse(context, 403, 'UNKNOWN', 'the role of this user does not allow it');
    }
    return context.json({ items: Object.values(users).map(userFields) });
  });
  for (const path of ['/auth/user', '/users']) refuseOtherMethods(api, path, 'GET');
  api.route('/auth', signIn(logins));
  api.route('/login', login(logins, now));
  api.post('/logout', (context) => {
    const token = authorize(context);
    if (token instanceof Response) return token;
    sessions.end(token);
    return context.body(null, 204);
  });
  refuseOtherMethods(api, '/logout', 'POST');
  api.all('/*', (context) => refuse(context, 404, 'UNKNOWN', 'there is no such path'));
  return api;
}

function userFields({ username, domain, role }: PortsipUser): object {
  return { name: username, domain, role };
}

function secretsOf(seed: Seed): { working: string; expired: string; limited: string } {
  return {
    working: seed.base64url('portsip'),
    expired: seed.base64url('portsip expired'),
    limited: seed.base64url('portsip limited'),
  };
}

function announcedTokens(baseUrl: string, seed: Seed): PracticeToken[] {
  const { working, expired, limited } = secretsOf(seed);
  const token = { provider: 'portsip', baseUrl, scheme: 'bearer' };
  return [
    { ...token, secret: working, note: 'Works for an hour: GET /auth/user answers 200.' },
    { ...token, secret: expired, note: 'Expired: every request answers 401.' },
    { ...token, secret: limited, note: 'Of a user with a lower role: GET /users answers 403.' },
  ];
}

function announcedLogins(baseUrl: string, users: PortsipUsers): PracticeLogin[] {
  const entry = ({ username, password, domain, code }: PortsipUser, note: string) => ({
    provider: 'portsip',
    baseUrl,
    username,
    password,
    domain,
    ...(code === undefined ? {} : { twoFactor: true, code }),
    note,
  });
  return [
    entry(users.admin, 'POST /auth/sign_in, /login or /login/oauth/token.'),
    entry(users.twoFactor, 'Asks for the code: /auth/sign_in, /auth/send_otp, /auth/verify_otp.'),
    entry(users.misspelling, 'Its answers spell refresh_tokne, as the documentation does in places.'),
    entry(users.standard, 'Its tokens have a lower role: GET /users answers 403.'),
  ];
}
