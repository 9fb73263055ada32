import type { BrowserWindow } from 'electron';

/**
 * Keeps the window out of screenshots and shared screens while a secret is on it, or always where the user
 * wants it so. macOS and Windows can; elsewhere it does nothing.
 */
export class ContentProtection {
  readonly #window: () => Pick<BrowserWindow, 'setContentProtection'> | null;
  readonly #isAlwaysOn: () => boolean;
  #timer: NodeJS.Timeout | undefined;

  constructor(window: () => Pick<BrowserWindow, 'setContentProtection'> | null, isAlwaysOn: () => boolean) {
    this.#window = window;
    this.#isAlwaysOn = isAlwaysOn;
  }

  protectFor(seconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.apply();
    }, seconds * 1000);
    this.apply();
  }

  /** After the setting was changed, or a window opened. */
  apply(): void {
    this.#window()?.setContentProtection(this.#timer !== undefined || this.#isAlwaysOn());
  }
}
