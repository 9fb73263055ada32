import type { LoginPlace, LoginRequest } from '../../shared/logins/login.ts';
import { parseTemplate } from '../../shared/requests/template.ts';
import { resolveUrl } from '../requests/resolve-url.ts';
import type { LoginMessage } from './login-exchange.ts';

/** What stands in the places of a template. Secrets are strings here: they are sent at once. */
export type LoginValues = Partial<Readonly<Record<LoginPlace, string>>>;

/**
 * A login's request with its places filled in. A form field, or a member of the JSON, that is nothing but a
 * place without a value is left out: an optional domain, say.
 *
 * @throws AppError `INVALID_INPUT` where the URL cannot be used
 */
export function fillLoginRequest(
  { method, url, body }: LoginRequest,
  values: LoginValues,
  baseUrl: string | null,
): LoginMessage {
  const look = placesOf(values);
  const filled = resolveUrl(
    fill(url, (name) => encodeURIComponent(look(name))),
    baseUrl,
  );
  switch (body.kind) {
    case 'none':
      return { url: filled, method, headers: [], body: null };
    case 'json': {
      const json = JSON.stringify(fillJson(JSON.parse(body.text), look) ?? null);
      return {
        url: filled,
        method,
        headers: [['Content-Type', 'application/json']],
        body: Buffer.from(json),
      };
    }
    case 'form': {
      const form = new URLSearchParams();
      for (const { name, value } of body.fields) {
        if (!isEmptyPlace(value, look)) form.append(name, fill(value, look));
      }
      return {
        url: filled,
        method,
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
        body: Buffer.from(form.toString()),
      };
    }
  }
}

type LookUp = (name: string) => string;

/** Not by index: a place is a name that somebody wrote. */
function placesOf(values: LoginValues): LookUp {
  const known = new Map(Object.entries(values));
  return (name) => known.get(name) ?? '';
}

function fill(template: string, look: LookUp): string {
  return parseTemplate(template)
    .map((part) => (part.kind === 'text' ? part.text : look(part.name)))
    .join('');
}

function isEmptyPlace(template: string, look: LookUp): boolean {
  const [only, ...more] = parseTemplate(template);
  return only?.kind === 'reference' && more.length === 0 && look(only.name) === '';
}

/** @returns `undefined` for a string that is nothing but a place without a value */
function fillJson(value: unknown, look: LookUp): unknown {
  if (typeof value === 'string') return isEmptyPlace(value, look) ? undefined : fill(value, look);
  if (Array.isArray(value)) return value.map((each) => fillJson(each, look));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fillJson(each, look)]));
}
