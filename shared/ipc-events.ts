import type { RunProgress } from './collections/run.ts';
import type { ConnectProgress } from './logins/connecting.ts';
import type { SendProgress } from './requests/response.ts';
import type { Settings } from './settings/settings.ts';
import type { ManagementExchange } from './tokens/remote-token.ts';
import type { TokenKey } from './tokens/token.ts';
import type { TokenCheckProgress } from './tokens/token-check.ts';
import type { VaultStatus } from './vault/vault.ts';

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

const MENU_COMMANDS = ['new-request', 'send', 'save', 'close-tab', 'settings', 'lock'] as const;
export type MenuCommand = (typeof MENU_COMMANDS)[number];
