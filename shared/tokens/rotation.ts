import { z } from 'zod';

/** Days for which the value before is kept, because it may still be in use somewhere. */
export const OVERLAP_DAYS = { min: 0, max: 90, standard: 7 } as const;

const message = `an overlap is a whole number of days from ${OVERLAP_DAYS.min} to ${OVERLAP_DAYS.max}`;

/** How a token gets its next value; the token keeps its name and its id. */
export const rotationSchema = z.strictObject({
  /** Of the new value; left out: as before. */
  expiresAt: z.iso.datetime('an expiry is a date such as 2027-01-31').nullable().optional(),
  /** Of the new value, where it has no `expiresAt`; left out: that it is. */
  isExpiryKnown: z.boolean().optional(),
  /** Public half of the new value, where the scheme has one; left out: as before. */
  tokenId: z.string().trim().max(500).nullable().optional(),
  /** 0: the value before is not kept. */
  overlapDays: z
    .int(message)
    .min(OVERLAP_DAYS.min, message)
    .max(OVERLAP_DAYS.max, message)
    .default(OVERLAP_DAYS.standard),
});
export type Rotation = z.input<typeof rotationSchema>;
