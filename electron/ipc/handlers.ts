import { appHandlers } from '../apps/app-handlers.ts';
import { backupHandlers } from '../backup/backup-handlers.ts';
import { clipboardHandlers } from '../clipboard/clipboard-handlers.ts';
import { collectionHandlers } from '../collections/collection-handlers.ts';
import { connectionHandlers } from '../connections/connection-handlers.ts';
import { cookieHandlers } from '../cookies/cookie-handlers.ts';
import { healthHandlers } from '../health/health-handlers.ts';
import { loginHandlers } from '../logins/login-handlers.ts';
import { practiceHandlers } from '../practice/practice-handlers.ts';
import { providerHandlers } from '../providers/provider-handlers.ts';
import { remoteTokenHandlers } from '../remote-tokens/remote-token-handlers.ts';
import { requestHandlers } from '../requests/request-handlers.ts';
import { responseHandlers } from '../responses/response-handlers.ts';
import { settingsHandlers } from '../settings/settings-handlers.ts';
import type { ShellContext } from '../shell-context.ts';
import { tokenHandlers } from '../tokens/token-handlers.ts';
import { vaultHandlers } from '../vault/vault-handlers.ts';
import { pageHandlers } from '../window/page-handlers.ts';
import type { IpcHandlers } from './handle-calls.ts';

/** What the window can ask for. The type demands every channel of the contract. */
export function createHandlers(context: ShellContext): IpcHandlers {
  return {
    ...vaultHandlers(context),
    ...providerHandlers(),
    ...appHandlers(context),
    ...loginHandlers(context),
    ...tokenHandlers(context),
    ...remoteTokenHandlers(context),
    ...backupHandlers(context),
    ...cookieHandlers(context),
    ...connectionHandlers(context),
    ...requestHandlers(context),
    ...responseHandlers(context),
    ...collectionHandlers(context),
    ...healthHandlers(context),
    ...practiceHandlers(context),
    ...settingsHandlers(context),
    ...clipboardHandlers(),
    ...pageHandlers(),
  };
}
