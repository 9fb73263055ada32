import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { page } from '../page/page.ts';
import type { AuthorizationCodes } from './authorization-codes.ts';
import type { Consents } from './consents.ts';
import {
  clientById,
  mayRedirect,
  type OAuthClient,
  type OAuthClients,
  wantedScopes,
} from './oauth-clients.ts';

/** RFC 6749 4.1.2.1. */
type AuthorizationError =
  | 'invalid_request'
  | 'unauthorized_client'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'access_denied';

/** The authorization endpoint: code with PKCE (S256) for everyone. It asks the user, then goes back to the app. */
export function authorize(clients: OAuthClients, consents: Consents, codes: AuthorizationCodes): Hono {
  const api = new Hono();
  api.get('/authorize', (context) => {
    const client = clientById(clients, context.req.query('client_id'));
    const redirectUri = context.req.query('redirect_uri') ?? '';
    // Where the client or its address is not known, nobody is sent there.
    if (client === null) return cannot(context, 'This client is not known here.');
    if (!mayRedirect(client, redirectUri)) return cannot(context, 'This client may not be sent back there.');
    const wanted = wantedFrom(context, client);
    if ('error' in wanted) return goBack(context, redirectUri, { ...wanted });
    const { challenge, scopes, state } = wanted;
    return consents.ask(context, {
      client,
      scopes,
      decide: (decided, allowed) => {
        const answer = allowed
          ? { code: codes.issue({ client, redirectUri, challenge, scopes }) }
          : { error: 'access_denied' };
        return goBack(decided, redirectUri, { ...answer, state });
      },
    });
  });
  return api;
}

function wantedFrom(
  context: Context,
  client: OAuthClient,
):
  | { challenge: string; scopes: readonly string[]; state: string | undefined }
  | { error: AuthorizationError; error_description: string; state: string | undefined } {
  const { response_type, code_challenge = '', code_challenge_method, scope, state } = context.req.query();
  const refuse = (error: AuthorizationError, error_description: string) => ({
    error,
    error_description,
    state,
  });
  if (response_type !== 'code') return refuse('unsupported_response_type', 'response_type is code');
  if (!client.flows.includes('authorization_code'))
    return refuse('unauthorized_client', 'not for this client');
  if (code_challenge_method !== 'S256' || !/^[A-Za-z0-9_-]{43}$/.test(code_challenge)) {
    return refuse('invalid_request', 'PKCE with S256 is wanted');
  }
  const scopes = wantedScopes(client, scope);
  if (scopes === null) return refuse('invalid_scope', 'a scope is unknown');
  return { challenge: code_challenge, scopes, state };
}

/** Back to the app, with the issuer that answers (RFC 9207). */
function goBack(
  context: Context,
  redirectUri: string,
  parameters: Readonly<Record<string, string | undefined>>,
): Response {
  const target = new URL(redirectUri);
  for (const [name, value] of Object.entries({ ...parameters, iss: issuerOf(context) })) {
    if (value !== undefined) target.searchParams.set(name, value);
  }
  return new Response(null, { status: 303, headers: { Location: target.href, 'Cache-Control': 'no-store' } });
}

/** By the name under which the request came: loopback has more than one. */
export function issuerOf(context: Context): string {
  return `${new URL(context.req.url).origin}/oauth`;
}

function cannot(context: Context, why: string) {
  return page(context, 'This cannot be connected', html`<p>${why}</p>`, 400);
}
