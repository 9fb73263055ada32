import { type Context, Hono } from 'hono';
import { jsonObject } from '../request-fields.ts';
import type { TokenBook } from '../token-book.ts';
import type { AirfocusToken, AuthorizeAirfocus, KeyDetails } from './airfocus-access.ts';
import { refuse } from './airfocus-answers.ts';
import { isScope } from './airfocus-scopes.ts';
import { USER_ID } from './airfocus-users.ts';

const LONGEST_NAME = 200;

/** The keys of the profile: list, create, delete. All of it wants the scope `profile`. */
export function apiKeys(book: TokenBook<KeyDetails>, authorize: AuthorizeAirfocus): Hono {
  const api = new Hono();
  api.get('/', (context) => {
    const token = authorize(context, 'profile');
    if (token instanceof Response) return token;
    const live = book.list().filter((each) => book.stateOf(each) === 'active');
    return context.json(live.reverse().map(keyFields));
  });
  api.post('/', async (context) => {
    const token = authorize(context, 'profile');
    if (token instanceof Response) return token;
    const wanted = await wantedKey(context);
    if (wanted instanceof Response) return wanted;
    const made = book.create({ ...wanted, details: { actsAs: 'person' } });
    return context.json({ apiKey: keyFields(made.token), secret: made.secret });
  });
  api.delete('/:id', (context) => {
    const token = authorize(context, 'profile');
    if (token instanceof Response) return token;
    const key = book.get(context.req.param('id'));
    if (key === null || book.stateOf(key) !== 'active') {
      return refuse(context, 400, 'unknown_resource', 'there is no such API key');
    }
    book.remove(key);
    return context.json({});
  });
  const refuseMethod = (context: Context) =>
    refuse(context, 405, 'method_not_allowed', 'this path does not answer that method');
  api.all('/', refuseMethod);
  api.all('/:id', refuseMethod);
  return api;
}

async function wantedKey(
  context: Context,
): Promise<{ readonly name: string; readonly scopes: readonly string[] } | Response> {
  const { name, scopes } = (await jsonObject(context.req)) ?? {};
  if (typeof name !== 'string' || name.trim() === '' || name.length > LONGEST_NAME) {
    return refuse(context, 400, 'invalid_request', 'a name is wanted', { field: 'name' });
  }
  if (!Array.isArray(scopes) || scopes.length === 0 || !scopes.every(isScope)) {
    return refuse(context, 400, 'invalid_request', 'a list of known scopes is wanted', { field: 'scopes' });
  }
  return { name, scopes };
}

function keyFields({ id, name, scopes, createdAt, lastUsedAt }: AirfocusToken): object {
  return {
    id,
    userId: USER_ID,
    name,
    scopes,
    createdAt: new Date(createdAt).toISOString(),
    ...(lastUsedAt === null ? {} : { lastUsedAt: new Date(lastUsedAt).toISOString() }),
  };
}
