import type { z } from 'zod';
import { parseInput } from '../../shared/parse-input.ts';
import {
  changedTokenSchema,
  isObtained,
  type Token,
  type TokenMetadata,
  type tokenChangesSchema,
} from '../../shared/tokens/token.ts';
import { metadataOf } from './token-records.ts';
import { checkAfterCreation, otherKind } from './token-refusals.ts';

/**
 * What is known of a token once its owner has changed it; its secret stays.
 *
 * @param allowExpired that an expiry before the token came here is meant
 * @throws AppError `INVALID_INPUT`
 */
export function edited(
  token: Token,
  changes: z.output<typeof tokenChangesSchema>,
  allowExpired: boolean,
): TokenMetadata {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  if (changes.expiresAt !== undefined) given.isExpiryKnown ??= true;
  if (isObtained({ ...token, ...given }) !== isObtained(token)) throw otherKind();
  const changed = parseInput(changedTokenSchema, { ...metadataOf(token), ...given }, 'Token');
  if (changed.expiresAt !== token.expiresAt && !allowExpired) {
    checkAfterCreation(changed.expiresAt, token.createdAt);
  }
  return changed;
}
