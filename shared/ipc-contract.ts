import { type ZodType, z } from 'zod';
import type { Reply } from './app-error.ts';
import { type App, appChangesSchema, appIdSchema, newAppSchema } from './apps/app.ts';
import { type BackupPreview, type RestoreSummary, restoreModeSchema } from './backup/backup.ts';
import {
  type CollectionItem,
  type CollectionSummary,
  collectionPathSchema,
  type SavedRequest,
  saveRequestSchema,
} from './collections/collection.ts';
import type { RunProgress, RunSummary } from './collections/run.ts';
import type { ColumnText } from './column-text.ts';
import { connectionChangesSchema } from './connections/connection-settings.ts';
import { type CookieListItem, cookieKeySchema, newCookieSchema } from './cookies/cookie.ts';
import { dismissalSchema, type FindingCounts, type HealthReport } from './health/finding.ts';
import type { ConnectProgress } from './logins/connecting.ts';
import { type LoginTrial, loginSchema } from './logins/login.ts';
import { nameSchema } from './name.ts';
import type { PracticeStatus } from './practice/practice.ts';
import type { ProviderSummary } from './providers/provider.ts';
import { requestSchema } from './requests/request.ts';
import type { Response, SendProgress } from './requests/response.ts';
import { type BodyCharset, charsetSchema } from './responses/charset.ts';
import { type MaskedValues, saveMaskedSchema } from './responses/masked-value.ts';
import {
  type RowWindow,
  rowLayoutSchema,
  type SearchResult,
  type StreamEvent,
  textSearchSchema,
} from './responses/response-rows.ts';
import { type Settings, settingsChangesSchema } from './settings/settings.ts';
import {
  authoritySchema,
  type ManagementExchange,
  type RemoteComparison,
  type RemoteIssue,
  remoteWishSchema,
} from './tokens/remote-token.ts';
import { rotationSchema } from './tokens/rotation.ts';
import {
  newTokenSchema,
  newTokenWithoutSecretSchema,
  secretSchema,
  type TokenKey,
  type TokenListItem,
  tokenChangesSchema,
  tokenIdSchema,
  tokenKeySchema,
} from './tokens/token.ts';
import type { TokenCheckProgress, TokenCheckSummary } from './tokens/token-check.ts';
import { type IssuedSecret, secretShapeSchema, tokenValueSchema } from './tokens/token-value.ts';
import {
  type KeychainState,
  kdfCostNameSchema,
  keySlotIdSchema,
  newPassphraseSchema,
  type PassphraseStrength,
  passphraseSchema,
  personalKeySchema,
  type VaultReport,
  type VaultStatus,
  vaultKeySchema,
} from './vault/vault.ts';

/** One call from the window to the main process: the schema of what is given, the type of what is answered. */
export interface Channel<Input extends ZodType, Output> {
  readonly input: Input;
  /** Carries the type only; there is never a value. */
  readonly output?: Output;
}

function channel<Output>() {
  return <Input extends ZodType>(input: Input): Channel<Input, Output> => ({ input });
}

const nothing = z.undefined();
const ofApp = z.strictObject({ appId: appIdSchema });
/** Chosen by the window, so that it can cancel and tell progress apart. */
const ofConnection = z.strictObject({ connectId: z.uuid() });
/** Of one or several apps. */
const tokenKeysSchema = z.array(tokenKeySchema).min(1, 'no token was chosen').max(20_000);
const ofIssued = z.strictObject({ issueId: z.uuid() });
const ofRemoval = z.strictObject({ undoId: z.uuid() });
/** `callId` is chosen by the window, so that it can cancel. */
const atProvider = z.strictObject({ callId: z.uuid(), appId: appIdSchema, authority: authoritySchema });
const collectionIdSchema = z.string().min(1).max(4096);
const ofCollection = z.strictObject({ appId: appIdSchema, collectionId: collectionIdSchema });
const ofResponse = z.strictObject({ responseId: z.uuid() });
const rowsOfResponse = z.strictObject({ ...ofResponse.shape, layout: rowLayoutSchema });
const rowNumberSchema = z
  .int()
  .min(0)
  .max(2 ** 32);
