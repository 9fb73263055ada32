import { z } from 'zod';
import { connectionSettingsSchema, DEFAULT_CONNECTION } from '../connections/connection-settings.ts';
import { nameSchema } from '../name.ts';
import { providerIdSchema } from '../providers/provider.ts';
import { allowedOriginSchema, isLoopbackHost } from './allowed-origin.ts';

export const appIdSchema = z.uuid('an app is named by its id');
export const appKeySchema = z.strictObject({ appId: appIdSchema });

/** Where an app's relative URLs start: absolute http(s), without user name, query or fragment. */
export const baseUrlSchema = z
  .string()
  .trim()
  .max(2000, 'a base URL has at most 2,000 characters')
  .refine((text) => !/[{}]/.test(text), 'replace what stands in braces by your own')
  .refine((text) => URL.canParse(text), 'a base URL looks like https://api.example.com/v2')
  .transform((text) => new URL(text))
  .refine(
    (url) => url.protocol === 'https:' || url.protocol === 'http:',
    'a base URL starts with https:// or http://',
  )
  .refine(
    (url) => url.username === '' && url.password === '',
    'a base URL has no user name or password in it',
  )
  .refine((url) => url.search === '' && url.hash === '', 'a base URL has no ? or # part')
  .transform((url) => url.href.replace(/\/$/, ''));

/** The request that tells whether a token works, where the provider has none, or another one is better. */
const appCheckSchema = z.strictObject({
  method: z.enum(['GET', 'POST', 'HEAD'], 'a check is a GET, POST or HEAD').default('GET'),
  path: z
    .string()
    .trim()
    .min(1, 'a check has a path, such as /me')
    .max(2000, 'the path of a check has at most 2,000 characters'),
});
export type AppCheck = z.infer<typeof appCheckSchema>;

/** A check as people write it: `GET /me`, or a path alone. @returns `null` where the text is neither */
export function parseAppCheck(text: string): AppCheck | null {
  const [, method = 'GET', path = ''] = /^(?:([A-Za-z]+)\s+)?(\S+)$/.exec(text.trim().slice(0, 3000)) ?? [];
  return appCheckSchema.safeParse({ method: method.toUpperCase(), path }).data ?? null;
}

export const newAppSchema = z.strictObject({
  name: nameSchema,
  provider: providerIdSchema.nullable().default(null),
  /** Without one, requests of the app are written with whole URLs. */
  baseUrl: baseUrlSchema.nullable().default(null),
  /** Left out: the origin of the base URL alone. */
  allowedOrigins: z.array(allowedOriginSchema).max(50, 'an app has at most 50 allowed origins').optional(),
  /** `null`: the provider's. */
  check: appCheckSchema.nullable().default(null),
});

/** What people give to make an app. */
export type NewApp = z.input<typeof newAppSchema>;

export const appChangesSchema = z.strictObject({
  name: nameSchema.optional(),
  provider: providerIdSchema.nullable().optional(),
  baseUrl: baseUrlSchema.nullable().optional(),
  allowedOrigins: z.array(allowedOriginSchema).max(50, 'an app has at most 50 allowed origins').optional(),
  defaultToken: nameSchema.nullable().optional(),
  check: appCheckSchema.nullable().optional(),
});
export type AppChanges = z.input<typeof appChangesSchema>;

/** What is sealed in the app's file beside its tokens. */
export const appProfileSchema = z.object({
  name: nameSchema,
  provider: providerIdSchema.nullable(),
  baseUrl: z.string().nullable(),
  allowedOrigins: z.array(z.string()),
  /** Name of the token for requests that say `inherit`; `null`: the app's only token, if it has just one. */
  defaultToken: z.string().nullable(),
  /** Collection folders of this app, absolute paths. */
  collections: z.array(z.string()),
  /** `null`: the provider's. */
  check: appCheckSchema.nullable().default(null),
  connection: connectionSettingsSchema.default(DEFAULT_CONNECTION),
  /** Findings about the app and its tokens that the user lets be, by id. */
  dismissedFindings: z.array(z.string()).default([]),
  createdAt: z.iso.datetime(),
});
export type AppProfile = z.infer<typeof appProfileSchema>;

/** An application that uses tokens. Its tokens go to its allowed origins and nowhere else. */
export interface App extends AppProfile {
  readonly id: string;
}

/** Origins that carry tokens unencrypted over a network: worth a warning, never for loopback. */
export function plaintextOrigins(origins: readonly string[]): string[] {
  return origins.filter(
    (origin) => origin.startsWith('http:') && !isLoopbackHost(new URL(origin.replace('*.', 'x.')).hostname),
  );
}
