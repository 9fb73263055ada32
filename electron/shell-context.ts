import type { BrowserWindow } from 'electron';
import type { MaskedAnswers } from '../core/responses/masked-answers.ts';
import type { ResponseStore } from '../core/responses/response-store.ts';
import type { Tessera } from '../core/tessera.ts';
import type { ExpiryWatch } from '../core/tokens/expiry-watch.ts';
import type { AutoLock } from '../core/vault/auto-lock.ts';
import type { IpcEvent, IpcEvents } from '../shared/ipc-events.ts';
import type { SecretClipboard } from './clipboard/secret-clipboard.ts';
import type { IssuedSecrets } from './tokens/issued-secrets.ts';
import type { ContentProtection } from './window/content-protection.ts';

/** What handlers work with. */
export interface ShellContext {
  readonly tessera: Tessera;
  readonly responses: ResponseStore;
  readonly maskedAnswers: MaskedAnswers;
  readonly autoLock: AutoLock;
  readonly secretClipboard: SecretClipboard;
  readonly contentProtection: ContentProtection;
  readonly issuedSecrets: IssuedSecrets;
  readonly expiryWatch: Pick<ExpiryWatch, 'lookSoon'>;
  /** `null` while no window is open (macOS). */
  readonly window: () => BrowserWindow | null;
  /** Tells the window; dropped where there is none. */
  readonly emit: <Event extends IpcEvent>(event: Event, payload: IpcEvents[Event]) => void;
}
