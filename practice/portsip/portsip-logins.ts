import { type Context, Hono } from 'hono';
import { type Fields, formFields, jsonFields } from '../request-fields.ts';
import { missing, refuse, refuseOtherMethods } from './portsip-answers.ts';
import {
  ACCESS_SECONDS,
  type AccessToken,
  type PortsipSessions,
  type SessionFields,
  SHORT_ACCESS_SECONDS,
} from './portsip-sessions.ts';
import { findUser, type PortsipUser, type PortsipUsers } from './portsip-users.ts';
import type { TwoFactor } from './two-factor.ts';

export interface PortsipLogins {
  readonly users: PortsipUsers;
  readonly sessions: PortsipSessions;
  readonly twoFactor: TwoFactor;
  /** The access token of a request; where it has none that works, the answer that says so. */
  readonly authorize: (context: Context) => AccessToken | Response;
}

/** The family of 22.2 and later: JSON, with a second step where the user has one, and a refresh. */
export function signIn({ users, sessions, twoFactor, authorize }: PortsipLogins): Hono {
  const api = new Hono();
  api.post('/sign_in', async (context) => {
    const user = await userOf(context, users);
    if (user instanceof Response) return user;
    if (user.code === undefined) return context.json(sessions.open(user, ACCESS_SECONDS));
    return context.json({ two_factor_enabled: true, token: twoFactor.begin(user) });
  });
  api.post('/send_otp', async (context) => {
    const { token } = (await jsonFields(context.req)) ?? {};
    if (token === undefined) return missing(context, 'token');
    return twoFactor.send(token)
      ? context.json({})
      : unauthorized(context, 'this login is not waiting for a code');
  });
  api.post('/verify_otp', async (context) => {
    const { token, code } = (await jsonFields(context.req)) ?? {};
    if (token === undefined || code === undefined) {
      return missing(context, token === undefined ? 'token' : 'code');
    }
    const user = twoFactor.verify(token, code);
    if (user === null) return unauthorized(context, 'the code is wrong or its time is over');
    return context.json(sessions.open(user, ACCESS_SECONDS));
  });
  api.post('/refresh_token', async (context) => {
    const fields = (await jsonFields(context.req)) ?? {};
    const refreshToken = refreshTokenOf(fields);
    if (refreshToken === undefined) return missing(context, 'refresh_token');
    const session = sessions.refresh(refreshToken, ACCESS_SECONDS);
    return session === null
      ? unauthorized(context, 'the refresh token is wrong or its time is over')
      : context.json(session);
  });
  api.post('/sign_out', (context) => {
    const token = authorize(context);
    if (token instanceof Response) return token;
    sessions.end(token);
    return context.json({});
  });
  for (const path of ['/sign_in', '/send_otp', '/verify_otp', '/refresh_token', '/sign_out']) {
    refuseOtherMethods(api, path, 'POST');
  }
  return api;
}

/** The family of 22.0 to 22.2, and the oldest one below `/oauth`. */
export function login({ users, sessions, twoFactor, authorize }: PortsipLogins, now: () => number): Hono {
  const api = new Hono();
  api.get('/', (context) => {
    const token = authorize(context);
    if (token instanceof Response) return token;
    const endsAt = token.expiresAt ?? now();
    return context.json({
      access_token: context.req.header('authorization')?.replace(/^bearer +/i, ''),
      expires_at: new Date(endsAt).toISOString(),
      expires_in: Math.floor((endsAt - now()) / 1000),
      role: token.details.user.role,
    });
  });
  api.post('/', async (context) => {
    const user = await userOf(context, users);
    if (user instanceof Response) return user;
    if (user.code !== undefined) {
      return context.json({ two_factor_enabled: true, token: twoFactor.begin(user) });
    }
    const { access_token, expires_in } = sessions.open(user, SHORT_ACCESS_SECONDS);
    const expires_at = new Date(now() + expires_in * 1000).toISOString();
    return context.json({ access_token, expires_at, expires_in, role: user.role });
  });
  refuseOtherMethods(api, '/', 'GET, POST');
  api.post('/oauth/token', async (context) =>
    answerGrant(context, await formFields(context.req), users, sessions),
  );
  api.post('/oauth/revoke', (context) => {
    const token = authorize(context);
    if (token instanceof Response) return token;
    sessions.end(token);
    return context.json({});
  });
  for (const path of ['/oauth/token', '/oauth/revoke']) refuseOtherMethods(api, path, 'POST');
  return api;
}

function answerGrant(
  context: Context,
  fields: Fields,
  users: PortsipUsers,
  sessions: PortsipSessions,
): Response {
  if (!fields.client_id) return missing(context, 'client_id');
  let session: SessionFields | null = null;
  if (fields.grant_type === 'password') {
    const { username, password, domain } = fields;
    if (username === undefined || password === undefined) {
      return missing(context, username === undefined ? 'username' : 'password');
    }
    const user = findUser(users, { username, password, domain });
    if (user === null || user.code !== undefined) {
      return refuse(context, 400, 'UNAUTHORIZED', 'user name or password wrong');
    }
    session = sessions.open(user, SHORT_ACCESS_SECONDS);
  } else if (fields.grant_type === 'refresh_token') {
    session = sessions.refresh(refreshTokenOf(fields) ?? '', SHORT_ACCESS_SECONDS);
    if (session === null) return refuse(context, 400, 'UNKNOWN', 'the refresh token is not valid');
  } else {
    return refuse(context, 400, 'VALIDATE_FAILED', 'grant_type is password or refresh_token', 'grant_type');
  }
  return context.json(session);
}

/** The user of a JSON login, or the answer that refuses it. */
async function userOf(context: Context, users: PortsipUsers): Promise<PortsipUser | Response> {
  const fields = await jsonFields(context.req);
  if (fields === null) return refuse(context, 400, 'VALIDATE_FAILED', 'the body is not a JSON object');
  const { username, password, domain } = fields;
  if (!username || !password) return missing(context, username ? 'password' : 'username');
  return (
    findUser(users, { username, password, domain }) ?? unauthorized(context, 'user name or password wrong')
  );
}

function unauthorized(context: Context, message: string): Response {
  return refuse(context, 401, 'UNAUTHORIZED', message);
}

/** The documentation misspells it in places. */
function refreshTokenOf(fields: Fields): string | undefined {
  return fields.refresh_token ?? fields.refresh_tokne;
}
