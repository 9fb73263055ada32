import { AppError } from '../../shared/app-error.ts';
import { isObtained, type Token } from '../../shared/tokens/token.ts';
import { hasExpired } from '../../shared/tokens/token-state.ts';
import { loginNeeded } from '../tokens/token-refusals.ts';
import type { Exchange } from './follow-redirects.ts';

export interface RefreshContext {
  /** Gets a newer access token than this one has, and keeps it. @see Logins.renew */
  readonly renewToken: (token: Token) => Promise<Token>;
  readonly now: () => Date;
  readonly sendExpired: boolean;
}

/**
 * Makes sure, before anything is sent, that a token which Tessera obtains has an access token that will do:
 * gets one where there is none, or where its end is near.
 *
 * @throws AppError `LOGIN_NEEDED`, and as `renewToken`
 */
export async function refreshToken(
  token: Token,
  { renewToken, now, sendExpired }: RefreshContext,
): Promise<Token> {
  if (!isObtained(token)) return token;
  const isOver = token.connectedAt === null || (!sendExpired && hasExpired(token.expiresAt, now()));
  if (!isOver) return token;
  if (!token.isRenewable) throw loginNeeded(token);
  return renewToken(token);
}

/**
 * After a 401: the token with another access token, to be sent once more.
 *
 * @returns `null` where there is nothing to renew it with; an error says why it could not be renewed
 */
export async function refreshRefused(
  token: Token | null,
  { head, hops }: Pick<Exchange, 'head' | 'hops'>,
  { renewToken }: Pick<RefreshContext, 'renewToken'>,
): Promise<Token | AppError | null> {
  if (head.status !== 401 || hops.at(-1)?.credential !== 'sent') return null;
  if (token === null || !isObtained(token) || !token.isRenewable) return null;
  try {
    return await renewToken(token);
  } catch (error) {
    if (error instanceof AppError && error.code !== 'CANCELLED' && error.code !== 'VAULT_LOCKED')
      return error;
    throw error;
  }
}