const inCollection = z.strictObject({ ...ofCollection.shape, path: collectionPathSchema });

/**
 * The only list of channels. `feature.verb`; the preload, the handlers and the type of `window.tessera`
 * all follow from it.
 */
export const ipcContract = {
  'vault.status': channel<VaultStatus>()(nothing),
  'vault.create': channel<VaultStatus>()(z.strictObject({ passphrase: newPassphraseSchema })),
  'vault.unlock': channel<VaultStatus>()(vaultKeySchema),
  'vault.lock': channel<VaultStatus>()(nothing),
  /** The window is being used: puts off the automatic lock. */
  'vault.touch': channel<void>()(nothing),
  /** Lets dangerous actions pass for a while. */
  'vault.confirm': channel<void>()(personalKeySchema),
  'vault.keychain': channel<KeychainState>()(nothing),
  'vault.addKeychainSlot': channel<VaultStatus>()(nothing),
  /** The code is answered once and stored nowhere. */
  'vault.setRecoveryCode': channel<{ readonly code: string }>()(nothing),
  'vault.removeSlot': channel<VaultStatus>()(z.strictObject({ slotId: keySlotIdSchema })),
  'vault.setPassphrase': channel<VaultStatus>()(
    z.strictObject({ passphrase: newPassphraseSchema, cost: kdfCostNameSchema }),
  ),
  'vault.verify': channel<VaultReport>()(nothing),
  /** Moves what cannot be opened out of the vault; answers the file that it is in now. */
  'vault.setDamagedAside': channel<{ readonly path: string | null }>()(nothing),
  'vault.strength': channel<PassphraseStrength>()(z.strictObject({ passphrase: z.string().max(1024) })),

  'providers.list': channel<readonly ProviderSummary[]>()(nothing),

  'apps.list': channel<readonly App[]>()(nothing),
  'apps.create': channel<App>()(newAppSchema),
  'apps.update': channel<App>()(z.strictObject({ appId: appIdSchema, changes: appChangesSchema })),
  'apps.remove': channel<void>()(ofApp),

  /** Signs in, or goes on with a code; `null`: what is kept. Progress comes as `logins.progress`. */
  'logins.connect': channel<TokenListItem>()(
    z.strictObject({
      ...ofConnection.shape,
      ...tokenKeySchema.shape,
      password: secretSchema.nullable().default(null),
      code: z.string().trim().min(1, 'a code is needed').max(100).nullable().default(null),
    }),
  ),
  'logins.cancel': channel<void>()(ofConnection),
  /** Opens the page where the code of this sign-in is entered, after asking. */
  'logins.openCodePage': channel<void>()(ofConnection),
  'logins.refresh': channel<TokenListItem>()(tokenKeySchema),
  'logins.signOut': channel<{ readonly token: TokenListItem; readonly problem: string | null }>()(
    tokenKeySchema,
  ),
  /** Signs in with a login that is being described; keeps nothing, and answers no value of what came. */
  'logins.tryOut': channel<LoginTrial>()(
    z.strictObject({
      ...ofConnection.shape,
      appId: appIdSchema,
      login: loginSchema,
      password: secretSchema,
    }),
  ),

  /** Asks for a confirmation: this is where tokens go, and who can read them on the way. */
  'connections.change': channel<App>()(
    z.strictObject({ appId: appIdSchema, changes: connectionChangesSchema }),
  ),
  /** Asks for a file; `null`: the user thought better of it. */
  'connections.chooseAuthorities': channel<{ readonly path: string } | null>()(nothing),
  /** Asks for one file (PFX) or two (PEM); their paths stay in the main process. */
  'connections.chooseClientCertificate': channel<{ readonly fileNames: readonly string[] } | null>()(
    z.strictObject({ kind: z.enum(['pem', 'pfx']) }),
  ),
  /** Seals what was chosen. */
  'connections.setClientCertificate': channel<App>()(
    z.strictObject({ appId: appIdSchema, passphrase: z.string().max(1000).nullable() }),
  ),
  'connections.removeClientCertificate': channel<App>()(ofApp),
  /** Asks for a page without a token, by the settings as saved. */
  'connections.test': channel<Response>()(
    z.strictObject({ appId: appIdSchema, url: z.string().min(1).max(2000) }),
  ),

  /** Of one app, or of all with `appId: null`; as text, because there may be ten thousand. */
  'tokens.list': channel<ColumnText<TokenListItem>>()(z.strictObject({ appId: appIdSchema.nullable() })),
  'tokens.add': channel<TokenListItem>()(z.strictObject({ appId: appIdSchema, token: newTokenSchema })),
  /** With a secret that Tessera makes, for services that take the user's own. */
  'tokens.generate': channel<{ readonly token: TokenListItem; readonly issued: IssuedSecret }>()(
    z.strictObject({ appId: appIdSchema, token: newTokenWithoutSecretSchema, shape: secretShapeSchema }),
  ),
  'tokens.edit': channel<TokenListItem>()(
    z.strictObject({ ...tokenKeySchema.shape, changes: tokenChangesSchema }),
  ),
  /** `issued` where Tessera has made the value: whoever has given one knows it. */
  'tokens.rotate': channel<{ readonly token: TokenListItem; readonly issued: IssuedSecret | null }>()(
    z.strictObject({ ...tokenKeySchema.shape, value: tokenValueSchema, rotation: rotationSchema }),
  ),
  'tokens.markCompromised': channel<void>()(
    z.strictObject({ keys: tokenKeysSchema, isCompromised: z.boolean() }),
  ),
  /** At once; what is answered takes it back, until it is forgotten or the vault is locked. */
  'tokens.remove': channel<{ readonly undoId: string }>()(z.strictObject({ keys: tokenKeysSchema })),
  'tokens.undoRemove': channel<void>()(ofRemoval),
  'tokens.forgetRemoved': channel<void>()(ofRemoval),

  /** What was issued, to the clipboard, while it is being shown: it was confirmed when it was made. */
  'tokens.copyIssued': channel<{ readonly clearsAfter: number | null }>()(ofIssued),
  /** Asks where to; `null`: the user thought better of it. */
  'tokens.saveIssued': channel<{ readonly path: string | null }>()(ofIssued),
  /** It was looked at, and is shown to nobody again without a confirmation. */
  'tokens.closeIssued': channel<void>()(ofIssued),

  /** Asks where to, and writes what expires as a calendar; `null`: the user thought better of it. */
  'tokens.saveCalendar': channel<{ readonly path: string | null; readonly events: number }>()(nothing),

  /** Asks the provider about tokens of an app, about all of them with `null`. */
  'tokens.check': channel<TokenCheckSummary>()(
    z.strictObject({
      /** Chosen by the window, so that it can cancel and tell progress apart. */
      checkId: z.uuid(),
      appId: appIdSchema,
      tokenIds: z.array(tokenIdSchema).min(1).max(100_000).nullable(),
    }),
  ),
  'tokens.cancelCheck': channel<void>()(z.strictObject({ checkId: z.uuid() })),

  /** To the clipboard, in the main process; taken off again after the seconds that are answered (`null`: not). */
  'tokens.copySecret': channel<{ readonly clearsAfter: number | null }>()(tokenKeySchema),
  /** The only way for a stored secret into the window, which shows it for the seconds that are answered. */
  'tokens.reveal': channel<{ readonly secret: string; readonly hidesAfter: number }>()(tokenKeySchema),

  /** The provider's own list beside the vault's; what it says of tokens is taken over. */
  'remoteTokens.compare': channel<RemoteComparison>()(atProvider),
  /** What a token may be given, as the provider says at the moment. */
  'remoteTokens.scopes': channel<readonly string[]>()(atProvider),
  /** Made at the provider and kept. */
  'remoteTokens.create': channel<RemoteIssue>()(
    z.strictObject({ ...atProvider.shape, wish: remoteWishSchema }),
  ),
  'remoteTokens.edit': channel<RemoteIssue>()(
    z.strictObject({ ...atProvider.shape, tokenId: tokenIdSchema, wish: remoteWishSchema }),
  ),
  /** The value before is invalid at once. */
  'remoteTokens.regenerate': channel<RemoteIssue>()(
    z.strictObject({ ...atProvider.shape, tokenId: tokenIdSchema }),
  ),
  /** At the provider and in the vault; there is no way back. */
  'remoteTokens.revoke': channel<{ readonly exchanges: readonly ManagementExchange[] }>()(
    z.strictObject({ ...atProvider.shape, tokenIds: z.array(tokenIdSchema).min(1).max(1000) }),
  ),
  'remoteTokens.cancel': channel<void>()(z.strictObject({ callId: z.uuid() })),

  /** Asks where to; `null`: the user thought better of it. */
  'backup.save': channel<{ readonly path: string | null }>()(
    z.strictObject({ passphrase: newPassphraseSchema }),
  ),
  /** One app, to hand to somebody. */
  'backup.exportApp': channel<{ readonly path: string | null }>()(
    z.strictObject({ appId: appIdSchema, passphrase: newPassphraseSchema }),
  ),
  /** Asks for a backup; the path stays in the main process. */
  'backup.choose': channel<{ readonly fileName: string } | null>()(nothing),
  /** Opens the chosen backup, and says what restoring it would do. */
  'backup.preview': channel<BackupPreview>()(z.strictObject({ passphrase: passphraseSchema })),
  /** Restores the backup that was looked at. */
  'backup.restore': channel<RestoreSummary>()(z.strictObject({ mode: restoreModeSchema })),
  /** Makes a vault of the chosen backup where there is none, under the backup's passphrase. */
  'backup.restoreAsNew': channel<VaultStatus>()(z.strictObject({ passphrase: newPassphraseSchema })),
  'backup.undo': channel<void>()(nothing),

  'cookies.list': channel<readonly CookieListItem[]>()(ofApp),
  /** One value, for its owner, which the window shows for the seconds that are answered. */
  'cookies.reveal': channel<{ readonly value: string; readonly hidesAfter: number }>()(
    z.strictObject({ ...ofApp.shape, ...cookieKeySchema.shape }),
  ),
  'cookies.set': channel<CookieListItem>()(z.strictObject({ ...ofApp.shape, cookie: newCookieSchema })),
  'cookies.remove': channel<void>()(z.strictObject({ ...ofApp.shape, ...cookieKeySchema.shape })),
  /** Of one domain, or all. */
  'cookies.clear': channel<{ readonly removed: number }>()(
    z.strictObject({ ...ofApp.shape, domain: z.string().max(253).nullable().default(null) }),
  ),

  'requests.send': channel<{ readonly responseId: string; readonly response: Response }>()(
    z.strictObject({
      /** Chosen by the window, so that it can cancel before there is an answer. */
      sendId: z.uuid(),
      appId: appIdSchema,
      request: requestSchema,
      sendExpired: z.boolean().default(false),
      sendCompromised: z.boolean().default(false),
      /** The collection that the request was read from: it may send files of that folder. */
      collectionId: collectionIdSchema.nullable().default(null),
    }),
  ),
  /** Asks for a file to send; only what was chosen so, or lies in the request's collection, is sent. */
  'requests.chooseFile': channel<{ readonly path: string } | null>()(nothing),
  'requests.cancel': channel<void>()(z.strictObject({ sendId: z.uuid() })),

  /** Rows of a body; it may still be coming. */
  'responses.rows': channel<RowWindow>()(
    z.strictObject({ ...rowsOfResponse.shape, from: rowNumberSchema, count: z.int().min(1).max(500) }),
  ),
  /** Looks for text in all of it, and marks it in rows from then on; `null`: nothing any more. */
  'responses.search': channel<SearchResult>()(
    z.strictObject({
      ...rowsOfResponse.shape,
      search: textSearchSchema.nullable(),
      fromRow: rowNumberSchema.default(0),
    }),
  ),
  /** The row in which a match begins. */
  'responses.rowOfMatch': channel<number>()(
    z.strictObject({ ...rowsOfResponse.shape, index: rowNumberSchema }),
  ),
  'responses.rowOfLine': channel<number>()(z.strictObject({ ...rowsOfResponse.shape, line: z.int().min(1) })),
  /** Events of a stream that have come so far. */
  'responses.events': channel<{ readonly events: readonly StreamEvent[]; readonly total: number }>()(
    z.strictObject({ ...ofResponse.shape, from: rowNumberSchema, count: z.int().min(1).max(500) }),
  ),
  /** As a `data:` URL; `null` where the body is no picture that is shown. */
  'responses.picture': channel<{ readonly url: string } | null>()(ofResponse),
  'responses.copy': channel<void>()(z.strictObject({ ...ofResponse.shape, kind: z.enum(['pretty', 'raw']) })),
  /** Asks where to; `null`: the user thought better of it. */
  'responses.save': channel<{ readonly path: string | null }>()(ofResponse),
  /** How a body is read as text, and what of it is not in that charset. */
  'responses.charset': channel<BodyCharset>()(ofResponse),
  /** Reads a body in another charset from now on; `null`: as it says itself. */
  'responses.chooseCharset': channel<void>()(
    z.strictObject({ ...ofResponse.shape, charset: charsetSchema.nullable() }),
  ),
  /** What of the body is masked, without any of it. */
  'responses.masked': channel<MaskedValues>()(ofResponse),
  /** Makes a token of a masked value, which does not come to the window. */
  'responses.saveMasked': channel<TokenListItem>()(saveMaskedSchema),
  /** For its owner: another answer, with nothing masked, to be closed like every other. */
  'responses.showSecrets': channel<{
    readonly responseId: string;
    readonly headers: Response['headers'] | null;
    readonly hidesAfter: number;
  }>()(ofResponse),
  'responses.close': channel<void>()(ofResponse),

  'collections.list': channel<readonly CollectionSummary[]>()(ofApp),
  'collections.create': channel<CollectionSummary>()(
    z.strictObject({ appId: appIdSchema, name: nameSchema }),
  ),
  /** Asks for a folder that holds a collection already; `null`: the user thought better of it. */
  'collections.open': channel<CollectionSummary | null>()(ofApp),
  /** Takes the collection off the app's list; its files stay. */
  'collections.close': channel<void>()(ofCollection),
  'collections.tree': channel<readonly CollectionItem[]>()(ofCollection),
  'collections.read': channel<SavedRequest>()(inCollection),
  'collections.save': channel<SavedRequest>()(
    z.strictObject({ appId: appIdSchema, ...saveRequestSchema.shape }),
  ),
  'collections.remove': channel<void>()(inCollection),
  'collections.run': channel<RunSummary>()(
    z.strictObject({
      ...ofCollection.shape,
      runId: z.uuid(),
      folder: collectionPathSchema.default(''),
      retries: requestSchema.shape.retries,
    }),
  ),
  'collections.cancelRun': channel<void>()(z.strictObject({ runId: z.uuid() })),

  /** How much the report holds: the report itself is long where there are many tokens. */
  'health.counts': channel<FindingCounts>()(nothing),
  'health.report': channel<HealthReport>()(nothing),
  'health.setDismissed': channel<void>()(dismissalSchema),

  'practice.status': channel<PracticeStatus>()(nothing),
  /** Starts the practice API and keeps an app with a working token for each of its providers; answers the first. */
  'practice.start': channel<{ readonly url: string; readonly appId: string }>()(nothing),
  'practice.stop': channel<void>()(nothing),

  'settings.read': channel<Settings>()(nothing),
  'settings.change': channel<Settings>()(settingsChangesSchema),

  /** In the user's browser, after they have seen where it leads; `https:` only. */
  'shell.openPage': channel<void>()(
    z.strictObject({ url: z.url({ protocol: /^https$/, error: 'only https: pages are opened' }).max(2000) }),
  ),

  'clipboard.write': channel<void>()(z.strictObject({ text: z.string().max(5_000_000) })),
} as const satisfies Record<`${string}.${string}`, Channel<ZodType, unknown>>;

