import { type ZodType, z } from 'zod';

/** One call from the window to the main process: the schema of what is given, the type of what is answered. */
export interface Channel<Input extends ZodType, Output> {
  readonly input: Input;
  /** Carries the type only; there is never a value. */
  readonly output?: Output;
}

export function channel<Output>() {
  return <Input extends ZodType>(input: Input): Channel<Input, Output> => ({ input });
}

/** The channels of one feature: `feature.verb`. */
export type ChannelsOf<Feature extends string> = Readonly<
  Record<`${Feature}.${string}`, Channel<ZodType, unknown>>
>;

/** Of a channel that is given nothing. */
export const nothing = z.undefined();
