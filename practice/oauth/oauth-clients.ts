import type { Context } from 'hono';
import type { PRACTICE_OAUTH_FLOWS } from '../../shared/practice/practice.ts';
import { authorizationOf, basicCredentials, type Fields, isForm } from '../request-fields.ts';
import { sameText } from '../same-text.ts';
import type { Seed } from '../seed.ts';
import { oauthError } from './oauth-error.ts';

export const SCOPES = [
  'account:read',
  'users:read',
  'history:read',
  'sessions:sms:write',
  'profile:read',
] as const;

/** Any port is taken (RFC 8252 7.3), the rest has to be the same. */
const REDIRECT_URIS = ['127.0.0.1', '[::1]', 'localhost'].flatMap((host) => [
  `http://${host}/callback`,
  `http://${host}/`,
]);

export interface OAuthClient {
  readonly id: string;
  readonly name: string;
  /** A client without one is public. */
  readonly secret?: string;
  readonly flows: readonly (typeof PRACTICE_OAUTH_FLOWS)[number][];
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[];
}

export interface OAuthClients {
  readonly desktop: OAuthClient;
  readonly service: OAuthClient;
}

export function oauthClients(seed: Seed): OAuthClients {
  return {
    desktop: {
      id: 'practice-desktop',
      name: 'Practice desktop app',
      flows: ['authorization_code', 'device_code'],
      redirectUris: REDIRECT_URIS,
      scopes: SCOPES,
    },
    service: {
      id: 'practice-service',
      name: 'Practice service',
      secret: seed.base64url('oauth client'),
      flows: ['authorization_code', 'client_credentials', 'device_code'],
      redirectUris: REDIRECT_URIS,
      scopes: SCOPES,
    },
  };
}

export function clientById(clients: OAuthClients, id: string | undefined): OAuthClient | null {
  return Object.values(clients).find((client: OAuthClient) => client.id === id) ?? null;
}

/** Whether the client may be sent back to this address. */
export function mayRedirect({ redirectUris }: OAuthClient, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const given = new URL(address);
  given.port = '';
  return redirectUris.includes(given.href);
}

/** The scopes asked for, or all of the client's where none are. `null` where one is not the client's. */
export function wantedScopes({ scopes }: OAuthClient, asked: string | undefined): readonly string[] | null {
  const wanted = (asked ?? '').split(' ').filter((scope) => scope !== '');
  if (wanted.length === 0) return scopes;
  return wanted.every((scope) => scopes.includes(scope)) ? [...new Set(wanted)] : null;
}

/** The fields of a form in which no name comes twice (RFC 6749 3.2), or the answer that refuses it. */
export async function oauthForm(context: Context): Promise<Fields | Response> {
  if (!isForm(context.req)) return oauthError(context, 'invalid_request', 'the body is not a form');
  const parameters = new URLSearchParams(await context.req.text());
  const names = [...parameters.keys()];
  if (new Set(names).size < names.length) {
    return oauthError(context, 'invalid_request', 'a parameter comes twice');
  }
  return Object.fromEntries(parameters);
}

/** The client that a form comes from, by Basic, by form, or by its ID alone where it is public. */
export function authenticate(
  context: Context,
  clients: OAuthClients,
  fields: Fields,
): OAuthClient | Response {
  const usesBasic = authorizationOf(context.req, 'Basic') !== null;
  if (usesBasic && fields.client_secret !== undefined) {
    return oauthError(context, 'invalid_request', 'more than one way to authenticate the client');
  }
  const given = usesBasic ? basicClient(context) : { id: fields.client_id, secret: fields.client_secret };
  const client = clientById(clients, given?.id);
  if (client === null) return oauthError(context, 'invalid_client', 'unknown client');
  const isRight = client.secret === undefined || sameText(given?.secret ?? '', client.secret);
  return isRight ? client : oauthError(context, 'invalid_client', 'client secret wrong or missing');
}

/** RFC 6749 2.3.1: both parts are encoded as in a form before they are joined. */
function basicClient(context: Context): { id: string; secret: string } | null {
  const given = basicCredentials(context.req);
  if (given === null) return null;
  const decode = (text: string) => new URLSearchParams(`v=${text}`).get('v') ?? '';
  return { id: decode(given.name), secret: decode(given.secret) };
}
