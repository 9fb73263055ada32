import { z } from 'zod';
import { secretSchema } from './token.ts';

export const SECRET_ALPHABETS = ['base64url', 'hex', 'uuid'] as const;

/** Bytes of chance in a generated secret. 16 cannot be guessed; more than 64 only make it longer. */
export const SECRET_RANDOM_BYTES = { min: 16, max: 64, standard: 32 } as const;

/** How Tessera makes a secret for a service that takes the user's own. */
export const secretShapeSchema = z.strictObject({
  alphabet: z.enum(SECRET_ALPHABETS, `an alphabet is one of ${SECRET_ALPHABETS.join(', ')}`),
  /** A UUID always has 122 bits, whatever stands here. */
  randomBytes: z
    .int('this is a whole number of bytes')
    .min(SECRET_RANDOM_BYTES.min, `at least ${SECRET_RANDOM_BYTES.min} random bytes, or it can be guessed`)
    .max(SECRET_RANDOM_BYTES.max, `at most ${SECRET_RANDOM_BYTES.max} random bytes`)
    .default(SECRET_RANDOM_BYTES.standard),
});
export type SecretShape = z.output<typeof secretShapeSchema>;

/** A token's next value: one that its provider has made, or one that Tessera makes. */
export const tokenValueSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('given'), secret: secretSchema }),
  z.strictObject({ kind: z.literal('generated'), shape: secretShapeSchema }),
]);
export type TokenValue = z.input<typeof tokenValueSchema>;

/** The one look at a value that Tessera has made. The id stands for it while it is shown. */
export interface IssuedSecret {
  readonly issueId: string;
  readonly secret: string;
}
