import { isDeepStrictEqual } from 'node:util';
import { ASSERTION_OPERATORS, type AssertionOperator } from '../../shared/requests/assertion.ts';

export interface Comparison {
  readonly passed: boolean;
  /** Goes on after "expected res.status": "to be 200". */
  readonly expectation: string;
}

/**
 * Compares a value of an answer with what was written beside an operator. Written values are text: `200` is
 * also the number, `true` also the truth value, `"200"` in quotes is text only, `[…]` and `{…}` are JSON.
 *
 * @returns `null` where the operator is not known
 */
export function compare(operator: string, actual: unknown, written: string): Comparison | null {
  if (!isOperator(operator)) return null;
  return {
    passed: COMPARE[operator](actual, written.trim()),
    expectation: describe(operator, written.trim()),
  };
}

const COMPARE: Readonly<Record<AssertionOperator, (actual: unknown, written: string) => boolean>> = {
  eq: equals,
  neq: (actual, written) => !equals(actual, written),
  gt: (actual, written) => order(actual, written, (left, right) => left > right),
  gte: (actual, written) => order(actual, written, (left, right) => left >= right),
  lt: (actual, written) => order(actual, written, (left, right) => left < right),
  lte: (actual, written) => order(actual, written, (left, right) => left <= right),
  in: isIn,
  notIn: (actual, written) => !isIn(actual, written),
  contains,
  notContains: (actual, written) => !contains(actual, written),
  startsWith: (actual, written) => asText(actual)?.startsWith(unquote(written)) ?? false,
  endsWith: (actual, written) => asText(actual)?.endsWith(unquote(written)) ?? false,
  isDefined: (actual) => actual !== undefined,
  isUndefined: (actual) => actual === undefined,
};

const WORDS: Readonly<Record<AssertionOperator, string>> = {
  eq: 'to be',
  neq: 'not to be',
  gt: 'to be more than',
  gte: 'to be at least',
  lt: 'to be less than',
  lte: 'to be at most',
  in: 'to be one of',
  notIn: 'to be none of',
  contains: 'to contain',
  notContains: 'not to contain',
  startsWith: 'to start with',
  endsWith: 'to end with',
  isDefined: 'to be there',
  isUndefined: 'not to be there',
};

function describe(operator: AssertionOperator, written: string): string {
  const words = WORDS[operator];
  return operator === 'isDefined' || operator === 'isUndefined' ? words : `${words} ${written}`;
}

function isOperator(text: string): text is AssertionOperator {
  return ASSERTION_OPERATORS.some((operator) => operator === text);
}

function equals(actual: unknown, written: string): boolean {
  if (typeof actual === 'string') return actual === unquote(written);
  return actual !== undefined && isDeepStrictEqual(actual, parse(written));
}

function order(actual: unknown, written: string, holds: (left: number, right: number) => boolean): boolean {
  const left = asNumber(actual);
  const right = asNumber(unquote(written));
  return left !== null && right !== null && holds(left, right);
}

function isIn(actual: unknown, written: string): boolean {
  const list = parse(written);
  if (Array.isArray(list)) return list.some((each) => isDeepStrictEqual(each, actual));
  return written.split(',').some((each) => equals(actual, each.trim()));
}

function contains(actual: unknown, written: string): boolean {
  if (Array.isArray(actual)) return actual.some((each) => equals(each, written));
  return asText(actual)?.includes(unquote(written)) ?? false;
}

function asText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return value === undefined ? null : JSON.stringify(value);
}

function asNumber(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isNaN(number) ? null : number;
}

function parse(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return written === 'undefined' ? undefined : unquote(written);
  }
}

function unquote(written: string): string {
  const quoted = /^(["'])(.*)\1$/s.exec(written);
  return quoted?.[2] ?? written;
}
