import * as oauth4webapi from 'oauth4webapi';
import { AppError } from '../../shared/app-error.ts';
import { isLoopbackHost } from '../../shared/apps/allowed-origin.ts';
import { LoopbackRedirect } from './loopback-redirect.ts';
import type { OAuthClient, OAuthContext } from './oauth-client.ts';
import type { OAuthSteps } from './oauth-steps.ts';

/**
 * Authorization code with PKCE (RFC 7636) in the system's browser, which comes back to a port of this computer
 * (RFC 8252).
 *
 * @throws AppError `CANCELLED`; `LOGIN_FAILED` where nobody signs in for five minutes
 */
export async function authorizeByCode(
  { server, client, authentication, options }: OAuthClient,
  context: OAuthContext,
  steps: OAuthSteps,
): Promise<oauth4webapi.TokenEndpointResponse> {
  await using redirect = await LoopbackRedirect.listen();
  const verifier = oauth4webapi.generateRandomCodeVerifier();
  const state = oauth4webapi.generateRandomState();
  const page = authorizationPage(server.authorization_endpoint);
  for (const [name, value] of Object.entries({
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: redirect.uri,
    state,
    code_challenge: await oauth4webapi.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(context.scopes.length === 0 ? {} : { scope: context.scopes.join(' ') }),
  })) {
    page.searchParams.set(name, value);
  }
  const answered = redirect.answer(state, context.signal);
  // Whichever is first: the page may be refused, or left waiting.
  const cameBack = await Promise.race([answered, steps.openPage(page).then(() => answered)]);
  // Without an issuer that was given there is nothing to compare its name with.
  if (context.oauth.issuer === null) cameBack.delete('iss');
  const parameters = oauth4webapi.validateAuthResponse(server, client, cameBack, state);
  const answer = await oauth4webapi.authorizationCodeGrantRequest(
    server,
    client,
    authentication,
    parameters,
    redirect.uri,
    verifier,
    options,
  );
  return oauth4webapi.processAuthorizationCodeResponse(server, client, answer);
}

function authorizationPage(endpoint: string | undefined): URL {
  if (endpoint === undefined || !URL.canParse(endpoint)) {
    throw new AppError(
      'LOGIN_FAILED',
      'The authorization server names no page to sign in on. Give its authorization endpoint.',
    );
  }
  const page = new URL(endpoint);
  if (page.protocol === 'https:' || (page.protocol === 'http:' && isLoopbackHost(page.hostname))) return page;
  throw new AppError(
    'LOGIN_FAILED',
    `The page to sign in on is not encrypted: ${page.origin}. It was not opened.`,
    {
      origin: page.origin,
    },
  );
}
