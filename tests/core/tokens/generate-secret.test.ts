import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateSecret } from '../../../core/tokens/generate-secret.ts';
import { secretSchema } from '../../../shared/tokens/token.ts';
import {
  SECRET_ALPHABETS,
  SECRET_RANDOM_BYTES,
  secretShapeSchema,
} from '../../../shared/tokens/token-value.ts';

const FORMS = {
  base64url: /^[\w-]+$/,
  hex: /^[0-9a-f]+$/,
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
} as const;

describe('a generated secret', () => {
  it('is written in the alphabet that was asked for, as long as it was asked for, and is never the same', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SECRET_ALPHABETS),
        fc.integer({ min: SECRET_RANDOM_BYTES.min, max: SECRET_RANDOM_BYTES.max }),
        (alphabet, randomBytes) => {
          const secret = generateSecret({ alphabet, randomBytes }).toString();
          expect(secret).toMatch(FORMS[alphabet]);
          expect(secretSchema.parse(secret)).toBe(secret);
          if (alphabet !== 'uuid') expect(Buffer.from(secret, alphabet)).toHaveLength(randomBytes);
          expect(generateSecret({ alphabet, randomBytes }).toString()).not.toBe(secret);
        },
      ),
    );
  });

  it.each([15, 65, 20.5])('is not made of %s bytes', (randomBytes) => {
    expect(secretShapeSchema.safeParse({ alphabet: 'hex', randomBytes }).success).toBe(false);
  });
});
