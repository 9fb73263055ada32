import type { App } from '../../shared/apps/app.ts';
import type { RequestAuth } from '../../shared/requests/request.ts';
import type { Token } from '../../shared/tokens/token.ts';
import type { CookieJar } from '../cookies/cookie-jar.ts';
import type { Provider } from '../providers/provider.ts';
import type { Redactor } from '../redaction/redactor.ts';
import type { Spool } from '../spool/spool.ts';
import type { SpoolFolder } from '../spool/spool-folder.ts';
import type { HeaderLine } from './build-headers.ts';
import type { Connections } from './connections.ts';
import type { RetryOptions } from './retries.ts';

/** All that a request needs beside itself. Everything in it belongs to one app. */
export interface SendContext {
  readonly app: App;
  readonly provider: Provider | null;
  readonly tokens: readonly Token[];
  /** @see TokensOfApp.isOfOtherApp */
  readonly isOfOtherApp: (nameOrId: string) => boolean;
  /** A copy, which is wiped here. */
  readonly openSecret: (tokenId: string) => Buffer;
  /** Knows every secret of the app, as they are at the moment: access tokens are renewed meanwhile. */
  readonly redactor: Redactor;
  /** @see RefreshContext.renewToken */
  readonly renewToken: (token: Token) => Promise<Token>;
  /** Values for `{{…}}`, nearest first. */
  readonly variables: readonly Readonly<Record<string, string>>[];
  /** What `inherit` means here; `inherit` itself: the app's default. */
  readonly inheritedAuth: RequestAuth;
  readonly connections: Connections;
  readonly cookies: CookieJar;
  /** Where long bodies go. */
  readonly spoolFolder: SpoolFolder;
  /** @see BodyFiles.locate */
  readonly locateFile: (path: string) => string;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  readonly sendExpired: boolean;
  readonly sendCompromised?: boolean;
  /** Called with the token that a request takes along, as it is sent. */
  readonly noteUse?: (token: Token) => void;
  /** Most decoded bytes that are kept of the body; left out: 256 MB. */
  readonly bodyCap?: number;
  readonly onProgress?: (receivedBytes: number) => void;
  /** Keep what is masked, for whoever may look at it. */
  readonly keepsOriginals?: boolean;
  /** @see RetryOptions.wait */
  readonly waitForRetry?: RetryOptions['wait'];
  /** @see ReceiveOptions.onDecoded */
  readonly onDecoded?: (bytes: Buffer) => void;
  /** The last head has come; the body can be read while it comes. */
  readonly onHead?: (head: LiveHead) => void;
  /** Somebody watches and can cancel: an event stream is not ended by the timeout. */
  readonly isWatched?: boolean;
}

/** What an answer begins with, redacted, and its body as it grows. */
export interface LiveHead {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly HeaderLine[];
  readonly url: string;
  readonly body: Spool;
}
