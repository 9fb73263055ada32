import { z } from 'zod';

/**
 * Operators that Tessera decides, under the names that OpenCollection and Bruno give them. An assertion
 * with another operator, from another program, is kept in its file and reported as not decided.
 */
export const ASSERTION_OPERATORS = [
  'eq',
  'neq',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
  'notIn',
  'contains',
  'notContains',
  'startsWith',
  'endsWith',
  'isDefined',
  'isUndefined',
] as const;
export type AssertionOperator = (typeof ASSERTION_OPERATORS)[number];

export const assertionSchema = z.strictObject({
  /** `res.status`, `res.statusText`, `res.responseTime`, `res.headers.<name>`, `res.body`, `res.body.<path>`. */
  expression: z.string().min(1, 'an assertion needs an expression').max(10_000),
  operator: z.string().min(1, 'an assertion needs an operator').max(100),
  value: z.string().max(100_000).default(''),
  enabled: z.boolean().default(true),
});
export type Assertion = z.output<typeof assertionSchema>;

export interface AssertionResult {
  readonly assertion: Assertion;
  readonly passed: boolean;
  /** In words: what was expected and what was there, secrets redacted. */
  readonly message: string;
}
