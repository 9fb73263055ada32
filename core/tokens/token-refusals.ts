import { AppError } from '../../shared/app-error.ts';
import type { Token } from '../../shared/tokens/token.ts';
import { hasExpired } from '../../shared/tokens/token-state.ts';

/** The same at every door; says neither which app nor which of its tokens. */
export function tokenOfOtherApp(): AppError {
  return new AppError(
    'TOKEN_OF_OTHER_APP',
    'That token belongs to another app. A request can only use the tokens of its own app.',
  );
}

export function loginNeeded({ name }: Pick<Token, 'name'>): AppError {
  return new AppError(
    'LOGIN_NEEDED',
    `The token ${name} needs a sign-in. Choose Connect in its menu, or run \`tessera token login\`.`,
    { token: name },
  );
}

export function otherKind(): AppError {
  return new AppError(
    'INVALID_INPUT',
    'A token that is got by signing in cannot become one that is kept, nor the other way round. Make a new token.',
    { path: 'scheme' },
  );
}

export function notByHand({ name }: Token): AppError {
  return new AppError(
    'INVALID_INPUT',
    `The token ${name} is got by signing in: there is nothing to put in its place. Connect it again.`,
    { path: 'secret' },
  );
}

export function sameSecret(): AppError {
  return new AppError(
    'INVALID_INPUT',
    'This is the secret that the token has already. Nothing was changed.',
    {
      path: 'secret',
    },
  );
}

/** A mistyped year is likelier than a token that nobody can use. @throws AppError `INVALID_INPUT` */
export function checkNotExpired(expiresAt: string | null, now: Date): void {
  if (expiresAt === null || !hasExpired(expiresAt, now)) return;
  throw new AppError(
    'INVALID_INPUT',
    `The expiry ${expiresAt} is in the past: this token would not work. Check the date, or get a new token.`,
    { path: 'expiresAt' },
  );
}

/** @throws AppError `INVALID_INPUT` */
export function checkAfterCreation(expiresAt: string | null, createdAt: string): void {
  if (expiresAt === null || Date.parse(expiresAt) > Date.parse(createdAt)) return;
  throw new AppError(
    'INVALID_INPUT',
    `Token: the expiry ${expiresAt} is before the token was created (${createdAt}). Check the date.`,
    { path: 'expiresAt' },
  );
}
