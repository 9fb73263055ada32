import { Notification } from 'electron';
import type { TokenKey, TokenListItem } from '../../shared/tokens/token.ts';
import { describeTokenState } from '../../shared/tokens/token-state.ts';

/** More at once would be noise: they become one. */
const MOST_AT_ONCE = 3;

export interface ExpiryNotificationsOptions {
  readonly appName: (appId: string) => string;
  /** Opens a token; with `null`, the window where it starts. */
  readonly open: (token: TokenKey | null) => void;
}

/** Says on the desktop what expires. Names while the vault is open, nothing but a number while it is locked. */
export class ExpiryNotifications {
  readonly #options: ExpiryNotificationsOptions;
  /** Kept, because one that is collected as garbage is not heard when it is clicked. */
  readonly #shown = new Set<Notification>();

  constructor(options: ExpiryNotificationsOptions) {
    this.#options = options;
  }

  say(tokens: readonly TokenListItem[]): void {
    if (tokens.length > MOST_AT_ONCE) {
      this.#show(`${tokens.length} tokens expire soon, or have`, 'Home lists them.', null);
      return;
    }
    for (const { id, appId, name, state } of tokens) {
      const words = describeTokenState(state);
      this.#show(`${name}: ${words}`, `${this.#options.appName(appId)}. Make a new one at the provider.`, {
        appId,
        tokenId: id,
      });
    }
  }

  saySealed(count: number): void {
    const title = count === 1 ? 'A token expires soon, or has' : `${count} tokens expire soon, or have`;
    this.#show(title, 'Unlock Tessera to see more.', null);
  }

  /** A lock takes the names off the screen. */
  closeAll(): void {
    for (const notification of this.#shown) notification.close();
    this.#shown.clear();
  }

  #show(title: string, body: string, token: TokenKey | null): void {
    if (!Notification.isSupported()) return;
    const notification = new Notification({ title, body });
    this.#shown.add(notification);
    notification.on('click', () => this.#options.open(token));
    notification.on('close', () => this.#shown.delete(notification));
    notification.show();
  }
}
