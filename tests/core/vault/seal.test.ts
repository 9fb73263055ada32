import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SealBroken, seal, unseal } from '../../../core/vault/seal.ts';

const bytes = (maximum: number) => fc.uint8Array({ maxLength: maximum }).map((each) => Buffer.from(each));
const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((each) => Buffer.from(each));
const context = fc.array(fc.oneof(fc.string(), fc.nat()), { minLength: 1, maxLength: 6 });

describe('a sealed envelope', () => {
  it('opens to what was sealed, for whatever bytes and place', () => {
    fc.assert(
      fc.property(key, bytes(300), context, (k, plaintext, place) => {
        expect(unseal(k, seal(k, plaintext, place), place)).toEqual(plaintext);
      }),
    );
  });

  it('does not open when any one bit of it is flipped', () => {
    fc.assert(
      fc.property(key, bytes(60), context, fc.nat(), (k, plaintext, place, where) => {
        const envelope = Buffer.from(seal(k, plaintext, place), 'base64');
        const bit = where % (envelope.length * 8);
        envelope.writeUInt8(envelope.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        expect(() => unseal(k, envelope.toString('base64'), place)).toThrow(SealBroken);
      }),
    );
  });

  it('does not open in any other place', () => {
    fc.assert(
      fc.property(key, bytes(60), context, context, (k, plaintext, place, other) => {
        fc.pre(JSON.stringify(place.map(String)) !== JSON.stringify(other.map(String)));
        expect(() => unseal(k, seal(k, plaintext, place), other)).toThrow(SealBroken);
      }),
    );
  });

  it('does not open where two places read the same when joined', () => {
    const k = randomBytes(32);
    expect(() => unseal(k, seal(k, Buffer.from('x'), ['ab', 'c']), ['a', 'bc'])).toThrow(SealBroken);
    const nothing = '\0\0\0\0';
    expect(() => unseal(k, seal(k, Buffer.from('x'), [`a${nothing}b`]), ['a', 'b'])).toThrow(SealBroken);
  });

  it('does not open under another key', () => {
    const envelope = seal(randomBytes(32), Buffer.from('x'), ['a']);
    expect(() => unseal(randomBytes(32), envelope, ['a'])).toThrow(SealBroken);
  });

  it('cut short at any length does not open', () => {
    const k = randomBytes(32);
    const envelope = Buffer.from(seal(k, Buffer.from('secret'), ['a']), 'base64');
    for (let length = 0; length < envelope.length; length += 1) {
      expect(() => unseal(k, envelope.subarray(0, length).toString('base64'), ['a'])).toThrow(SealBroken);
    }
  });

  it('never uses a nonce twice', () => {
    const k = randomBytes(32);
    const nonces = Array.from({ length: 1000 }, () => seal(k, Buffer.from('x'), ['a']).slice(0, 16));
    expect(new Set(nonces).size).toBe(nonces.length);
  });
});

// Test Case 16 of the GCM specification that NIST SP 800-38D refers to: 256-bit key, 96-bit nonce, AAD.
describe('AES-256-GCM as this Node has it', () => {
  const vector = {
    key: 'feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308',
    nonce: 'cafebabefacedbaddecaf888',
    aad: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    plaintext:
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
    ciphertext:
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662',
    tag: '76fc6ece0f4e1768cddf8853bb2d551b',
  };
  const hex = (text: string) => Buffer.from(text, 'hex');

  it('gives the published ciphertext and tag', () => {
    const cipher = createCipheriv('aes-256-gcm', hex(vector.key), hex(vector.nonce), { authTagLength: 16 });
    cipher.setAAD(hex(vector.aad));
    const ciphertext = Buffer.concat([cipher.update(hex(vector.plaintext)), cipher.final()]);
    expect(ciphertext.toString('hex')).toBe(vector.ciphertext);
    expect(cipher.getAuthTag().toString('hex')).toBe(vector.tag);
  });

  it('refuses a tag that was shortened', () => {
    const decipher = createDecipheriv('aes-256-gcm', hex(vector.key), hex(vector.nonce), {
      authTagLength: 16,
    });
    expect(() => decipher.setAuthTag(hex(vector.tag).subarray(0, 12))).toThrow();
  });
});
