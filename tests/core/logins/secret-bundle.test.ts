import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packBundle, unpackBundle } from '../../../core/logins/secret-bundle.ts';

const secret = fc.uint8Array({ minLength: 0, maxLength: 200 }).map((bytes) => Buffer.from(bytes));

describe('a bundle of secrets', () => {
  it('gives back what was put in', () => {
    fc.assert(
      fc.property(
        fc.record(
          { password: secret, accessToken: secret, refreshToken: secret, twoFactorToken: secret },
          { requiredKeys: [] },
        ),
        (bundle) => {
          expect({ ...unpackBundle(packBundle(bundle)) }).toEqual({ ...bundle });
        },
      ),
    );
  });

  it('cut short gives nothing of the part that was cut', () => {
    const packed = packBundle({ password: Buffer.from('one'), accessToken: Buffer.from('two') });
    expect({ ...unpackBundle(packed.subarray(0, -1)) }).toEqual({ password: Buffer.from('one') });
  });

  it('is wiped as a whole', () => {
    const packed = packBundle({ password: Buffer.from('one'), accessToken: Buffer.from('two') });
    const { password, accessToken } = unpackBundle(packed);
    packed.fill(0);
    expect(password?.every((byte) => byte === 0)).toBe(true);
    expect(accessToken?.every((byte) => byte === 0)).toBe(true);
  });

  it('reads bytes of any kind without an error', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        for (const part of Object.values(unpackBundle(Buffer.from([1, ...bytes])))) {
          expect(part.length).toBeLessThanOrEqual(bytes.length);
        }
      }),
    );
  });

  it('passes over parts of a later version', () => {
    const later = Buffer.concat([
      packBundle({ password: Buffer.from('kept') }),
      Buffer.of(200, 0, 0, 0, 1, 7),
    ]);
    expect(unpackBundle(later)).toEqual({ password: Buffer.from('kept') });
  });
});
