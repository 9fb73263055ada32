import type { Context } from 'hono';

/** RFC 6749 5.2 and RFC 8628 3.5. */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_token_type'
  | 'invalid_scope'
  | 'authorization_pending'
  | 'slow_down'
  | 'access_denied'
  | 'expired_token';

/** How the token endpoint and its neighbours say no. */
export function oauthError(context: Context, error: OAuthErrorCode, description: string): Response {
  context.header('Cache-Control', 'no-store');
  if (error === 'invalid_client') context.header('WWW-Authenticate', 'Basic realm="practice"');
  return context.json({ error, error_description: description }, error === 'invalid_client' ? 401 : 400);
}
