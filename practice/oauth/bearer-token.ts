import type { Context } from 'hono';
import { authorizationOf } from '../request-fields.ts';
import type { OAuthGrants, OAuthToken } from './oauth-grants.ts';

/** The access token of a request to a protected resource, or the answer that refuses it (RFC 6750 3). */
export function bearerToken(context: Context, grants: OAuthGrants, scope?: string): OAuthToken | Response {
  if (context.req.query('access_token') !== undefined) {
    return refuse(context, 400, 'invalid_request', 'a token in a URL is not taken');
  }
  const secret = authorizationOf(context.req, 'Bearer');
  if (secret === null) {
    // Who brings no credentials learns the scheme, and no error.
    context.header('WWW-Authenticate', 'Bearer realm="practice"');
    return context.json({ error: 'no access token' }, 401);
  }
  const token = grants.access(secret);
  if (token === null) {
    return refuse(context, 401, 'invalid_token', 'the access token is wrong, revoked or expired');
  }
  if (scope !== undefined && !token.scopes.includes(scope)) {
    return refuse(context, 403, 'insufficient_scope', 'the access token lacks a scope', scope);
  }
  return token;
}

function refuse(
  context: Context,
  status: 400 | 401 | 403,
  error: 'invalid_request' | 'invalid_token' | 'insufficient_scope',
  description: string,
  scope?: string,
): Response {
  const named = scope === undefined ? '' : `, scope="${scope}"`;
  context.header(
    'WWW-Authenticate',
    `Bearer realm="practice", error="${error}", error_description="${description}"${named}`,
  );
  return context.json({ error, error_description: description }, status);
}
