import { AppError } from '../../shared/app-error.ts';
import type { Token } from '../../shared/tokens/token.ts';
import { NOT_SENT } from './check-expiry.ts';

/**
 * A token that somebody else may have is to be replaced, not used. `sendCompromised` is the user's "send anyway".
 *
 * @throws AppError `TOKEN_COMPROMISED`
 */
export function checkCompromised(
  { name, compromisedAt }: Token,
  sendCompromised: boolean,
  { consequence, anyway } = NOT_SENT,
): void {
  if (sendCompromised || compromisedAt === null) return;
  throw new AppError(
    'TOKEN_COMPROMISED',
    `The token ${name} is marked as compromised. ${consequence}. Revoke it at the provider and rotate it, or ${anyway}.`,
    { token: name, compromisedAt },
  );
}
