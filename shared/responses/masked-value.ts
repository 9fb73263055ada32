import { z } from 'zod';
import { nameSchema } from '../name.ts';

/** What stood in a field of an answer, and is masked there. It is named by its place among the masks. */
export interface MaskedField {
  readonly index: number;
  /** As in the answer: `access_token`. */
  readonly field: string;
  readonly bytes: number;
  /** Whether the vault has it already, alone or in other text. */
  readonly isKnown: boolean;
}

export interface MaskedValues {
  /** The first of them. */
  readonly fields: readonly MaskedField[];
  /** All masks of the body. */
  readonly masks: number;
  /** Whether some are not kept, and stay masked for good. */
  readonly isIncomplete: boolean;
}

/** The value of a masked field as a new token: it is taken from the answer where the answer is. */
export const saveMaskedSchema = z.strictObject({
  responseId: z.uuid(),
  index: z.int().min(0),
  name: nameSchema,
  scheme: z.enum(['bearer', 'header', 'query']).default('bearer'),
  /** `header`, `query`: the name. */
  field: z.string().trim().max(200).nullable().default(null),
});
