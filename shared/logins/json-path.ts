/** Steps from a JSON value to one inside it: names of members, indexes of elements. */
export type JsonSteps = readonly (string | number)[];

const STEP = /(?:^|\.)([^.[\]\s,"']+)|\[(\d{1,9})\]|\["([^"]*)"\]|\['([^']*)'\]/y;

/**
 * Reads a path such as `data.tokens[0]["access token"]`.
 *
 * @returns `null` where it is none
 */
export function parseJsonPath(text: string): JsonSteps | null {
  const path = text.trim();
  const steps: (string | number)[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const step = STEP.exec(path);
    if (step === null) return null;
    steps.push(step[2] === undefined ? (step[1] ?? step[3] ?? step[4] ?? '') : Number(step[2]));
  }
  return steps.length === 0 ? null : steps;
}

/** Reads paths with commas in between, in the order of preference. @returns `null` where one of them is none */
export function parseJsonPaths(text: string): readonly JsonSteps[] | null {
  const paths: JsonSteps[] = [];
  for (const each of splitPaths(text)) {
    const steps = parseJsonPath(each);
    if (steps === null) return null;
    paths.push(steps);
  }
  return paths;
}

/** The other way round: `parseJsonPath` gives the steps back, but for names with both kinds of quotes. */
export function formatJsonPath(steps: JsonSteps): string {
  return steps.map(formatStep).join('').replace(/^\./, '');
}

function formatStep(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`;
  if (/^[^.[\]\s,"']+$/.test(step)) return `.${step}`;
  return step.includes('"') ? `['${step}']` : `["${step}"]`;
}

/** A comma inside quotes belongs to a name. */
function splitPaths(text: string): string[] {
  return text.match(/(?:\["[^"]*"\]|\['[^']*'\]|[^,])+/g) ?? [];
}
