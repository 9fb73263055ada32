import { hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  newRecoveryCode,
  RECOVERY_BYTES,
  readRecoveryCode,
  writeRecoveryCode,
} from '../../../core/vault/recovery-code.ts';

const bytes = fc
  .uint8Array({ minLength: RECOVERY_BYTES, maxLength: RECOVERY_BYTES })
  .map((each) => Buffer.from(each));
const refused = expect.objectContaining({ code: 'INVALID_INPUT' });

describe('a recovery code', () => {
  it('holds 128 random bits in eight groups of four', () => {
    const codes = Array.from({ length: 50 }, () => newRecoveryCode());
    for (const { bytes: made, code } of codes) {
      expect(made).toHaveLength(16);
      expect(code).toMatch(/^([02-9AC-HJ-NP-Z]{4}-){7}[02-9AC-HJ-NP-Z]{4}$/);
    }
    expect(new Set(codes.map(({ code }) => code)).size).toBe(50);
  });

  it('reads back as what it was written from', () => {
    fc.assert(
      fc.property(bytes, (made) => {
        expect(readRecoveryCode(writeRecoveryCode(made))).toEqual(made);
      }),
    );
  });

  it('does not mind case, spaces, hyphens, dashes, and letters that look like digits', () => {
    const made = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
    const code = writeRecoveryCode(made);
    const typed = [
      code.toLowerCase(),
      code.replaceAll('-', ''),
      ` ${code.replaceAll('-', '  ')}\n`,
      code.replaceAll('-', ' – '),
      code.replaceAll('0', 'O'),
      code.replaceAll('L', '1').replaceAll('8', 'b'),
      code.replaceAll('L', 'i'),
    ];
    for (const each of typed) expect(readRecoveryCode(each), each).toEqual(made);
  });

  it('with up to four wrong characters is noticed', () => {
    const letters = fc.constantFrom(...'qpzry9x8gf2tvdw0s3jn54khce6mua7l');
    const errors = fc.array(fc.tuple(fc.nat(31), letters), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(bytes, errors, (made, changes) => {
        const characters = [...writeRecoveryCode(made).replaceAll('-', '').toLowerCase()];
        const before = characters.join('');
        for (const [at, letter] of changes) characters[at] = letter;
        fc.pre(characters.join('') !== before);
        expect(() => readRecoveryCode(characters.join(''))).toThrow(refused);
      }),
    );
  });

  it('that is too short, too long or something else is refused, and never repeated', () => {
    const { code } = newRecoveryCode();
    for (const typed of [code.slice(0, -1), `${code}Q`, 'correct horse battery staple', '', '€'.repeat(32)]) {
      expect(() => readRecoveryCode(typed)).toThrow(refused);
      try {
        readRecoveryCode(typed);
      } catch (error) {
        if (typed !== '') expect(String(error)).not.toContain(typed);
      }
    }
  });
});

// RFC 5869, appendix A.1. The first 32 bytes are what a longer output begins with.
describe('HKDF-SHA-256 as this Node has it', () => {
  it('gives the RFC’s key', () => {
    const salt = Buffer.from('000102030405060708090a0b0c', 'hex');
    const info = Buffer.from('f0f1f2f3f4f5f6f7f8f9', 'hex');
    const key = Buffer.from(hkdfSync('sha256', Buffer.alloc(22, 0x0b), salt, info, 42));
    expect(key.toString('hex')).toBe(
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    );
  });
});
