import { type Context, Hono } from 'hono';
import type { PracticeClock } from './practice-clock.ts';
import { jsonObject } from './request-fields.ts';
import type { IssuedToken } from './token-book.ts';
import type { TokenDesk } from './token-desk.ts';

const LONGEST_LIFE_SECONDS = 366 * 86_400;

/** What the page does, for programs: the tokens of all providers, made, ended and changed without permission. */
export function tokenControls(desks: readonly TokenDesk[], clock: PracticeClock): Hono {
  const api = new Hono();
  const deskOf = (provider: string) => desks.find((desk) => desk.provider === provider);
  api.get('/', (context) =>
    context.json(desks.flatMap((desk) => desk.list().map((token) => tokenFields(desk, token)))),
  );
  api.post('/:provider', async (context) => {
    const desk = deskOf(context.req.param('provider'));
    if (desk === undefined) return notFound(context);
    const { name, scopes = [], seconds = null } = (await jsonObject(context.req)) ?? {};
    if (typeof name !== 'string' || name === '' || !isTexts(scopes) || !isLife(seconds)) {
      return context.json({ error: 'send {"name", "scopes"?: [], "seconds"?}' }, 400);
    }
    const expiresAt = seconds === null ? null : clock.now() + seconds * 1000;
    return context.json(desk.create({ name, scopes, expiresAt }), 201);
  });
  api.post('/:provider/:id/:action', (context) => {
    const { provider, id, action } = context.req.param();
    const desk = deskOf(provider);
    if (desk === undefined) return notFound(context);
    if (action === 'regenerate') {
      const made = desk.regenerate(id);
      return made === null ? notFound(context) : context.json(made);
    }
    const change = action === 'expire' ? desk.expire : action === 'revoke' ? desk.revoke : null;
    return change?.(id) === true ? context.body(null, 204) : notFound(context);
  });
  return api;
}

function tokenFields(desk: TokenDesk, token: IssuedToken): object {
  const date = (time: number | null) => (time === null ? null : new Date(time).toISOString());
  return {
    provider: desk.provider,
    id: token.id,
    name: token.name,
    ending: token.ending,
    scopes: token.scopes,
    state: desk.stateOf(token),
    expiresAt: date(token.expiresAt),
    lastUsedAt: date(token.lastUsedAt),
  };
}

function notFound(context: Context): Response {
  return context.json({ error: 'there is no such token, or no such action' }, 404);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isLife(value: unknown): value is number | null {
  if (value === null) return true;
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= LONGEST_LIFE_SECONDS;
}
