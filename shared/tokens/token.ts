import { z } from 'zod';
import { appIdSchema } from '../apps/app.ts';
import { HTTP_TOKEN } from '../http-token.ts';
import { loginSchema } from '../logins/login.ts';
import { oauthSchema } from '../logins/oauth.ts';
import { nameSchema } from '../name.ts';
import { providerIdSchema } from '../providers/provider.ts';
import { isOwnHeader } from '../requests/own-headers.ts';
import type { TokenState } from './token-state.ts';

export const TOKEN_SCHEMES = ['basic', 'bearer', 'query', 'header', 'login', 'oauth2'] as const;

/**
 * How a token travels:
 * `basic` as `Authorization: Basic base64(id:secret)`, `bearer` as `Authorization: Bearer secret`,
 * `query` as the parameter `field` of the URL or of a form body, `header` as the header `field`,
 * `login` as its login says, and `oauth2` as `Authorization: Bearer`: an access token that Tessera gets and renews.
 */
export type TokenScheme = (typeof TOKEN_SCHEMES)[number];
export const tokenSchemeSchema = z.enum(TOKEN_SCHEMES, `a scheme is one of ${TOKEN_SCHEMES.join(', ')}`);

/** Whether Tessera gets the access token itself: the secret that is kept is a bundle of several. */
export function isObtained({ scheme }: { readonly scheme: TokenScheme }): boolean {
  return scheme === 'login' || scheme === 'oauth2';
}

const PARAMETER_PLACES = ['url', 'form'] as const;

const ACTORS = ['person', 'bot'] as const;
export type Actor = (typeof ACTORS)[number];

export const tokenIdSchema = z.uuid('a token is named by its id');

/** Longest secret that is kept: room for a large JWT, no room for a file pasted by mistake. */
export const SECRET_BYTES = 64 * 1024;

const CONTROL = /\p{Cc}/u;

export const secretSchema = z
  .string()
  .min(1, 'the secret is empty')
  .max(SECRET_BYTES, 'a secret has at most 65,536 characters')
  .refine((secret) => !CONTROL.test(secret), 'a secret has no line breaks or other control characters');

const scopeSchema = z
  .string()
  .trim()
  .min(1, 'a scope is not empty')
  .max(200, 'a scope has at most 200 characters')
  .refine((scope) => !/[\s\p{Cc}]/u.test(scope), 'a scope has no spaces');

const tokenFields = {
  name: nameSchema,
  scheme: tokenSchemeSchema,
  /** `query`: the parameter; `header`: the header. */
  field: z.string().trim().max(200, 'a field name has at most 200 characters').nullable().default(null),
  /** `query`: whether the parameter stands in the URL, or in a form body, where it is not logged on the way. */
  sentIn: z.enum(PARAMETER_PLACES, 'a parameter stands in the url or in a form').default('url'),
  login: loginSchema.nullable().default(null),
  oauth: oauthSchema.nullable().default(null),
  /** `basic`: the public half, such as sipgate's token ID. */
  tokenId: z
    .string()
    .trim()
    .max(500, 'a token ID has at most 500 characters')
    .refine(
      (id) => !CONTROL.test(id) && !id.includes(':'),
      'a token ID has no colon and no control characters',
    )
    .nullable()
    .default(null),
  scopes: z.array(scopeSchema).max(500, 'a token has at most 500 scopes').default([]),
  /** The instant after which the provider refuses it, RFC 3339 in UTC; `null`: it never expires, or nobody has said. */
  expiresAt: z.iso.datetime('an expiry is a date such as 2027-01-31').nullable().default(null),
  /** Without an `expiresAt`: whether it never expires, or nobody has said when it does. */
  isExpiryKnown: z.boolean().default(true),
  notes: z.string().max(10_000, 'notes have at most 10,000 characters').default(''),
  /** Whose token it is, where that is not its app's provider. */
  provider: providerIdSchema.nullable().default(null),
  /** Whom requests with it speak for: the person who made it, or a bot of its own. */
  actsAs: z.enum(ACTORS, `a token acts as ${ACTORS.join(' or ')}`).default('person'),
};

/** What asking the provider has shown. `unclear`: no answer came, or one that says nothing about the token. */
const tokenCheckSchema = z.object({
  at: z.iso.datetime(),
  outcome: z.enum(['accepted', 'refused', 'unclear']),
  /** Who the provider says the token belongs to. */
  identity: z.string().max(1000).nullable(),
  /** In words, secrets redacted. */
  message: z.string().max(10_000),
  /** When the provider says that it ends; `null`: it does not say. */
  expiresAt: z.iso.datetime().or(z.literal('never')).nullable().default(null),
  /** What the provider says that it may do; `null`: it does not say. */
  scopes: z.array(scopeSchema).max(500).nullable().default(null),
});
export type TokenCheck = z.output<typeof tokenCheckSchema>;

const instant = z.iso.datetime().nullable().default(null);

