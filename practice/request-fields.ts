import type { HonoRequest } from 'hono';

/** Named texts of a request, wherever they stood. */
export type Fields = Readonly<Record<string, string | undefined>>;

/** The fields of a form body; of a name that comes twice, the first. Empty where the body is no form. */
export async function formFields(request: HonoRequest): Promise<Fields> {
  if (!isForm(request)) return {};
  return firstOfEach(new URLSearchParams(await request.text()));
}

/** The object of a JSON body, or `null` where it is none. */
export async function jsonObject(request: HonoRequest): Promise<Readonly<Record<string, unknown>> | null> {
  try {
    const value: unknown = JSON.parse(await request.text());
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? Object.fromEntries(Object.entries(value)) : null;
  } catch {
    return null;
  }
}

/** The texts of a JSON body; other values are left out. `null` where it is no object. */
export async function jsonFields(request: HonoRequest): Promise<Fields | null> {
  const object = await jsonObject(request);
  if (object === null) return null;
  return Object.fromEntries(
    Object.entries(object).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

export function isForm(request: HonoRequest): boolean {
  return hasMediaType(request, 'application/x-www-form-urlencoded');
}

export function isJson(request: HonoRequest): boolean {
  return hasMediaType(request, 'application/json');
}

/** What follows a scheme in the `Authorization` header, or `null`. */
export function authorizationOf(request: HonoRequest, scheme: 'Basic' | 'Bearer'): string | null {
  const header = request.header('authorization') ?? '';
  const [name = '', value = ''] = header.split(/ +/, 2);
  return name.toLowerCase() === scheme.toLowerCase() && value !== '' ? value : null;
}

/** The two parts of Basic credentials, or `null` where they are not Base64 or have no colon. */
export function basicCredentials(request: HonoRequest): { name: string; secret: string } | null {
  const encoded = authorizationOf(request, 'Basic');
  if (encoded === null || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? null : { name: text.slice(0, colon), secret: text.slice(colon + 1) };
}

function hasMediaType(request: HonoRequest, type: string): boolean {
  return (request.header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() === type;
}

function firstOfEach(parameters: URLSearchParams): Fields {
  return Object.fromEntries([...parameters].reverse());
}
