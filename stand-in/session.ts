import type Electron from 'electron';
import { protocol } from './protocol.ts';
import { refusing } from './unimplemented.ts';

/**
 * Every permission is refused by the browser itself, whatever the handlers say: they are accepted and never
 * asked. Allowing one is not implemented.
 */
const defaultSession = refusing(
  {
    protocol: protocol as unknown as Electron.Protocol,
    setPermissionRequestHandler: () => undefined,
    setPermissionCheckHandler: () => undefined,
    setDevicePermissionHandler: () => undefined,
    setSpellCheckerEnabled: () => undefined,
    isSpellCheckerEnabled: () => false,
    // A profile lives as long as its window, so there is nothing older to clear.
    clearStorageData: async () => undefined,
    clearCache: async () => undefined,
    // Reads no settings of the system and runs no script: what it does not know of, it cannot name.
    resolveProxy: async (_url: string) => 'DIRECT',
  } satisfies Pick<
    Electron.Session,
    | 'protocol'
    | 'setPermissionRequestHandler'
    | 'setPermissionCheckHandler'
    | 'setDevicePermissionHandler'
    | 'setSpellCheckerEnabled'
    | 'isSpellCheckerEnabled'
    | 'clearStorageData'
    | 'clearCache'
    | 'resolveProxy'
  >,
  'electron.session.defaultSession',
);

export const session = refusing({ defaultSession }, 'electron.session');
