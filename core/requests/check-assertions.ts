import type { Assertion, AssertionResult } from '../../shared/requests/assertion.ts';
import type { Timings } from '../../shared/requests/response.ts';
import { excerpt } from '../redaction/excerpt.ts';
import type { Redactor } from '../redaction/redactor.ts';
import type { HeaderLine } from './build-headers.ts';
import { compare } from './compare-values.ts';
import type { ResponseBody } from './response-body.ts';
import { pick, readExpression } from './response-expression.ts';

/** What assertions look at: all of it redacted. */
export interface AssertedFacts {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly HeaderLine[];
  readonly timings: Timings;
  readonly body: ResponseBody;
}

const SHOWN_CHARACTERS = 200;

/** Decides the enabled assertions. What cannot be decided has not passed. */
export function checkAssertions(
  assertions: readonly Assertion[],
  facts: AssertedFacts,
  redactor: Redactor,
): AssertionResult[] {
  const redact = (text: string) => redactor.text(text).text;
  return assertions
    .filter(({ enabled }) => enabled)
    .map((assertion) => {
      const { passed, message } = decide(assertion, facts, redact);
      return { assertion, passed, message: redact(message) };
    });
}

function decide(
  assertion: Assertion,
  facts: AssertedFacts,
  redact: (text: string) => string,
): { passed: boolean; message: string } {
  const expression = readExpression(assertion.expression);
  if (expression === null) {
    return {
      passed: false,
      message: `Not decided: ${assertion.expression} is not something of an answer. There are res.status, res.statusText, res.responseTime, res.headers.<name>, res.body and res.body.<path>.`,
    };
  }
  const actual = pick(expression, facts, assertion.operator);
  const outcome = compare(assertion.operator, actual, assertion.value);
  if (outcome === null) {
    return { passed: false, message: `Not decided: the operator ${assertion.operator} is not known here.` };
  }
  const expected = `expected ${assertion.expression} ${outcome.expectation}`;
  if (outcome.passed) return { passed: true, message: expected };
  return { passed: false, message: `${expected}, and it was ${show(actual, redact)}` };
}

function show(value: unknown, redact: (text: string) => string): string {
  if (value === undefined) return 'not there';
  return excerpt(JSON.stringify(value), SHOWN_CHARACTERS, redact);
}
