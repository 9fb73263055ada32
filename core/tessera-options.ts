import type { RunResult } from '../shared/collections/run.ts';
import type { RequestAuth } from '../shared/requests/request.ts';
import type { TokenCheckResult } from '../shared/tokens/token-check.ts';
import type { KdfCost } from '../shared/vault/vault.ts';
import type { ResolveProxy } from './connections/system-proxy.ts';
import type { LiveHead } from './requests/send-context.ts';
import type { OpenDocument } from './storage/document-store.ts';
import type { Keychain } from './vault/keychain.ts';

export interface TesseraOptions {
  /** Folder of the vault, the settings and the collections that Tessera makes. */
  readonly home: string;
  readonly openDocument: OpenDocument;
  readonly keychain: Keychain;
  readonly now?: () => Date;
  /** @see ConnectionOptions.resolveProxy */
  readonly resolveProxy?: ResolveProxy;
  /** Cost of new passphrase slots; left out: the full one. */
  readonly kdf?: KdfCost;
}

export interface SendOptions {
  readonly signal?: AbortSignal;
  /** Send even though the token has expired. */
  readonly sendExpired?: boolean;
  /** Send even though the token is marked as compromised. */
  readonly sendCompromised?: boolean;
  /** What `inherit` means for this request; left out: the app's default token. */
  readonly inheritedAuth?: RequestAuth;
  /** Values for `{{…}}`, nearest first. */
  readonly variables?: readonly Readonly<Record<string, string>>[];
  /** @see SendContext.keepsOriginals */
  readonly keepsOriginals?: boolean;
  readonly onProgress?: (receivedBytes: number) => void;
  /** @see ReceiveOptions.onDecoded */
  readonly onDecoded?: (bytes: Buffer) => void;
  /** @see SendContext.onHead */
  readonly onHead?: (head: LiveHead) => void;
  /** @see SendContext.isWatched */
  readonly isWatched?: boolean;
  /** The absolute path of a file that a request names, where it may be sent; left out: none may. */
  readonly locateFile?: (path: string) => string;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  readonly bail?: boolean;
  /** Folder inside the collection; left out: all of it. */
  readonly subfolder?: string;
  /** Further tries for requests that do not say it themselves. */
  readonly retries?: number;
  readonly onResult?: (result: RunResult, done: number, total: number) => void;
}

export interface CheckOptions {
  /** @see CheckContext.replacesTyped */
  readonly replacesTyped?: boolean;
  readonly signal?: AbortSignal;
  readonly onResult?: (result: TokenCheckResult, done: number, total: number) => void;
}
