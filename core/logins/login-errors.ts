import { AppError } from '../../shared/app-error.ts';
import type { Token } from '../../shared/tokens/token.ts';

/** What went wrong, said of the token; what its owner has to decide on is said as it is. @throws what nobody foresaw */
export function renewalError(token: Token, error: unknown): AppError {
  if (!(error instanceof AppError)) throw error;
  const isOwn =
    error.code === 'LOGIN_FAILED' || error.code.startsWith('NETWORK_') || error.code === 'BODY_TOO_LARGE';
  if (!isOwn) return error;
  return new AppError(
    'REFRESH_FAILED',
    `The access token of ${token.name} could not be renewed. ${error.message} The old values were kept. Try again, or sign in anew: Connect in the token's menu, or \`tessera token login\`.`,
    { ...error.details, token: token.name, reason: error.code },
    { cause: error },
  );
}

/** What is got cannot be written down: another process would go on with the old values. */
export function renewedElsewhere({ name }: Token): AppError {
  return new AppError(
    'VAULT_READ_ONLY',
    `The access token of ${name} has to be renewed, and another Tessera has the vault open for writing. Send a request with this token there, which renews it for both, or close that Tessera and try again.`,
    { token: name },
  );
}

export function passwordNeeded({ name }: Token): AppError {
  return new AppError('LOGIN_NEEDED', `The password for ${name} is not kept. Give it to sign in.`, {
    token: name,
    needs: 'password',
  });
}

/** For OAuth, where nobody is there to do what only a person can. */
export function personNeeded({ name }: Token): AppError {
  return new AppError('LOGIN_NEEDED', `Somebody has to sign in for ${name}, on a page of the provider.`, {
    token: name,
  });
}

export function twoFactorNeeded({ name }: Token): AppError {
  return new AppError(
    'TWO_FACTOR_NEEDED',
    `${name}: the provider asks for a code. Give the one that it has sent you, or that your app shows.`,
    { token: name },
  );
}

/** Of a token that is kept as it is: it has no bundle to change. */
export function notObtained({ name, scheme }: Token): AppError {
  return new AppError(
    'INVALID_INPUT',
    `The token ${name} is kept as it is (scheme ${scheme}): there is nothing to sign in for.`,
    { path: 'name', scheme },
  );
}
