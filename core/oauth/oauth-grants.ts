import type { TokenEndpointResponse } from 'oauth4webapi';
import * as oauth4webapi from 'oauth4webapi';
import { AppError } from '../../shared/app-error.ts';
import { type Grant, inSeconds } from '../logins/grant.ts';
import { quoteWithout } from '../logins/quote.ts';
import type { SecretBundle } from '../logins/secret-bundle.ts';
import { authorizeByCode } from './authorization-code.ts';
import { authorizeByDevice } from './device-code.ts';
import { type OAuthClient, type OAuthContext, openOAuthClient } from './oauth-client.ts';
import { explained } from './oauth-error.ts';
import type { OAuthSteps } from './oauth-steps.ts';

/**
 * Gets an access token by the token's own grant, with the user where it needs one.
 *
 * @throws AppError `LOGIN_FAILED`, `ORIGIN_NOT_ALLOWED`, `NETWORK_…`, `CANCELLED`
 */
export function authorize(context: OAuthContext, bundle: SecretBundle, steps: OAuthSteps): Promise<Grant> {
  return withClient(context, bundle, 'No access token was got', (open) => {
    switch (context.oauth.grant) {
      case 'client-credentials':
        return byClientCredentials(open, context);
      case 'authorization-code':
        return authorizeByCode(open, context, steps);
      case 'device-code':
        return authorizeByDevice(open, context, steps);
    }
  });
}

/** A new access token without anybody at hand. @throws as `authorize` */
export function renewOAuthGrant(context: OAuthContext, bundle: SecretBundle): Promise<Grant> {
  return withClient(context, bundle, 'No access token was got', async (open) => {
    const refreshToken = bundle.refreshToken?.toString();
    if (refreshToken === undefined) return byClientCredentials(open, context);
    const { server, client, authentication, options } = open;
    const answer = await oauth4webapi.refreshTokenGrantRequest(
      server,
      client,
      authentication,
      refreshToken,
      options,
    );
    return oauth4webapi.processRefreshTokenResponse(server, client, answer);
  });
}

/** Tells the server that the tokens are of no use any more, where it can be told. */
export async function revokeOAuth(context: OAuthContext, bundle: SecretBundle): Promise<void> {
  const token = (bundle.refreshToken ?? bundle.accessToken)?.toString();
  if (token === undefined) return;
  try {
    const { server, client, authentication, options } = await openOAuthClient(context, bundle);
    if (server.revocation_endpoint === undefined) throw noRevocation();
    const answer = await oauth4webapi.revocationRequest(server, client, authentication, token, options);
    await oauth4webapi.processRevocationResponse(answer);
  } catch (error) {
    throw await explained(error, 'The tokens were not revoked', quoteWithout(secretsOf(bundle), context));
  }
}

function noRevocation(): AppError {
  return new AppError(
    'LOGIN_FAILED',
    'The authorization server names no endpoint for revoking: at the provider, the session goes on until it expires.',
  );
}

async function byClientCredentials(
  open: OAuthClient,
  { scopes }: OAuthContext,
): Promise<TokenEndpointResponse> {
  const { server, client, authentication, options } = open;
  const parameters: Record<string, string> = scopes.length === 0 ? {} : { scope: scopes.join(' ') };
  const answer = await oauth4webapi.clientCredentialsGrantRequest(
    server,
    client,
    authentication,
    parameters,
    options,
  );
  return oauth4webapi.processClientCredentialsResponse(server, client, answer);
}

async function withClient(
  context: OAuthContext,
  bundle: SecretBundle,
  what: string,
  get: (open: OAuthClient) => Promise<TokenEndpointResponse>,
): Promise<Grant> {
  try {
    const answer = await get(await openOAuthClient(context, bundle));
    const now = context.now();
    return {
      accessToken: answer.access_token,
      refreshToken: answer.refresh_token ?? null,
      expiresAt: inSeconds(answer.expires_in?.toString(), now),
      refreshExpiresAt: inSeconds(answer.refresh_expires_in?.toString(), now),
    };
  } catch (error) {
    throw await explained(error, what, quoteWithout(secretsOf(bundle), context));
  }
}

function secretsOf(bundle: SecretBundle): string[] {
  return Object.values(bundle).map((secret) => secret.toString());
}
