import type { Context } from 'hono';
import type { OAuthGrants } from '../oauth/oauth-grants.ts';
import { authorizationOf, basicCredentials } from '../request-fields.ts';
import type { IssuedToken, TokenBook } from '../token-book.ts';

/** `null` where the request is allowed, else the answer that refuses it. */
export type RefuseSipgate = (context: Context, scope: string | null) => Response | null;

/** By token ID and token, or by an access token of the authorization server. */
export function refuseBy(book: TokenBook<null>, grants: OAuthGrants): RefuseSipgate {
  return (context, scope) => {
    const bearer = authorizationOf(context.req, 'Bearer');
    const token = bearer === null ? personalToken(context, book) : grants.access(bearer);
    if (token === null) {
      return context.json({ error: 'token ID or token wrong' }, 401, {
        'WWW-Authenticate': 'Basic realm="sipgate"',
      });
    }
    const isAllowed = scope === null || token.scopes.includes(scope) || token.scopes.includes('all');
    return isAllowed ? null : context.json({ error: 'no permission', scope }, 403);
  };
}

/** The case of a token does not matter, as with every UUID. */
function personalToken(context: Context, book: TokenBook<null>): IssuedToken | null {
  const given = basicCredentials(context.req);
  if (given === null) return null;
  const secret = given.secret.toLowerCase();
  return book.find(secret)?.id === given.name ? book.use(secret) : null;
}
