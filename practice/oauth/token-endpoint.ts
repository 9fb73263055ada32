import { type Context, Hono } from 'hono';
import type { Fields } from '../request-fields.ts';
import type { AuthorizationCodes } from './authorization-codes.ts';
import type { DeviceCodes } from './device-codes.ts';
import {
  authenticate,
  type OAuthClient,
  type OAuthClients,
  oauthForm,
  wantedScopes,
} from './oauth-clients.ts';
import { oauthError } from './oauth-error.ts';
import { type OAuthGrants, SUBJECT, type TokenFields } from './oauth-grants.ts';

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

export interface TokenEndpoint {
  readonly clients: OAuthClients;
  readonly grants: OAuthGrants;
  readonly codes: AuthorizationCodes;
  readonly devices: DeviceCodes;
}

type Grant = (context: Context, client: OAuthClient, fields: Fields, endpoint: TokenEndpoint) => Response;

const GRANTS: Readonly<Record<string, Grant>> = {
  authorization_code: redeemCode,
  client_credentials: grantToClient,
  refresh_token: refresh,
  [DEVICE_GRANT]: pollDevice,
};
export const GRANT_TYPES = Object.keys(GRANTS);

/** The token endpoint (RFC 6749 3.2). */
export function tokenEndpoint(endpoint: TokenEndpoint): Hono {
  const api = new Hono();
  api.post('/token', async (context) => {
    const fields = await oauthForm(context);
    if (fields instanceof Response) return fields;
    const client = authenticate(context, endpoint.clients, fields);
    if (client instanceof Response) return client;
    if (fields.grant_type === undefined)
      return oauthError(context, 'invalid_request', 'grant_type is missing');
    const grant = Object.hasOwn(GRANTS, fields.grant_type) ? GRANTS[fields.grant_type] : undefined;
    if (grant === undefined) return oauthError(context, 'unsupported_grant_type', 'unknown grant_type');
    return grant(context, client, fields, endpoint);
  });
  return api;
}

function redeemCode(
  context: Context,
  client: OAuthClient,
  { code, redirect_uri, code_verifier }: Fields,
  { codes, grants }: TokenEndpoint,
): Response {
  if (code === undefined || redirect_uri === undefined || code_verifier === undefined) {
    return oauthError(context, 'invalid_request', 'code, redirect_uri and code_verifier are wanted');
  }
  const given = { client, redirectUri: redirect_uri, verifier: code_verifier };
  const issued = codes.redeem(code, given, (grant) => grants.revokeGrant(grant));
  if (issued === null) return oauthError(context, 'invalid_grant', 'the code is wrong, used or too old');
  const { scopes, grant } = issued;
  return answer(context, grants.issue({ client, scopes, subject: SUBJECT, grant }));
}

function grantToClient(
  context: Context,
  client: OAuthClient,
  { scope }: Fields,
  { grants }: TokenEndpoint,
): Response {
  if (!client.flows.includes('client_credentials')) {
    return oauthError(context, 'unauthorized_client', 'this client may not act for itself');
  }
  const scopes = wantedScopes(client, scope);
  if (scopes === null) return oauthError(context, 'invalid_scope', 'a scope is unknown');
  return answer(context, grants.issue({ client, scopes, subject: null }));
}

function refresh(
  context: Context,
  client: OAuthClient,
  { refresh_token, scope }: Fields,
  { grants }: TokenEndpoint,
): Response {
  if (refresh_token === undefined) return oauthError(context, 'invalid_request', 'refresh_token is missing');
  const fields = grants.refresh(client, refresh_token, (scopes) =>
    wantedScopes({ ...client, scopes }, scope),
  );
  if (fields === 'invalid_grant') {
    return oauthError(context, 'invalid_grant', 'the refresh token is wrong, used, revoked or expired');
  }
  if (fields === 'invalid_scope') return oauthError(context, 'invalid_scope', 'a scope was not granted');
  return answer(context, fields);
}

function pollDevice(
  context: Context,
  client: OAuthClient,
  { device_code }: Fields,
  { devices, grants }: TokenEndpoint,
): Response {
  if (device_code === undefined) return oauthError(context, 'invalid_request', 'device_code is missing');
  const poll = devices.poll(device_code, client);
  if ('error' in poll) return oauthError(context, poll.error, 'see RFC 8628, section 3.5');
  const { scopes, grant } = poll.login;
  return answer(context, grants.issue({ client, scopes, subject: SUBJECT, grant }));
}

function answer(context: Context, fields: TokenFields): Response {
  context.header('Cache-Control', 'no-store');
  return context.json(fields);
}
