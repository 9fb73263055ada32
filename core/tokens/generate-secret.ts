import { randomBytes, randomUUID } from 'node:crypto';
import type { SecretShape } from '../../shared/tokens/token-value.ts';

/** A secret that nobody can guess. @returns its bytes, which the caller wipes with `fill(0)` */
export function generateSecret({ alphabet, randomBytes: length }: SecretShape): Buffer {
  if (alphabet === 'uuid') return Buffer.from(randomUUID(), 'latin1');
  const random = randomBytes(length);
  try {
    return Buffer.from(random.toString(alphabet), 'latin1');
  } finally {
    random.fill(0);
  }
}
