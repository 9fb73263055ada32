import type { Context } from 'hono';
import { authorizationOf } from '../request-fields.ts';
import type { IssuedToken, TokenBook } from '../token-book.ts';
import { refuse } from './airfocus-answers.ts';
import { allows, type Scope } from './airfocus-scopes.ts';
import type { ActsAs } from './airfocus-users.ts';

export interface KeyDetails {
  readonly actsAs: ActsAs;
}
export type AirfocusToken = IssuedToken<KeyDetails>;

/** The token of a request, or the answer that refuses it. */
export type AuthorizeAirfocus = (context: Context, scope: Scope) => AirfocusToken | Response;

export function authorizeBy(book: TokenBook<KeyDetails>): AuthorizeAirfocus {
  return (context, scope) => {
    const secret = authorizationOf(context.req, 'Bearer');
    if (secret === null) return refuse(context, 401, 'missing_token', 'no token arrived');
    const token = book.use(secret);
    if (token === null) return refuse(context, 401, 'invalid_token', 'the token is not known');
    if (!allows(token.scopes, scope)) {
      return refuse(context, 403, 'forbidden', 'the token lacks a scope', { scope });
    }
    return token;
  };
}
