import { z } from 'zod';

/** One token that the practice API has made, as its first line of `--json` output lists it. */
const practiceTokenSchema = z.object({
  provider: z.string(),
  baseUrl: z.string(),
  scheme: z.string(),
  field: z.string().optional(),
  tokenId: z.string().optional(),
  secret: z.string(),
  note: z.string().optional(),
});
export type PracticeToken = z.infer<typeof practiceTokenSchema>;

/** A user name and password that the practice API exchanges for a token. */
const practiceLoginSchema = z.object({
  provider: z.string(),
  baseUrl: z.string(),
  username: z.string(),
  password: z.string(),
  domain: z.string().optional(),
  /** Whether a code is asked for after the password; `code` is the one that works. */
  twoFactor: z.boolean().optional(),
  code: z.string().optional(),
  note: z.string().optional(),
});
export type PracticeLogin = z.infer<typeof practiceLoginSchema>;

export const PRACTICE_OAUTH_FLOWS = ['authorization_code', 'client_credentials', 'device_code'] as const;

/** A client that the practice API's authorization server knows; one without a secret is public. */
const practiceOAuthClientSchema = z.object({
  issuer: z.url(),
  clientId: z.string(),
  clientSecret: z.string().optional(),
  flows: z.array(z.enum(PRACTICE_OAUTH_FLOWS)),
  /** Loopback addresses; any port is taken. */
  redirectUris: z.array(z.url()),
  scopes: z.array(z.string()),
  note: z.string().optional(),
});
export type PracticeOAuthClient = z.infer<typeof practiceOAuthClientSchema>;

/** The first line that the practice API prints with `--json`. */
export const practiceAnnouncementSchema = z.object({
  url: z.url(),
  tokens: z.array(practiceTokenSchema),
  logins: z.array(practiceLoginSchema).default([]),
  oauth: z.array(practiceOAuthClientSchema).default([]),
});
export type PracticeAnnouncement = z.infer<typeof practiceAnnouncementSchema>;

export interface PracticeStatus {
  /** `null` while it is not running. */
  readonly url: string | null;
}
