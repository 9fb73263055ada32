import { describe, expect, it } from 'vitest';
import { checkKdfCost, deriveKey } from '../../../core/vault/kdf.ts';
import { KDF_COSTS } from '../../../shared/vault/vault.ts';
import { CHEAP_KDF } from '../../support/temporary-vault.ts';

const SALT = Buffer.alloc(16, 7);

describe('the key out of a passphrase', () => {
  it('costs 64 MiB, three passes and four lanes for a new vault', () => {
    expect(KDF_COSTS.standard).toEqual({ memoryKiB: 65_536, iterations: 3, parallelism: 4 });
  });

  it('is the same for the same characters, however they were composed', async () => {
    const composed = await deriveKey('\u00e9t\u00e9', SALT, CHEAP_KDF);
    const decomposed = await deriveKey('e\u0301te\u0301', SALT, CHEAP_KDF);
    expect(composed).toEqual(decomposed);
    expect(composed).toHaveLength(32);
  });

  it('is another with another salt, pass count or amount of memory', async () => {
    const keys = await Promise.all([
      deriveKey('x', SALT, CHEAP_KDF),
      deriveKey('x', Buffer.alloc(16, 8), CHEAP_KDF),
      deriveKey('x', SALT, { ...CHEAP_KDF, iterations: 3 }),
      deriveKey('x', SALT, { ...CHEAP_KDF, memoryKiB: 20 * 1024 }),
    ]);
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(keys.length);
  });

  it.each([
    ['memoryKiB', 19 * 1024 - 1],
    ['memoryKiB', 1024 * 1024 + 1],
    ['iterations', 1],
    ['iterations', 11],
    ['parallelism', 0],
    ['parallelism', 17],
    ['iterations', Number.NaN],
  ])('is refused with %s %d', (name, value) => {
    expect(() => checkKdfCost({ ...CHEAP_KDF, [name]: value })).toThrow(
      expect.objectContaining({ code: 'VAULT_KDF_REFUSED' }),
    );
  });
});
