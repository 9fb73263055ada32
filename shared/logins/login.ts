import { z } from 'zod';
import { HTTP_TOKEN } from '../http-token.ts';
import { referencesIn } from '../requests/template.ts';
import { parseJsonPaths } from './json-path.ts';

/** What a login's templates may refer to, as `{{username}}`. */
export const LOGIN_PLACES = [
  'username',
  'password',
  'domain',
  'clientId',
  'accessToken',
  'refreshToken',
  /** What the provider gives to continue a sign-in with, and what the user is sent. */
  'twoFactorToken',
  'code',
] as const;
export type LoginPlace = (typeof LOGIN_PLACES)[number];

function isTemplate(text: string): boolean {
  return referencesIn(text).every((name) => LOGIN_PLACES.some((place) => place === name));
}

const template = (limit: number) =>
  z
    .string()
    .max(limit, `a template has at most ${limit} characters`)
    .refine(isTemplate, `a template refers to ${LOGIN_PLACES.map((place) => `{{${place}}}`).join(', ')}`);

const entrySchema = z.strictObject({
  name: z.string().trim().min(1, 'a field has a name').max(500),
  value: template(10_000),
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const loginBodySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  /** Each string in it is a template; a member whose only place has no value is left out. */
  z.strictObject({
    kind: z.literal('json'),
    text: template(20_000).refine(isJson, 'this is not JSON'),
  }),
  /** A field whose only place has no value is left out. */
  z.strictObject({ kind: z.literal('form'), fields: z.array(entrySchema).max(50) }),
]);

const loginRequestSchema = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE'], 'a method is GET, POST, PUT or DELETE').default('POST'),
  /** A whole URL, or a path below the app's base URL. */
  url: template(5_000).trim().min(1, 'a URL or path is needed'),
  body: loginBodySchema.default({ kind: 'none' }),
  /** Whether the access token goes along as with other requests. */
  withAccessToken: z.boolean().default(false),
});
export type LoginRequest = z.output<typeof loginRequestSchema>;

const pathsSchema = z
  .string()
  .trim()
  .max(1000, 'paths have at most 1,000 characters')
  .refine(
    (text) => parseJsonPaths(text) !== null,
    'a path looks like data.access_token or tokens[0].value; several with commas in between',
  );

/**
 * Where in the JSON of an answer its parts stand: paths such as `data.access_token`, several with commas in
 * between, of which the first that leads to a value counts; empty: nowhere.
 */
export const loginAnswerSchema = z.strictObject({
  accessToken: pathsSchema.min(1, 'where the access token stands is needed'),
  refreshToken: pathsSchema.default(''),
  /** Seconds from the answer on. */
  expiresIn: pathsSchema.default(''),
  /** An instant: RFC 3339, or seconds or milliseconds since 1970. */
  expiresAt: pathsSchema.default(''),
  tokenType: pathsSchema.default(''),
  /** Seconds until the refresh token is of no use any more. */
  refreshExpiresIn: pathsSchema.default(''),
});
export type LoginAnswer = z.output<typeof loginAnswerSchema>;

export const LOGIN_FIELDS = [
  'accessToken',
  'refreshToken',
  'expiresIn',
  'expiresAt',
  'tokenType',
  'refreshExpiresIn',
] as const satisfies readonly (keyof LoginAnswer)[];
export type LoginField = (typeof LOGIN_FIELDS)[number];

const twoFactorSchema = z.strictObject({
  /** Where a sign-in's answer has what the next steps need: where it is, a code is asked for. */
  token: pathsSchema.min(1, 'where the two-factor token stands is needed'),
  /** Has the code sent to the user; `null`: that happens by itself, or an app on the phone makes it. */
  sendCode: loginRequestSchema.nullable().default(null),
  /** Answers as a sign-in does. */
  verifyCode: loginRequestSchema,
});

export const ACCESS_TOKEN_PLACES = ['bearer', 'header', 'query', 'form'] as const;

/** How the access token travels: as `Authorization: Bearer`, or under `name` as header, URL parameter or form field. */
const sentAsSchema = z
  .strictObject({
    place: z.enum(ACCESS_TOKEN_PLACES).default('bearer'),
    name: z.string().trim().max(200, 'a name here has at most 200 characters').default(''),
  })
  .refine(({ place, name }) => place === 'bearer' || name !== '', {
    path: ['name'],
    message: 'the header, parameter or form field needs a name',
  })
  .refine(({ place, name }) => place !== 'header' || HTTP_TOKEN.test(name), {
    path: ['name'],
    message: 'this is not the name of a header',
  });

/** A provider's login, as data: what is sent, and where in the answer things are. */
export const loginDescriptionSchema = z.strictObject({
  signIn: loginRequestSchema,
  answer: loginAnswerSchema,
  /** For providers that answer 200 to everything: what stands at `path` where it worked. */
  success: z
    .strictObject({ path: pathsSchema.min(1, 'a path is needed'), value: z.string().max(200) })
    .nullable()
    .default(null),
  twoFactor: twoFactorSchema.nullable().default(null),
  /** Asked with a new access token where its answer does not say when it ends; answers in the same places. */
  expiry: loginRequestSchema.nullable().default(null),
  /** `null`: it is renewed by signing in again. */
  refresh: loginRequestSchema.nullable().default(null),
  endSession: loginRequestSchema.nullable().default(null),
  sentAs: sentAsSchema.default({ place: 'bearer', name: '' }),
});
export type LoginDescription = z.output<typeof loginDescriptionSchema>;
export type LoginDescriptionInput = z.input<typeof loginDescriptionSchema>;

const CONTROL = /\p{Cc}/u;
const line = (what: string) =>
  z
    .string()
    .max(500, `${what} has at most 500 characters`)
    .refine((text) => !CONTROL.test(text), `${what} is one line`);

/** The login of one token. The password is sealed with its other secrets, or not kept. */
export const loginSchema = z.strictObject({
  description: loginDescriptionSchema,
  username: line('a user name').default(''),
  domain: line('a domain').default(''),
  clientId: line('a client ID').default(''),
  /** Whether the password is kept; if not, it is asked for each time. */
  keepsPassword: z.boolean().default(true),
});
export type Login = z.output<typeof loginSchema>;
export type LoginInput = z.input<typeof loginSchema>;

/** A login that a provider documents, ready to be used. */
export interface LoginPreset {
  readonly id: string;
  readonly name: string;
  readonly description: LoginDescription;
}

/** What trying a login out has shown: where things stand, and no values. */
export interface LoginTrial {
  readonly status: number;
  /** Whether the sign-in worked, or asks for a code. */
  readonly outcome: 'signed-in' | 'two-factor' | 'refused';
  readonly found: readonly LoginField[];
  /** Paths of the answer's JSON that lead to a value. */
  readonly paths: readonly string[];
  /** In words, secrets redacted. */
  readonly message: string;
}
