import { Hono } from 'hono';
import { issuerOf } from './authorize.ts';
import { bearerToken } from './bearer-token.ts';
import { authenticate, type OAuthClients, oauthForm } from './oauth-clients.ts';
import { oauthError } from './oauth-error.ts';
import type { OAuthGrants, OAuthToken } from './oauth-grants.ts';

/** What is asked about a token that exists: revocation, introspection, whose it is, and whether it opens a door. */
export function tokenStatus(clients: OAuthClients, grants: OAuthGrants): Hono {
  const api = new Hono();
  api.post('/revoke', async (context) => {
    const fields = await oauthForm(context);
    if (fields instanceof Response) return fields;
    const client = authenticate(context, clients, fields);
    if (client instanceof Response) return client;
    if (fields.token === undefined) return oauthError(context, 'invalid_request', 'token is missing');
    grants.revoke(client, fields.token);
    return context.body(null, 200);
  });
  api.post('/introspect', async (context) => {
    const fields = await oauthForm(context);
    if (fields instanceof Response) return fields;
    const client = authenticate(context, clients, fields);
    if (client instanceof Response) return client;
    if (client.secret === undefined)
      return oauthError(context, 'invalid_client', 'for clients with a secret');
    if (fields.token === undefined) return oauthError(context, 'invalid_request', 'token is missing');
    const token = grants.book.find(fields.token);
    const isActive = token !== null && grants.book.stateOf(token) === 'active';
    // Of a token that does not work, no more is said (RFC 7662 2.2).
    return context.json(isActive ? introspection(token, issuerOf(context)) : { active: false });
  });
  api.get('/userinfo', (context) => {
    const token = bearerToken(context, grants, 'profile:read');
    if (token instanceof Response) return token;
    const { subject, clientId } = token.details;
    return context.json({ sub: subject ?? clientId, name: subject === null ? clientId : 'Practice User' });
  });
  api.get('/resource', (context) => {
    const token = bearerToken(context, grants, 'account:read');
    if (token instanceof Response) return token;
    const { clientId, subject } = token.details;
    return context.json({ client_id: clientId, sub: subject ?? clientId, scope: token.scopes.join(' ') });
  });
  return api;
}

function introspection({ scopes, details, expiresAt, createdAt }: OAuthToken, issuer: string): object {
  return {
    active: true,
    scope: scopes.join(' '),
    client_id: details.clientId,
    ...(details.kind === 'access' ? { token_type: 'Bearer' } : {}),
    ...(expiresAt === null ? {} : { exp: Math.floor(expiresAt / 1000) }),
    iat: Math.floor(createdAt / 1000),
    sub: details.subject ?? details.clientId,
    iss: issuer,
  };
}
