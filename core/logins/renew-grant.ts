import { AppError } from '../../shared/app-error.ts';
import type { Token } from '../../shared/tokens/token.ts';
import { hasExpired } from '../../shared/tokens/token-state.ts';
import { loginNeeded } from '../tokens/token-refusals.ts';
import type { Grant } from './grant.ts';
import type { SecretBundle } from './secret-bundle.ts';
import { type LoginContext, refreshGrant, signIn } from './sign-in.ts';

/**
 * A new access token without anybody at hand: by the refresh token; where there is none, or the provider does
 * not take it any more, by the password that is kept.
 *
 * @throws AppError `LOGIN_NEEDED`, `LOGIN_FAILED`, `NETWORK_…`
 */
export async function renewGrant(token: Token, context: LoginContext, bundle: SecretBundle): Promise<Grant> {
  const { login, now } = context;
  const request = login.description.refresh;
  const { refreshToken, password } = bundle;
  if (request === null || refreshToken === undefined || hasExpired(token.refreshExpiresAt, now())) {
    return signInAgain(token, context, password);
  }
  try {
    return await refreshGrant(context, request, {
      refreshToken: refreshToken.toString(),
      accessToken: bundle.accessToken?.toString() ?? '',
    });
  } catch (error) {
    const isVerdict = error instanceof AppError && error.details?.isFinal === true;
    if (!isVerdict || password === undefined) throw error;
    return signInAgain(token, context, password);
  }
}

async function signInAgain(
  token: Token,
  context: LoginContext,
  password: Buffer | undefined,
): Promise<Grant> {
  if (password === undefined) throw loginNeeded(token);
  const result = await signIn(context, password.toString());
  if (result.kind === 'grant') return result.grant;
  throw new AppError(
    'LOGIN_NEEDED',
    `The token ${token.name} needs a sign-in: the provider asks for a code. Choose Connect in its menu, or run \`tessera token login\`.`,
    { token: token.name, isFinal: true },
  );
}