export type IpcContract = typeof ipcContract;
export type IpcChannel = keyof IpcContract;

/** What the window gives; what handlers get, parsed; what comes back. */
export type IpcInput<Name extends IpcChannel> = z.input<IpcContract[Name]['input']>;
export type IpcParsedInput<Name extends IpcChannel> = z.output<IpcContract[Name]['input']>;
export type IpcOutput<Name extends IpcChannel> =
  IpcContract[Name] extends Channel<ZodType, infer Output> ? Output : never;

/** What the main process tells the window unasked. */
export interface IpcEvents {
  readonly 'vault.changed': VaultStatus;
  readonly 'requests.progress': SendProgress;
  readonly 'tokens.checkProgress': TokenCheckProgress;
  /** What was exchanged in a call that is about to fail. */
  readonly 'remoteTokens.refused': { readonly callId: string; readonly exchange: ManagementExchange };
  readonly 'logins.progress': ConnectProgress;
  readonly 'collections.runProgress': RunProgress;
  readonly 'collections.changed': { readonly collectionId: string };
  readonly 'settings.changed': Settings;
  /** A token was changed, or time has passed: what a list says of their states may be out of date. */
  readonly 'tokens.changed': null;
  /** Somebody wants to see a token, having clicked a notification; `null`: what expires soon. */
  readonly 'tokens.open': TokenKey | null;
  /** A command from the menu, such as `lock` or `new-request`. */
  readonly 'menu.command': MenuCommand;
}
export type IpcEvent = keyof IpcEvents;

