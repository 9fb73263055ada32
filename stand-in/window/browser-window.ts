import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type Electron from 'electron';
import { say } from '../app/environment.ts';
import { toChromiumUrl } from '../chromium/addresses.ts';
import { type ChromiumWindow, openChromium } from '../chromium/open-chromium.ts';
import type { WindowState } from '../page/page-bridge.ts';
import { throwWhenMissing } from '../unimplemented.ts';
import { PreventableEvent } from './preventable-event.ts';
import { WebContents } from './web-contents.ts';
import { announceWindow, forgetWindow, openWindows } from './window-list.ts';

type Bounds = Electron.Rectangle;
type ChromiumState = 'normal' | 'minimized' | 'maximized' | 'fullscreen';

/** A window: one Chromium in app mode, with a profile of its own. */
export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents();
  readonly #options: Electron.BrowserWindowConstructorOptions;
  #opened: Promise<ChromiumWindow> | undefined;
  #bounds: Bounds;
  #isVisible: boolean;
  #isFocused = false;
  #isMinimized = false;
  #isDestroyed = false;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    this.#options = options;
    this.#isVisible = options.show !== false;
    this.#bounds = {
      x: options.x ?? 0,
      y: options.y ?? 0,
      width: options.width ?? 800,
      height: options.height ?? 600,
    };
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
    announceWindow(this);
  }

  static getAllWindows(): BrowserWindow[] {
    return openWindows();
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return openWindows().find((window) => window.webContents === contents) ?? null;
  }

  static getFocusedWindow(): BrowserWindow | null {
    return openWindows().find((window) => window.#isFocused) ?? null;
  }

  get id(): number {
    return this.webContents.id;
  }

  async loadURL(url: string): Promise<void> {
    this.#opened ??= this.#open(url);
    await this.#opened;
    await this.webContents.loadURL(url);
  }

  show(): void {
    this.#isVisible = true;
    this.emit('show');
  }

  /** Tracked only: a window of Chromium's cannot be hidden. */
  hide(): void {
    this.#isVisible = false;
    this.emit('hide');
  }

  isVisible(): boolean {
    return this.#isVisible;
  }

  focus(): void {
    this.#withPage(({ page }) => page.bringToFront());
  }

  isFocused(): boolean {
    return this.#isFocused;
  }

  minimize(): void {
    this.#isMinimized = true;
    this.#setState('minimized');
    this.emit('minimize');
  }

  restore(): void {
    this.#isMinimized = false;
    this.#setState('normal');
    this.emit('restore');
  }

  isMinimized(): boolean {
    return this.#isMinimized;
  }

  maximize(): void {
    this.#setState('maximized');
  }

  setFullScreen(flag: boolean): void {
    this.#setState(flag ? 'fullscreen' : 'normal');
  }

  /** Asks: listeners of `close` may refuse. */
  close(): void {
    if (this.#isDestroyed) return;
    const event = new PreventableEvent();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (this.#isDestroyed) return;
    this.#withPage(({ context }) => context.close());
    this.#closed();
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  setTitle(title: string): void {
    this.#withPage(({ session }) =>
      session.send('Runtime.evaluate', { expression: `document.title = ${JSON.stringify(title)}` }),
    );
  }

  getBounds(): Bounds {
    return { ...this.#bounds };
  }

  getContentBounds(): Bounds {
    return this.getBounds();
  }

  setBounds(bounds: Partial<Bounds>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    const { x: left, y: top, width, height } = this.#bounds;
    this.#withPage(async ({ page, session }) => {
      if (page.viewportSize() !== null) return page.setViewportSize({ width, height });
      const { windowId } = await session.send('Browser.getWindowForTarget');
      return session.send('Browser.setWindowBounds', { windowId, bounds: { left, top, width, height } });
    });
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  /** Chromium's windows cannot be kept from screenshots. */
  setContentProtection(): void {}

  /** App windows of Chromium's have no menu bar; the menu's keys work all the same. */
  setMenuBarVisibility(): void {}

  setMenu(): void {}

  async #open(url: string): Promise<ChromiumWindow> {
    const { width, height } = this.#bounds;
    const path = this.#options.webPreferences?.preload;
    try {
      const window = await openChromium(toChromiumUrl(url), width, height);
      window.context.once('close', () => this.#closed());
      window.page.once('close', () => void window.context.close().catch(() => undefined));
      const preload = path === undefined ? undefined : { path, source: readFileSync(path, 'utf8') };
      await WebContents.attach(this.webContents, window, preload, (state) => this.#follow(state));
      return window;
    } catch (error) {
      // Without its window the app would sit there unseen.
      say(`the window could not be opened: ${error instanceof Error ? error.message : String(error)}`);
      process.exit(1);
    }
  }

  #follow({ event, ...bounds }: WindowState): void {
    if (event === 'resize') this.#bounds = bounds;
    else this.#isFocused = event === 'focus';
    this.emit(event);
  }

  #closed(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.#isFocused = false;
    WebContents.detach(this.webContents);
    this.emit('closed');
    forgetWindow(this, this.#opened);
  }

  #setState(windowState: ChromiumState): void {
    this.#withPage(async ({ session }) => {
      const { windowId } = await session.send('Browser.getWindowForTarget');
      return session.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
    });
  }

  /** The window may be gone by the time it is told; then there is nothing left to do. */
  #withPage(act: (window: ChromiumWindow) => Promise<unknown>): void {
    void this.#opened?.then(act).catch(() => undefined);
  }
}

throwWhenMissing(BrowserWindow, 'electron.BrowserWindow');
