import { AppError } from '../../shared/app-error.ts';
import type { TokenKey } from '../../shared/tokens/token.ts';

/** Uses are written this often at most: a run of a thousand requests is one use, as far as anybody cares. */
const WRITE_MS = 60_000;

type Uses = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * When tokens were last used. Noted in memory at each request, which waits for nothing; written together, at
 * most once a minute and before the vault is locked. What cannot be written is not worth an error.
 */
export class TokenUsage {
  readonly #write: (uses: Uses) => void;
  readonly #now: () => Date;
  #uses = new Map<string, Map<string, string>>();
  #timer: NodeJS.Timeout | undefined;

  /** @param write gets, by app and token id, when each was used */
  constructor(write: (uses: Uses) => void, now: () => Date) {
    this.#write = write;
    this.#now = now;
  }

  note({ appId, tokenId }: TokenKey): void {
    const ofApp = this.#uses.get(appId) ?? new Map<string, string>();
    this.#uses.set(appId, ofApp.set(tokenId, this.#now().toISOString()));
    this.#timer ??= setTimeout(() => this.flush(), WRITE_MS).unref();
  }

  /** When a use was noted that is not written yet; `null`: there is none. */
  pending({ appId, tokenId }: TokenKey): string | null {
    return this.#uses.get(appId)?.get(tokenId) ?? null;
  }

  /** Writes what was noted now. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#uses.size === 0) return;
    const uses = this.#uses;
    this.#uses = new Map();
    try {
      this.#write(uses);
    } catch (error) {
      // Another process has the vault open for writing, or its disk is full or read-only.
      if (!(error instanceof AppError)) throw error;
    }
  }
}
