import * as oauth4webapi from 'oauth4webapi';
import { instantOfSeconds, scopesOf } from '../../shared/tokens/jwt.ts';
import { quoteWithout } from '../logins/quote.ts';
import type { SecretBundle } from '../logins/secret-bundle.ts';
import { type OAuthContext, openOAuthClient } from './oauth-client.ts';
import { explained } from './oauth-error.ts';

/** What an authorization server says of an access token (RFC 7662); what it does not say is `null`. */
export interface Introspection {
  /** Of one that is not, it says no more. */
  readonly isActive: boolean;
  /** `username`, else `sub`. */
  readonly identity: string | null;
  /** RFC 3339 in UTC. */
  readonly expiresAt: string | null;
  readonly scopes: readonly string[] | null;
}

/**
 * Asks the authorization server about the access token. A public client shows who it is by its ID alone, which
 * RFC 7662 leaves to the server to take.
 *
 * @returns `null` where it offers no introspection, or offers it to clients with a secret only
 * @throws AppError `LOGIN_FAILED`, `ORIGIN_NOT_ALLOWED`, `NETWORK_…`, `CANCELLED`
 */
export async function introspectOAuth(
  context: OAuthContext,
  bundle: SecretBundle,
): Promise<Introspection | null> {
  const token = bundle.accessToken?.toString();
  if (token === undefined) return null;
  try {
    const { server, client, authentication, options } = await openOAuthClient(context, bundle);
    if (server.introspection_endpoint === undefined) return null;
    const answer = await oauth4webapi.introspectionRequest(server, client, authentication, token, options);
    const said = await oauth4webapi.processIntrospectionResponse(server, client, answer);
    return {
      isActive: said.active,
      identity: said.username ?? said.sub ?? null,
      expiresAt: instantOfSeconds(said.exp),
      scopes: said.scope === undefined ? null : scopesOf(said.scope),
    };
  } catch (error) {
    if (context.oauth.clientAuthentication === 'none' && isRefusal(error)) return null;
    const secrets = Object.values(bundle).map((secret) => secret.toString());
    throw await explained(
      error,
      'The authorization server could not be asked about it',
      quoteWithout(secrets, context),
    );
  }
}

/** The server's no to whoever asks, whatever it says of the token. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof oauth4webapi.ResponseBodyError ||
    error instanceof oauth4webapi.WWWAuthenticateChallengeError
  );
}
