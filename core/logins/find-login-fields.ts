import { formatJsonPath, type JsonSteps, parseJsonPaths } from '../../shared/logins/json-path.ts';
import { LOGIN_FIELDS, type LoginAnswer, type LoginField } from '../../shared/logins/login.ts';

/** What a login's answer holds, as text; what was not found is left out. */
export type FoundFields = Partial<Readonly<Record<LoginField, string>>>;

/** Answers are looked into this deep: there is no login beyond it. */
const DEPTH = 6;
const MOST_PATHS = 200;

/** The fields of an answer, by its description: of several paths the first that leads to a value. */
export function findLoginFields(json: unknown, answer: LoginAnswer): FoundFields {
  return Object.fromEntries(
    LOGIN_FIELDS.flatMap((field) => {
      const text = textAt(json, answer[field]);
      return text === null ? [] : [[field, text]];
    }),
  );
}

/** @param paths with commas in between @returns `null` where none leads to a text or a number */
export function textAt(json: unknown, paths: string): string | null {
  for (const steps of parseJsonPaths(paths) ?? []) {
    const value = valueAt(json, steps);
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return null;
}

/** Where in the JSON there are texts, numbers and the like: paths without values. */
export function pathsIn(json: unknown): string[] {
  const paths: string[] = [];
  const visit = (value: unknown, steps: JsonSteps): void => {
    if (paths.length >= MOST_PATHS) return;
    if (typeof value !== 'object' || value === null) {
      if (steps.length > 0) paths.push(formatJsonPath(steps));
    } else if (steps.length < DEPTH) {
      const isList = Array.isArray(value);
      for (const [name, each] of Object.entries(value)) visit(each, [...steps, isList ? Number(name) : name]);
    }
  };
  visit(json, []);
  return paths;
}

function valueAt(json: unknown, steps: JsonSteps): unknown {
  let value = json;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null) return undefined;
    // Not by index: `__proto__` would lead out of the value.
    value = Object.getOwnPropertyDescriptor(value, step)?.value;
  }
  return value;
}
