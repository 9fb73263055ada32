import { type ZodType, z } from 'zod';
import type { Reply } from './app-error.ts';
import { appChannels } from './apps/app-channels.ts';
import { backupChannels } from './backup/backup-channels.ts';
import { collectionChannels } from './collections/collection-channels.ts';
import { connectionChannels } from './connections/connection-channels.ts';
import { cookieChannels } from './cookies/cookie-channels.ts';
import { healthChannels } from './health/health-channels.ts';
import { type Channel, type ChannelsOf, channel } from './ipc-channel.ts';
import type { IpcEvent, IpcEvents } from './ipc-events.ts';
import { loginChannels } from './logins/login-channels.ts';
import { practiceChannels } from './practice/practice-channels.ts';
import { providerChannels } from './providers/provider-channels.ts';
import { requestChannels } from './requests/request-channels.ts';
import { responseChannels } from './responses/response-channels.ts';
import { settingsChannels } from './settings/settings-channels.ts';
import { remoteTokenChannels } from './tokens/remote-token-channels.ts';
import { tokenChannels } from './tokens/token-channels.ts';
import { vaultChannels } from './vault/vault-channels.ts';

/**
 * Every channel there is, put together from the features' own lists: `tokens.list` stands in
 * `tokens/token-channels.ts`. The preload, the handlers and the type of `window.tessera` all follow from it.
 */
export const ipcContract = {
  ...vaultChannels,
  ...providerChannels,
  ...appChannels,
  ...loginChannels,
  ...connectionChannels,
  ...tokenChannels,
  ...remoteTokenChannels,
  ...backupChannels,
  ...cookieChannels,
  ...requestChannels,
  ...responseChannels,
  ...collectionChannels,
  ...healthChannels,
  ...practiceChannels,
  ...settingsChannels,

  /** In the user's browser, after they have seen where it leads; `https:` only. */
  'shell.openPage': channel<void>()(
    z.strictObject({ url: z.url({ protocol: /^https$/, error: 'only https: pages are opened' }).max(2000) }),
  ),

  'clipboard.write': channel<void>()(z.strictObject({ text: z.string().max(5_000_000) })),
} as const satisfies ChannelsOf<string>;

export type IpcContract = typeof ipcContract;
export type IpcChannel = keyof IpcContract;

/** What the window gives; what handlers get, parsed; what comes back. */
export type IpcInput<Name extends IpcChannel> = z.input<IpcContract[Name]['input']>;
export type IpcParsedInput<Name extends IpcChannel> = z.output<IpcContract[Name]['input']>;
export type IpcOutput<Name extends IpcChannel> =
  IpcContract[Name] extends Channel<ZodType, infer Output> ? Output : never;

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
