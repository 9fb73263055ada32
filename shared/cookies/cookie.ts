import { z } from 'zod';
import { HTTP_TOKEN } from '../http-token.ts';

/** Longest value that is kept, as browsers have it: name and value together. */
export const COOKIE_BYTES = 4096;

const CONTROL = /\p{Cc}/u;

const cookieNameSchema = z
  .string()
  .min(1, 'a cookie needs a name')
  .max(COOKIE_BYTES, 'a cookie has at most 4,096 bytes')
  .regex(HTTP_TOKEN, 'the name of a cookie is one word, such as session');

/** What a header cannot hold, or would end the value, is refused. */
const cookieValueSchema = z
  .string()
  .max(COOKIE_BYTES, 'a cookie has at most 4,096 bytes')
  .refine(
    (value) => !CONTROL.test(value) && !value.includes(';'),
    'the value of a cookie has no semicolon and no control characters',
  );

const domainSchema = z
  .string()
  .trim()
  .toLowerCase()
  .transform((domain) => domain.replace(/^\./, ''))
  .pipe(
    z
      .string()
      .min(1, 'a cookie needs a domain')
      .max(253, 'a domain has at most 253 characters')
      .regex(/^(\[[\da-f:.]+\]|[^\s/:;,@?#\\]+)$/, 'a domain is a host alone, such as api.example.com'),
  );

const pathSchema = z
  .string()
  .max(1000, 'a path has at most 1,000 characters')
  .refine((path) => path.startsWith('/') && !/[;\p{Cc}]/u.test(path), 'the path of a cookie begins with /')
  .default('/');

const keyFields = { domain: domainSchema, path: pathSchema, name: cookieNameSchema };

/** What tells one cookie of an app from the others. */
export const cookieKeySchema = z.strictObject(keyFields);
export type CookieKey = z.output<typeof cookieKeySchema>;

const attributeFields = {
  /** Goes to the domain itself only, not to what is below it. */
  hostOnly: z.boolean().default(true),
  /** Goes over https only, and to this computer. */
  secure: z.boolean().default(false),
  httpOnly: z.boolean().default(false),
  sameSite: z.enum(['strict', 'lax', 'none']).nullable().default(null),
  /** RFC 3339 in UTC; `null`: until it is removed. */
  expiresAt: z.iso.datetime('an expiry is a date such as 2027-01-31').nullable().default(null),
};

/** A cookie as its owner types it. @see Cookies.set */
export const newCookieSchema = z.strictObject({
  ...keyFields,
  ...attributeFields,
  /** `null`: the one of that name keeps its value. */
  value: cookieValueSchema.nullable(),
});
export type NewCookie = z.input<typeof newCookieSchema>;

/** A cookie as it is kept. */
export const cookieSchema = z.object({
  domain: z.string(),
  path: z.string(),
  name: z.string(),
  value: z.string(),
  ...attributeFields,
  createdAt: z.iso.datetime(),
});
export type Cookie = z.output<typeof cookieSchema>;

/** As it is listed: a value is a credential, and is shown one at a time. */
export type CookieListItem = Omit<Cookie, 'value'>;

export function isSameCookie(one: CookieKey, other: CookieKey): boolean {
  return one.domain === other.domain && one.path === other.path && one.name === other.name;
}
