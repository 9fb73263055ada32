import { z } from 'zod';

const TLS_VERSIONS = ['TLSv1.2', 'TLSv1.3'] as const;
const IP_VERSIONS = ['any', '4', '6'] as const;
export const PROXY_PROTOCOLS = ['http:', 'https:', 'socks5:'] as const;

const path = z.string().min(1).max(4096, 'a path has at most 4,096 characters');
const recordIdSchema = z.uuid();
const userNameSchema = z
  .string()
  .max(255, 'a user name for a proxy has at most 255 characters')
  .regex(/^[^:\p{Cc}]*$/u, 'a user name for a proxy has no colon and no control characters')
  .transform((name) => (name === '' ? null : name))
  .nullable();

/** `http://`, `https://` or `socks5://`, host and port; user name and password stand beside it. */
const proxyUrlSchema = z
  .string()
  .trim()
  .max(2000, 'the URL of a proxy has at most 2,000 characters')
  .refine(
    (text) => URL.canParse(text) && new URL(text).hostname !== '',
    'a proxy looks like http://proxy.example.com:3128 or socks5://localhost:1080',
  )
  .transform((text) => new URL(text))
  .refine(
    ({ protocol }) => PROXY_PROTOCOLS.some((each) => each === protocol),
    'a proxy starts with http://, https:// or socks5://',
  )
  .refine(
    ({ username, password }) => username === '' && password === '',
    'user name and password of the proxy do not belong into its URL: give them by themselves',
  )
  .refine(
    ({ pathname, search, hash }) => pathname.length <= 1 && search === '' && hash === '',
    'a proxy has no path',
  )
  .transform(({ protocol, host }) => `${protocol}//${host}`);

/** An address for a host, in place of what its name says; `port: null`: for every port. */
const hostOverrideSchema = z.strictObject({
  host: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[^\s/:@[\]]{1,253}$/, 'a host is a name such as api.example.com'),
  port: z.int().min(1, 'a port is from 1 to 65535').max(65_535, 'a port is from 1 to 65535').nullable(),
  address: z.union([z.ipv4(), z.ipv6()], 'an address is one such as 127.0.0.1 or ::1'),
});
export type HostOverride = z.output<typeof hostOverrideSchema>;

const proxySchema = z.discriminatedUnion('kind', [
  /**
   * What HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY say; where they name none, in the window, what the system's
   * settings say. Never for this computer itself.
   */
  z.strictObject({ kind: z.literal('system') }),
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('own'), url: proxyUrlSchema, userName: userNameSchema.default(null) }),
]);

const fields = {
  proxy: proxySchema,
  /** Absolute paths of PEM files with authorities to trust beside the system's. */
  caFiles: z.array(path).max(20, 'at most 20 files of authorities'),
  /** `false`: whoever answers is believed. */
  verifiesCertificates: z.boolean(),
  minTlsVersion: z.enum(TLS_VERSIONS, `a TLS version is one of ${TLS_VERSIONS.join(', ')}`),
  hostOverrides: z.array(hostOverrideSchema).max(100, 'at most 100 hosts with an address of their own'),
  ipVersion: z.enum(IP_VERSIONS, `an IP version is one of ${IP_VERSIONS.join(', ')}`),
  /** Socket of this computer that takes the place of every connection; the URL still names host and path. */
  unixSocket: path.nullable(),
  http2: z.boolean(),
} as const;

/** A client certificate that is kept; its key is sealed beside the tokens. */
const clientCertificateSchema = z.object({
  kind: z.enum(['pem', 'pfx']),
  /** Whom it is for; `null`: a PFX says so only to its passphrase. */
  subject: z.string().nullable(),
  validTo: z.iso.datetime().nullable(),
  recordId: recordIdSchema,
  passphraseId: recordIdSchema.nullable(),
});
export type ClientCertificate = z.output<typeof clientCertificateSchema>;

/** How an app's connections are made, as kept in its sealed profile. Secrets are records, named by their ids. */
export const connectionSettingsSchema = z.object({
  proxy: fields.proxy.default({ kind: 'system' }),
  proxyPasswordId: recordIdSchema.nullable().default(null),
  caFiles: fields.caFiles.default([]),
  clientCertificate: clientCertificateSchema.nullable().default(null),
  verifiesCertificates: fields.verifiesCertificates.default(true),
  minTlsVersion: fields.minTlsVersion.default('TLSv1.2'),
  hostOverrides: fields.hostOverrides.default([]),
  ipVersion: fields.ipVersion.default('any'),
  unixSocket: fields.unixSocket.default(null),
  http2: fields.http2.default(true),
});
export type ConnectionSettings = z.output<typeof connectionSettingsSchema>;

export const DEFAULT_CONNECTION: ConnectionSettings = connectionSettingsSchema.parse({});

const secretText = z.string().max(1000, 'a password here has at most 1,000 characters');

/** PEM text or PFX bytes in Base64: what files hold. Small enough for any chain, too small for a mistake. */
const keyMaterial = z.string().min(1).max(200_000, 'this is too large for a certificate and its key');

export const newClientCertificateSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('pem'),
    certificate: keyMaterial,
    key: keyMaterial,
    passphrase: secretText.nullable().default(null),
  }),
  z.strictObject({
    kind: z.literal('pfx'),
    pfx: keyMaterial,
    passphrase: secretText.nullable().default(null),
  }),
]);
export type NewClientCertificate = z.input<typeof newClientCertificateSchema>;

/** What is left out stays; a secret that is `null` is taken away. */
export const connectionChangesSchema = z
  .strictObject({ ...fields, proxyPassword: secretText.nullable() })
  .partial();
export type ConnectionChanges = z.input<typeof connectionChangesSchema>;
