import { z } from 'zod';
import { isLoopbackHost } from '../apps/allowed-origin.ts';

export const OAUTH_GRANTS = ['client-credentials', 'authorization-code', 'device-code'] as const;
export type OAuthGrant = (typeof OAUTH_GRANTS)[number];

const CLIENT_AUTHENTICATIONS = ['basic', 'post', 'none'] as const;

/** Secrets go there: encrypted, or not beyond this computer. */
const endpointSchema = z
  .string()
  .trim()
  .max(2000, 'a URL has at most 2,000 characters')
  .refine((text) => URL.canParse(text), 'an endpoint is a whole URL, such as https://login.example.com/token')
  .refine(isSafe, 'an endpoint starts with https://; http:// is for this computer only')
  .nullable()
  .default(null);

function isSafe(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname));
}

const oauthFields = z.strictObject({
  grant: z.enum(OAUTH_GRANTS, `a grant is one of ${OAUTH_GRANTS.join(', ')}`),
  /** Whose published metadata names the endpoints that are not given here. */
  issuer: endpointSchema,
  authorizationEndpoint: endpointSchema,
  tokenEndpoint: endpointSchema,
  deviceEndpoint: endpointSchema,
  revocationEndpoint: endpointSchema,
  clientId: z
    .string()
    .trim()
    .min(1, 'a client ID is needed')
    .max(500, 'a client ID has at most 500 characters'),
  /** How the client shows who it is: the secret as Basic header or in the form, or without a secret. */
  clientAuthentication: z
    .enum(CLIENT_AUTHENTICATIONS, `a client authentication is one of ${CLIENT_AUTHENTICATIONS.join(', ')}`)
    .default('basic'),
});

/** How a token is obtained by OAuth 2.0. Its scopes are the token's own; the client secret is sealed. */
export const oauthSchema = oauthFields.superRefine((oauth, context) => {
  const issue = (path: string, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message });
  if (oauth.grant === 'client-credentials' && oauth.clientAuthentication === 'none') {
    issue('clientAuthentication', 'client credentials need a client secret, as basic or post');
  }
  if (oauth.issuer !== null) return;
  if (oauth.tokenEndpoint === null) issue('tokenEndpoint', 'an issuer or a token endpoint is needed');
  if (oauth.grant === 'authorization-code' && oauth.authorizationEndpoint === null) {
    issue('authorizationEndpoint', 'an issuer or an authorization endpoint is needed');
  }
  if (oauth.grant === 'device-code' && oauth.deviceEndpoint === null) {
    issue('deviceEndpoint', 'an issuer or a device authorization endpoint is needed');
  }
});
export type OAuth = z.output<typeof oauthSchema>;
export type OAuthInput = z.input<typeof oauthSchema>;
