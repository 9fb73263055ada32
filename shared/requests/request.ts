import { z } from 'zod';
import { HTTP_TOKEN } from '../http-token.ts';
import { assertionSchema } from './assertion.ts';

const NO_METHOD = 'a method is one word, such as GET';

export const COMMON_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;

/** Longest body that is typed or pasted into a request. */
export const REQUEST_BODY_CHARACTERS = 5_000_000;

const entrySchema = z.strictObject({
  name: z.string().max(10_000, 'a name here has at most 10,000 characters'),
  value: z.string().max(100_000, 'a value here has at most 100,000 characters'),
  enabled: z.boolean().default(true),
});
/** One header or form field. Disabled entries are kept and not sent. */
export type RequestEntry = z.output<typeof entrySchema>;

const bodyText = z.string().max(REQUEST_BODY_CHARACTERS, 'a body has at most 5,000,000 characters');

const contentTypeSchema = z
  .string()
  .trim()
  .max(200, 'a content type has at most 200 characters')
  .regex(/^[!-~][ -~]*$/, 'a content type is one line, such as image/png')
  .nullable()
  .default(null);

const filePathSchema = z.string().min(1, 'a file is needed').max(4096, 'a path has at most 4,096 characters');

const multipartPartSchema = z.strictObject({
  kind: z.enum(['text', 'file']),
  name: z.string().max(10_000, 'a name here has at most 10,000 characters'),
  /** Text, or the path of a file: absolute, or below the folder of the request's collection. */
  value: z.string().max(100_000, 'a value here has at most 100,000 characters'),
  contentType: contentTypeSchema,
  enabled: z.boolean().default(true),
});
export type MultipartPart = z.output<typeof multipartPartSchema>;

export const REQUEST_BODY_KINDS = [
  'none',
  'json',
  'text',
  'xml',
  'graphql',
  'form',
  'multipart',
  'file',
] as const;

const requestBodySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('json'), text: bodyText }),
  z.strictObject({ kind: z.literal('text'), text: bodyText }),
  z.strictObject({ kind: z.literal('xml'), text: bodyText }),
  z.strictObject({ kind: z.literal('form'), fields: z.array(entrySchema).max(1000) }),
  z.strictObject({ kind: z.literal('multipart'), parts: z.array(multipartPartSchema).max(1000) }),
  z.strictObject({ kind: z.literal('file'), path: filePathSchema, contentType: contentTypeSchema }),
  /** `variables` is JSON, or empty. */
  z.strictObject({ kind: z.literal('graphql'), query: bodyText, variables: bodyText.default('') }),
]);
export type RequestBody = z.output<typeof requestBodySchema>;

/**
 * Which token a request uses, by name within its app: a request never holds a value.
 * `inherit`: the collection's, then the app's default token, or its only one.
 */
const requestAuthSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('inherit') }),
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('token'), name: z.string().min(1, 'a token is named').max(1000) }),
]);
export type RequestAuth = z.output<typeof requestAuthSchema>;

export const requestSchema = z.strictObject({
  method: z
    .string()
    .max(40, NO_METHOD)
    .regex(HTTP_TOKEN, NO_METHOD)
    .default('GET')
    .transform((method) => method.toUpperCase()),
  /** A whole URL, or a path below the app's base URL; may hold `{{variables}}`. */
  url: z.string().trim().min(1, 'a URL or path is needed').max(50_000, 'a URL has at most 50,000 characters'),
  headers: z.array(entrySchema).max(500, 'a request has at most 500 headers').default([]),
  body: requestBodySchema.default({ kind: 'none' }),
  auth: requestAuthSchema.default({ kind: 'inherit' }),
  /** For the whole request, hops included, in milliseconds; each further try has as much again. */
  timeoutMs: z.int().min(1, 'a timeout is at least 1 ms').max(86_400_000).default(30_000),
  /** 0: redirects are shown, not followed. */
  maxRedirects: z.int().min(0).max(100, 'at most 100 redirects are followed').default(10),
  /** Sends the app's cookies, and keeps what the answer sets. */
  cookies: z.boolean().default(true),
  /** Further tries after what passes by itself, where the method allows it. */
  retries: z.int().min(0).max(10, 'at most 10 further tries are made').default(0),
  assertions: z.array(assertionSchema).max(500).default([]),
});

/** A request as it is composed, saved and run. */
export type Request = z.output<typeof requestSchema>;
export type RequestInput = z.input<typeof requestSchema>;
