import { z } from 'zod';

/** Characters that would let a name pretend to be another, break a line or turn the reading direction. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u;

export const NAME_LENGTH = 100;

/** The name of an app, a token, a collection or a request: one visible line, at most 100 characters. */
export const nameSchema = z
  .string()
  .max(10 * NAME_LENGTH, `a name has at most ${NAME_LENGTH} characters`)
  .transform((name) => name.normalize('NFC').trim())
  .pipe(
    z
      .string()
      .min(1, 'a name is needed')
      .max(NAME_LENGTH, `a name has at most ${NAME_LENGTH} characters`)
      .refine((name) => !INVISIBLE.test(name), 'a name is one line of visible characters'),
  );

/** Names are the same when their keys are: "Main" and "main" would be mistaken for each other. */
export function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

export function sameName(left: string, right: string): boolean {
  return nameKey(left) === nameKey(right);
}

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

/** The order in which names are listed: "Token 9" before "Token 10". */
export function compareNames(left: { readonly name: string }, right: { readonly name: string }): number {
  return collator.compare(left.name, right.name);
}
