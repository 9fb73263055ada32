import type { Token } from '../../shared/tokens/token.ts';
import type { Introspection } from '../oauth/introspection.ts';
import type { OAuthContext } from '../oauth/oauth-client.ts';
import type { OAuthSteps } from '../oauth/oauth-steps.ts';
import { loginNeeded } from '../tokens/token-refusals.ts';
import type { Grant } from './grant.ts';
import type { LoginExchange } from './login-exchange.ts';
import { renewGrant } from './renew-grant.ts';
import type { SecretBundle } from './secret-bundle.ts';
import { endSession, type LoginContext } from './sign-in.ts';

/** How to reach the provider of a token, and when it is. */
export interface Reach extends LoginExchange {
  readonly now: () => Date;
}

/** A new access token without anybody at hand, by a login or by OAuth. @throws AppError as these */
export async function renewByScheme(token: Token, reach: Reach, bundle: SecretBundle): Promise<Grant> {
  if (token.oauth === null) return renewGrant(token, loginContext(token, reach), bundle);
  if (bundle.refreshToken === undefined && token.oauth.grant !== 'client-credentials') {
    throw loginNeeded(token);
  }
  const { renewOAuthGrant } = await loadOAuth();
  return renewOAuthGrant(oauthContext(token, reach), bundle);
}

export async function authorizeByOAuth(
  token: Token,
  reach: Reach,
  bundle: SecretBundle,
  steps: OAuthSteps,
): Promise<Grant> {
  const { authorize } = await loadOAuth();
  return authorize(oauthContext(token, reach), bundle, steps);
}

/** Tells the provider that the tokens are of no use any more. */
export async function endByScheme(token: Token, reach: Reach, bundle: SecretBundle): Promise<void> {
  if (bundle.accessToken === undefined) return;
  if (token.oauth !== null) {
    const { revokeOAuth } = await loadOAuth();
    return revokeOAuth(oauthContext(token, reach), bundle);
  }
  return endSession(loginContext(token, reach), {
    accessToken: bundle.accessToken.toString(),
    refreshToken: bundle.refreshToken?.toString() ?? '',
  });
}

/** What the authorization server says of the access token; `null` where it cannot be asked. */
export async function introspectByScheme(
  token: Token,
  reach: Reach,
  bundle: SecretBundle,
): Promise<Introspection | null> {
  // Without published metadata nobody says where to ask.
  if (token.oauth === null || token.oauth.issuer === null) return null;
  const { introspectOAuth } = await import('../oauth/introspection.ts');
  return introspectOAuth(oauthContext(token, reach), bundle);
}

export function loginContext(token: Token, reach: Reach): LoginContext {
  if (token.login === null) throw loginNeeded(token);
  return { ...reach, login: token.login };
}

function oauthContext(token: Token, reach: Reach): OAuthContext {
  if (token.oauth === null) throw loginNeeded(token);
  return { ...reach, oauth: token.oauth, scopes: token.scopes };
}

/** When first needed: most calls of the command know nothing of OAuth. */
function loadOAuth() {
  return import('../oauth/oauth-grants.ts');
}
