import { createHmac, randomBytes } from 'node:crypto';
import type { Clipboard } from 'electron';

/** The part of the system's clipboard that is needed. */
export type TextClipboard = Pick<Clipboard, 'readText' | 'writeText' | 'clear'>;

/**
 * Puts secrets on the clipboard and takes them off again, but only what is still there: what was copied
 * since is somebody else's. To tell, it remembers a keyed hash, not the secret.
 */
export class SecretClipboard {
  readonly #clipboard: TextClipboard;
  readonly #key = randomBytes(32);
  #pending: { readonly hash: string; readonly timer: NodeJS.Timeout | undefined } | null = null;

  constructor(clipboard: TextClipboard) {
    this.#clipboard = clipboard;
  }

  /** @param seconds after which it is taken off; `null`: when the vault is locked or Tessera ends */
  async copy(secret: Buffer, seconds: number | null): Promise<void> {
    const text = secret.toString('utf8');
    await this.#clipboard.writeText(text);
    clearTimeout(this.#pending?.timer);
    const timer = seconds === null ? undefined : setTimeout(() => void this.clear(), seconds * 1000);
    this.#pending = { hash: this.#hash(text), timer };
  }

  get holdsSecret(): boolean {
    return this.#pending !== null;
  }

  /** Takes the secret off now, if it is still there. */
  async clear(): Promise<void> {
    const pending = this.#pending;
    if (pending === null) return;
    this.#pending = null;
    clearTimeout(pending.timer);
    if (this.#hash(await this.#clipboard.readText()) === pending.hash) this.#clipboard.clear();
  }

  #hash(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64');
  }
}
