import type { ZodType, z } from 'zod';
import { AppError, type ErrorCode } from './app-error.ts';

/**
 * Parses a value from outside. The error names the first field that is wrong and says why; it never
 * repeats the value, which may hold a secret.
 *
 * @param what names the input for people, as in "Token: expiry date …"
 * @throws AppError `INVALID_INPUT` (or `code`) with `details.path`
 */
export function parseInput<Schema extends ZodType>(
  schema: Schema,
  value: unknown,
  what: string,
  code: ErrorCode = 'INVALID_INPUT',
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = issue?.path.map(String).join('.') ?? '';
  const where = path === '' ? what : `${what}: ${path}`;
  throw new AppError(code, `${where}: ${describe(issue)}.`, { path });
}

function describe(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return 'not valid';
  if (issue.code === 'unrecognized_keys') return 'has a field that is not known here';
  return issue.message.replace(/\.$/, '');
}