/** What happens to a token, as Tessera notes it; nobody types it. */
const lifeFields = {
  createdAt: z.iso.datetime(),
  /** When its present value came, where that was after `createdAt`. */
  rotatedAt: instant,
  /** When a request last carried it. */
  lastUsedAt: instant,
  /** When its owner said that somebody else may have it. */
  compromisedAt: instant,
  /** A value that another has taken the place of: it is kept until then, because it may still work. */
  retiresAt: instant,
  /** The token that has taken its place. */
  replacedBy: tokenIdSchema.nullable().default(null),
  /** What the provider calls it, where its API manages tokens. */
  remoteId: z.string().max(500).nullable().default(null),
  check: tokenCheckSchema.nullable().default(null),
  /** `login`, `oauth2`: when the access token was got; `null`: there is none. */
  connectedAt: instant,
  /** `login`, `oauth2`: when what renews the access token ends, where that is known. */
  refreshExpiresAt: instant,
  /** `login`, `oauth2`: whether Tessera has what it takes to renew the access token by itself. */
  isRenewable: z.boolean().default(false),
  /** `login`, `oauth2`: how many access tokens there have been. */
  renewals: z.int().min(0).default(0),
};

interface SchemeFields {
  readonly scheme: TokenScheme;
  readonly field: string | null;
  readonly tokenId: string | null;
  readonly sentIn: (typeof PARAMETER_PLACES)[number];
  readonly login: unknown;
  readonly oauth: unknown;
}

/** What a scheme needs beside the secret. */
function checkSchemeFields(token: SchemeFields, context: z.RefinementCtx): void {
  const issue = (path: string, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message });
  if (token.scheme === 'basic' && !token.tokenId) {
    issue('tokenId', 'the scheme basic needs a token ID');
  }
  if (token.scheme === 'query' && !token.field) {
    issue('field', 'the scheme query needs the name of its URL parameter');
  }
  if (token.scheme === 'header' && !HTTP_TOKEN.test(token.field ?? '')) {
    issue('field', 'the scheme header needs the name of its header, such as X-Api-Key');
  }
  if (token.scheme === 'header' && isOwnHeader(token.field ?? '')) {
    issue('field', 'Tessera sets this header from the URL and the body: a token needs another');
  }
  if (token.scheme === 'login' && token.login === null) {
    issue('login', 'the scheme login needs the description of the login');
  }
  if (token.scheme === 'oauth2' && token.oauth === null) {
    issue('oauth', 'the scheme oauth2 needs a grant, a client ID and endpoints');
  }
}

export const newTokenSchema = z
  .strictObject({
    ...tokenFields,
    /** `login`: the password; `oauth2`: the client secret. Those two may do without. */
    secret: secretSchema.or(z.literal('')).default(''),
  })
  .superRefine((token, context) => {
    checkSchemeFields(token, context);
    if (token.secret === '' && !isObtained(token)) {
      context.addIssue({ code: 'custom', path: ['secret'], message: 'the secret is empty' });
    }
    if (token.secret === '' && token.scheme === 'oauth2' && token.oauth?.clientAuthentication !== 'none') {
      context.addIssue({ code: 'custom', path: ['secret'], message: 'this client needs its secret' });
    }
  });

/** What people give to keep a token. */
export type NewToken = z.input<typeof newTokenSchema>;

/** A token whose secret Tessera makes itself. */
export const newTokenWithoutSecretSchema = z.strictObject(tokenFields).superRefine(checkSchemeFields);

/** All that people can change of a token but its secret; what is left out stays as it is. */
export const tokenChangesSchema = z
  .strictObject({
    name: tokenFields.name,
    scheme: tokenFields.scheme,
    field: tokenFields.field.unwrap(),
    sentIn: tokenFields.sentIn.unwrap(),
    login: tokenFields.login.unwrap(),
    oauth: tokenFields.oauth.unwrap(),
    tokenId: tokenFields.tokenId.unwrap(),
    scopes: tokenFields.scopes.unwrap(),
    expiresAt: tokenFields.expiresAt.unwrap(),
    isExpiryKnown: tokenFields.isExpiryKnown.unwrap(),
    notes: tokenFields.notes.unwrap(),
    provider: tokenFields.provider.unwrap(),
    actsAs: tokenFields.actsAs.unwrap(),
  })
  .partial();
export type TokenChanges = z.input<typeof tokenChangesSchema>;

/** What is sealed beside the secret, in an envelope of its own. */
export const tokenMetadataSchema = z.object({ ...tokenFields, ...lifeFields });
/** The same, held to what its scheme needs: for a token that people have changed. */
export const changedTokenSchema = tokenMetadataSchema.superRefine(checkSchemeFields);
export type TokenMetadata = z.output<typeof tokenMetadataSchema>;

/** What people have said of a token, but for its name. */
export const tokenParametersSchema = z.object(tokenFields).omit({ name: true });

/** When a token ends, as far as anybody has said. */
export type TokenExpiry = Pick<TokenMetadata, 'expiresAt' | 'isExpiryKnown'>;

/** One credential of one app, without its secret. */
export interface Token extends TokenMetadata {
  readonly id: string;
  readonly appId: string;
}

/** A token as it is listed: with its state at that moment. */
export interface TokenListItem extends Token {
  readonly state: TokenState;
}

export const tokenKeySchema = z.strictObject({ appId: appIdSchema, tokenId: tokenIdSchema });
export type TokenKey = z.infer<typeof tokenKeySchema>;

export function keyOf({ appId, id }: Pick<Token, 'appId' | 'id'>): TokenKey {
  return { appId, tokenId: id };
}
