import { AppError } from '../../shared/app-error.ts';
import type { Token } from '../../shared/tokens/token.ts';
import { hasExpired } from '../../shared/tokens/token-state.ts';

/**
 * Stops before a request is sent in vain. `sendExpired` is the user's "send anyway".
 *
 * @throws AppError `TOKEN_EXPIRED`
 */
export function checkExpiry(token: Token, now: Date, sendExpired: boolean): void {
  if (sendExpired || token.expiresAt === null || !hasExpired(token.expiresAt, now)) return;
  const over = Date.parse(token.expiresAt) <= now.getTime();
  const state = over
    ? `expired at ${token.expiresAt}`
    : `expires in less than a minute, at ${token.expiresAt}`;
  throw new AppError(
    'TOKEN_EXPIRED',
    `The token ${token.name} ${state}. Nothing was sent. Renew it at the provider and keep the new one, or send anyway.`,
    { token: token.name, expiresAt: token.expiresAt },
  );
}
