import { type Context, Hono } from 'hono';
import type { PracticeProvider, PracticeWorld } from '../practice-provider.ts';
import { jsonObject } from '../request-fields.ts';
import { sameText } from '../same-text.ts';
import { tokenDesk } from '../token-desk.ts';
import { AcmeSessions } from './acme-sessions.ts';

const PATH = '/acme';
/** The header that its keys go into. */
export const KEY_HEADER = 'X-Acme-Key';
const USERNAME = 'practice';

/**
 * A provider that no list knows, with a login of its own shape: fields inside of fields, a header of its own, an
 * end as a time, and a renewal that stays the same. For trying what is set up by hand.
 */
export function openAcme(world: PracticeWorld): PracticeProvider {
  const sessions = new AcmeSessions(world);
  const password = world.seed.base64url('acme password').slice(0, 16);
  const secret = world.seed.base64url('acme');
  sessions.key({ name: 'main', secret });
  return {
    path: PATH,
    api: acmeApi(sessions, password),
    desk: tokenDesk({
      provider: 'acme',
      book: sessions.book,
      create: ({ name, expiresAt }) => sessions.key({ name, expiresAt }),
    }),
    announce: (url) => {
      const place = { provider: 'acme', baseUrl: url + PATH };
      const token = { ...place, scheme: 'header', field: KEY_HEADER, secret };
      return {
        tokens: [{ ...token, note: 'Works for a quarter of an hour: GET /me answers 200.' }],
        logins: [
          { ...place, username: USERNAME, password, note: 'A login of its own shape: POST /sessions.' },
        ],
      };
    },
  };
}

function acmeApi(sessions: AcmeSessions, password: string): Hono {
  const api = new Hono();
  const keyOf = (context: Context) => sessions.working(context.req.header(KEY_HEADER) ?? '');
  api.post('/sessions', async (context) => {
    const user = objectOf((await jsonObject(context.req))?.user);
    if (user.name !== USERNAME || typeof user.secret !== 'string' || !sameText(user.secret, password)) {
      return context.json({ problem: 'user or secret wrong' }, 422);
    }
    return context.json({ session: sessions.open(USERNAME) }, 201);
  });
  api.post('/sessions/renew', async (context) => {
    const renewal = (await jsonObject(context.req))?.renewal;
    const session = typeof renewal === 'string' ? sessions.renew(renewal) : null;
    return session === null
      ? context.json({ problem: 'the renewal is not valid' }, 422)
      : context.json({ session });
  });
  api.delete('/sessions', (context) => {
    const key = keyOf(context);
    if (key === null) return unknownKey(context);
    sessions.end(key);
    return context.body(null, 204);
  });
  api.get('/me', (context) =>
    keyOf(context) === null ? unknownKey(context) : context.json({ name: USERNAME }),
  );
  return api;
}

function unknownKey(context: Context): Response {
  return context.json({ problem: 'the key is not known' }, 401);
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
