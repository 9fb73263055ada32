import { hashRaw } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';

// RFC 9106 § 5.3 has a vector with a secret and associated data, which the library's interface does not
// take both of; this one is the reference implementation's own for Argon2id (version 0x13).
describe('Argon2id as the installed library has it', () => {
  it('gives the reference implementation’s hash', async () => {
    const hash = await hashRaw('password', {
      algorithm: 2,
      memoryCost: 65_536,
      timeCost: 2,
      parallelism: 1,
      outputLen: 32,
      salt: Buffer.from('somesalt'),
    });
    expect(hash.toString('hex')).toBe('09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7');
  });
});
