import { z } from 'zod';
import { AppError } from '../../shared/app-error.ts';
import type { KdfCost } from '../../shared/vault/vault.ts';
import { KEY_BYTES } from './seal.ts';

/** What is accepted from a file. Weaker would make guessing cheap; stronger would let a file hang or exhaust us. */
const WEAKEST: KdfCost = { memoryKiB: 19 * 1024, iterations: 2, parallelism: 1 };
const STRONGEST: KdfCost = { memoryKiB: 1024 * 1024, iterations: 10, parallelism: 16 };

export const kdfSchema = z.object({
  algorithm: z.literal('argon2id'),
  memoryKiB: z.int(),
  iterations: z.int(),
  parallelism: z.int(),
  salt: z.base64(),
});

export const SALT_BYTES = 16;
/** `Algorithm.Argon2id` of @node-rs/argon2, a const enum that cannot be imported as a value. */
const ARGON2ID = 2;

/** @throws AppError `VAULT_KDF_REFUSED` for parameters outside the bounds */
export function checkKdfCost(cost: KdfCost): void {
  for (const name of ['memoryKiB', 'iterations', 'parallelism'] as const) {
    if (cost[name] >= WEAKEST[name] && cost[name] <= STRONGEST[name]) continue;
    throw new AppError(
      'VAULT_KDF_REFUSED',
      `The vault asks for Argon2id with ${name} ${cost[name]}; Tessera accepts ${WEAKEST[name]} to ${STRONGEST[name]}. The file was made or changed by something else: restore a copy.`,
      { parameter: name, value: cost[name] },
    );
  }
}

/**
 * 32 bytes out of a passphrase. The native module is loaded on first use.
 *
 * @param passphrase normalised here (NFKC), so that the same keys typed on another system give the same key
 */
export async function deriveKey(passphrase: string, salt: Buffer, cost: KdfCost): Promise<Buffer> {
  checkKdfCost(cost);
  const { hashRaw } = await import('@node-rs/argon2');
  const password = Buffer.from(passphrase.normalize('NFKC'), 'utf8');
  try {
    return await hashRaw(password, {
      algorithm: ARGON2ID,
      memoryCost: cost.memoryKiB,
      timeCost: cost.iterations,
      parallelism: cost.parallelism,
      outputLen: KEY_BYTES,
      salt,
    });
  } finally {
    password.fill(0);
  }
}