export const IPC_EVENTS = [
  'vault.changed',
  'requests.progress',
  'tokens.checkProgress',
  'remoteTokens.refused',
  'logins.progress',
  'collections.runProgress',
  'collections.changed',
  'settings.changed',
  'tokens.changed',
  'tokens.open',
  'menu.command',
] as const satisfies readonly IpcEvent[];

export const MENU_COMMANDS = ['new-request', 'send', 'save', 'close-tab', 'settings', 'lock'] as const;
export type MenuCommand = (typeof MENU_COMMANDS)[number];

type Feature = IpcChannel extends `${infer Name}.${string}` ? Name : never;
type Verb<Name extends Feature> = IpcChannel extends infer Each
  ? Each extends `${Name}.${infer Rest}`
    ? Rest
    : never
  : never;

type Call<Name extends IpcChannel> =
  undefined extends IpcInput<Name>
    ? () => Promise<Reply<IpcOutput<Name>>>
    : (input: IpcInput<Name>) => Promise<Reply<IpcOutput<Name>>>;

/** `window.tessera`: `tessera.vault.unlock({ passphrase })`, `tessera.on['vault.changed'](listener)`. */
export type TesseraApi = {
  readonly [Name in Feature]: {
    readonly [V in Verb<Name>]: `${Name}.${V}` extends IpcChannel ? Call<`${Name}.${V}`> : never;
  };
} & {
  /** Each subscription answers the function that ends it. */
  readonly on: {
    readonly [Event in IpcEvent]: (listener: (payload: IpcEvents[Event]) => void) => () => void;
  };
};
