import { AppError } from '../../shared/app-error.ts';
import type { Token } from '../../shared/tokens/token.ts';

/**
 * A token that somebody else may have is to be replaced, not used. `sendCompromised` is the user's "send anyway".
 *
 * @throws AppError `TOKEN_COMPROMISED`
 */
export function checkCompromised({ name, compromisedAt }: Token, sendCompromised: boolean): void {
  if (sendCompromised || compromisedAt === null) return;
  throw new AppError(
    'TOKEN_COMPROMISED',
    `The token ${name} is marked as compromised. Nothing was sent. Revoke it at the provider and rotate it, or send anyway.`,
    { token: name, compromisedAt },
  );
}
