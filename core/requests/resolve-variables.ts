import { randomInt, randomUUID } from 'node:crypto';
import { AppError } from '../../shared/app-error.ts';
import type { Request, RequestBody, RequestEntry } from '../../shared/requests/request.ts';
import { fillTemplate } from '../../shared/requests/template.ts';

export interface VariableSources {
  /** Nearest first: the first that has a name gives its value. */
  readonly variables: readonly Readonly<Record<string, string>>[];
  readonly now: () => Date;
}

const DYNAMIC: Readonly<Record<string, (now: Date) => string>> = {
  $uuid: () => randomUUID(),
  $timestamp: (now) => String(Math.floor(now.getTime() / 1000)),
  $isoTimestamp: (now) => now.toISOString(),
  $randomInt: () => String(randomInt(0, 1001)),
};

/**
 * Fills `{{…}}` in URL, headers and body. Values are put in as they are, and what they hold is not looked
 * at again. Disabled entries are left out, so that a reference in one of them hurts nobody.
 *
 * @throws AppError `VARIABLE_NOT_FOUND` that names the variable and where it stands
 */
export function resolveVariables(request: Request, sources: VariableSources): Request {
  const fill = (template: string, where: string) => {
    // Most text has none: not worth taking apart.
    if (!template.includes('{{')) return template;
    return fillTemplate(template, (name) => lookUp(name, where, sources));
  };
  return {
    ...request,
    url: fill(request.url, 'the URL'),
    headers: fillEntries(request.headers, 'the header', fill),
    body: fillBody(request.body, fill),
  };
}

type Fill = (template: string, where: string) => string;

function fillEntries(entries: readonly RequestEntry[], what: string, fill: Fill): RequestEntry[] {
  return entries
    .filter(({ enabled }) => enabled)
    .map((entry) => {
      const name = fill(entry.name, `the name of ${what} ${entry.name}`);
      return { name, value: fill(entry.value, `${what} ${entry.name}`), enabled: true };
    });
}

function fillBody(body: RequestBody, fill: Fill): RequestBody {
  switch (body.kind) {
    case 'none':
      return body;
    case 'form':
      return { kind: 'form', fields: fillEntries(body.fields, 'the form field', fill) };
    case 'multipart':
      return {
        kind: 'multipart',
        parts: body.parts
          .filter(({ enabled }) => enabled)
          .map((part) => ({
            ...part,
            name: fill(part.name, 'the name of a part'),
            value: fill(part.value, `the part ${part.name}`),
          })),
      };
    case 'file':
      return { ...body, path: fill(body.path, 'the path of the file') };
    case 'graphql':
      return {
        kind: 'graphql',
        query: fill(body.query, 'the query'),
        variables: fill(body.variables, 'the variables of the query'),
      };
    default:
      return { kind: body.kind, text: fill(body.text, 'the body') };
  }
}

function lookUp(name: string, where: string, { variables, now }: VariableSources): string {
  const dynamic = Object.hasOwn(DYNAMIC, name) ? DYNAMIC[name] : undefined;
  if (dynamic !== undefined) return dynamic(now());
  const found = variables.find((values) => Object.hasOwn(values, name))?.[name];
  if (found !== undefined) return found;
  throw new AppError('VARIABLE_NOT_FOUND', `${describeMissing(name)} It stands in ${where}.`, {
    variable: name,
  });
}

function describeMissing(name: string): string {
  if (name.startsWith('vault.')) {
    return `{{${name}}} names a token. A token is chosen in the request's authorization, and cannot be put into other text.`;
  }
  if (name.startsWith('$')) {
    return `There is no dynamic value {{${name}}}. There are ${Object.keys(DYNAMIC).join(', ')}.`;
  }
  return `No variable is called ${name}. Give it a value in the request, folder, environment, collection or app.`;
}
