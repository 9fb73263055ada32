import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { DAY_MS } from '../../shared/day-ms.ts';
import { NAME_LENGTH, sameName } from '../../shared/name.ts';
import type { rotationSchema } from '../../shared/tokens/rotation.ts';
import type { Token, TokenMetadata } from '../../shared/tokens/token.ts';

/** What is known of a token once it has its next secret: nothing that was true of the one before alone. */
export function renewed(
  before: TokenMetadata,
  { expiresAt, isExpiryKnown = true, tokenId = before.tokenId }: z.output<typeof rotationSchema>,
  now: Date,
): TokenMetadata {
  return {
    ...before,
    ...(expiresAt === undefined ? {} : { expiresAt, isExpiryKnown }),
    tokenId,
    rotatedAt: now.toISOString(),
    lastUsedAt: null,
    compromisedAt: null,
    retiresAt: null,
    replacedBy: null,
    check: null,
  };
}

/** The token that keeps the value before; `null` where none is kept. */
export function retiredBy(
  { overlapDays }: z.output<typeof rotationSchema>,
  before: Token,
  tokens: readonly Token[],
  now: Date,
): Token | null {
  if (overlapDays === 0) return null;
  return {
    ...before,
    id: randomUUID(),
    name: retiredName(before.name, tokens),
    retiresAt: inDays(now, overlapDays),
    replacedBy: before.id,
  };
}

/** "main (retired)", with a number where there is one already. */
export function retiredName(name: string, tokens: readonly { readonly name: string }[]): string {
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? ' (retired)' : ` (retired ${number})`;
    const free = `${name
      .slice(0, NAME_LENGTH - suffix.length)
      .toWellFormed()
      .trim()}${suffix}`;
    if (!tokens.some((token) => sameName(token.name, free))) return free;
  }
}

function inDays(now: Date, days: number): string {
  return new Date(now.getTime() + days * DAY_MS).toISOString();
}
