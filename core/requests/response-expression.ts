import type { AssertedFacts } from './check-assertions.ts';

/** A place in an answer, such as `res.body.items[0].id`. */
export interface ResponseExpression {
  readonly part: 'status' | 'statusText' | 'responseTime' | 'headers' | 'body';
  readonly path: readonly (string | number)[];
}

const START = /^res\.(status|statusText|responseTime|headers|body)(?![\w-])/;
const STEP = /\.([^.[\]\s]+)|\[(\d+)\]|\["([^"]*)"\]|\['([^']*)'\]/y;

/** Reads an expression. It is a look-up and nothing else. @returns `null` where it is none */
export function readExpression(text: string): ResponseExpression | null {
  const trimmed = text.trim();
  const start = START.exec(trimmed);
  if (start === null) return null;
  const part = start[1];
  if (!isPart(part)) return null;
  const path: (string | number)[] = [];
  STEP.lastIndex = start[0].length;
  let position = STEP.lastIndex;
  while (position < trimmed.length) {
    const step = STEP.exec(trimmed);
    if (step === null) return null;
    path.push(step[2] === undefined ? (step[1] ?? step[3] ?? step[4] ?? '') : Number(step[2]));
    position = STEP.lastIndex;
  }
  if (part === 'headers' ? path.length !== 1 : part !== 'body' && path.length > 0) return null;
  return { part, path };
}

function isPart(text: string | undefined): text is ResponseExpression['part'] {
  return ['status', 'statusText', 'responseTime', 'headers', 'body'].includes(text ?? '');
}

/** Operators that look at the body as the text that came, JSON or not. */
const TEXT_OPERATORS: ReadonlySet<string> = new Set(['contains', 'notContains', 'startsWith', 'endsWith']);

/** The value at that place, as the operator wants it; `undefined` where there is none. */
export function pick({ part, path }: ResponseExpression, facts: AssertedFacts, operator: string): unknown {
  switch (part) {
    case 'status':
      return facts.status;
    case 'statusText':
      return facts.statusText;
    case 'responseTime':
      return Math.round(facts.timings.totalMs);
    case 'headers':
      return header(String(path[0]), facts);
    case 'body':
      if (path.length > 0) return facts.body.at(path);
      return TEXT_OPERATORS.has(operator) ? facts.body.text() : (facts.body.json() ?? facts.body.text());
  }
}

function header(name: string, { headers }: AssertedFacts): string | undefined {
  const values = headers
    .filter(([each]) => each.toLowerCase() === name.toLowerCase())
    .map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(', ');
}
