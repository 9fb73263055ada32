import { AppError } from '../../shared/app-error.ts';
import type { Token } from '../../shared/tokens/token.ts';
import { hasExpired } from '../../shared/tokens/token-state.ts';
import { instantText } from '../tokens/instant-text.ts';

/** Nothing was done yet, and what else can be. */
export interface Refusal {
  readonly consequence: string;
  readonly anyway: string;
}

export const NOT_SENT: Refusal = { consequence: 'Nothing was sent', anyway: 'send anyway' };

/**
 * Stops before a request is sent in vain. `sendExpired` is the user's "send anyway".
 *
 * @throws AppError `TOKEN_EXPIRED`
 */
export function checkExpiry(
  token: Token,
  now: Date,
  sendExpired: boolean,
  { consequence, anyway } = NOT_SENT,
): void {
  if (sendExpired || token.expiresAt === null || !hasExpired(token.expiresAt, now)) return;
  const over = Date.parse(token.expiresAt) <= now.getTime();
  const state = over
    ? `expired at ${instantText(token.expiresAt)}`
    : `expires in less than a minute, at ${instantText(token.expiresAt)}`;
  throw new AppError(
    'TOKEN_EXPIRED',
    `The token ${token.name} ${state}. ${consequence}. Renew it at the provider and keep the new one, or ${anyway}.`,
    { token: token.name, expiresAt: token.expiresAt },
  );
}
