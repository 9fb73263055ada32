import { SCOPES } from './oauth-clients.ts';
import { GRANT_TYPES } from './token-endpoint.ts';

/** Where clients look for the metadata of an issuer with a path (RFC 8414 3.1). */
export const METADATA_PATH = '/.well-known/oauth-authorization-server/oauth';

export function oauthMetadata(issuer: string): object {
  const clientMethods = ['client_secret_basic', 'client_secret_post'];
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    device_authorization_endpoint: `${issuer}/device_authorization`,
    revocation_endpoint: `${issuer}/revoke`,
    introspection_endpoint: `${issuer}/introspect`,
    userinfo_endpoint: `${issuer}/userinfo`,
    scopes_supported: SCOPES,
    response_types_supported: ['code'],
    grant_types_supported: GRANT_TYPES,
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: [...clientMethods, 'none'],
    revocation_endpoint_auth_methods_supported: [...clientMethods, 'none'],
    introspection_endpoint_auth_methods_supported: clientMethods,
    authorization_response_iss_parameter_supported: true,
  };
}
