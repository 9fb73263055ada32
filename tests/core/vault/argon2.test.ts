import { argon2Sync } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveKey } from '../../../core/vault/kdf.ts';

const ARGON2ID = 2;

// The library that makes our keys takes no associated data, which the RFC's vector has. So Node's own
// Argon2id is held against the vector, and the library against Node's.
describe('Argon2id', () => {
  it('as this Node has it gives the tag of RFC 9106 § 5.3', () => {
    const tag = argon2Sync('argon2id', {
      message: Buffer.alloc(32, 1),
      nonce: Buffer.alloc(16, 2),
      secret: Buffer.alloc(8, 3),
      associatedData: Buffer.alloc(12, 4),
      memory: 32,
      passes: 3,
      parallelism: 4,
      tagLength: 32,
    });
    expect(tag.toString('hex')).toBe('0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659');
  });

  it('as the library has it gives what Node’s gives, for whatever input', async () => {
    const input = fc.record({
      password: fc.string({ minLength: 1, unit: 'binary' }),
      salt: fc.uint8Array({ minLength: 8, maxLength: 32 }).map((each) => Buffer.from(each)),
      passes: fc.integer({ min: 1, max: 3 }),
      parallelism: fc.integer({ min: 1, max: 4 }),
      memory: fc.integer({ min: 32, max: 256 }),
    });
    await fc.assert(
      fc.asyncProperty(input, async ({ password, salt, passes, parallelism, memory }) => {
        const message = Buffer.from(password, 'utf8');
        const ours = await hashRaw(message, {
          algorithm: ARGON2ID,
          memoryCost: memory,
          timeCost: passes,
          parallelism,
          outputLen: 32,
          salt,
        });
        const theirs = argon2Sync('argon2id', {
          message,
          nonce: salt,
          memory,
          passes,
          parallelism,
          tagLength: 32,
        });
        expect(ours).toEqual(theirs);
      }),
      { numRuns: 30 },
    );
  });

  it('as keys are made with it gives what Node’s gives', async () => {
    const salt = Buffer.alloc(16, 9);
    const ours = await deriveKey('pässword', salt, { memoryKiB: 19 * 1024, iterations: 2, parallelism: 1 });
    const theirs = argon2Sync('argon2id', {
      message: Buffer.from('pässword', 'utf8'),
      nonce: salt,
      memory: 19 * 1024,
      passes: 2,
      parallelism: 1,
      tagLength: 32,
    });
    expect(ours).toEqual(theirs);
  });

  it('as the library has it gives the reference implementation’s hash', async () => {
    const tag = await hashRaw('password', {
      algorithm: ARGON2ID,
      memoryCost: 65_536,
      timeCost: 2,
      parallelism: 1,
      outputLen: 32,
      salt: Buffer.from('somesalt'),
    });
    expect(tag.toString('hex')).toBe('09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7');
  });
});
