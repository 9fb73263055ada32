import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { say } from '../app/environment.ts';
import { toAppUrl, toChromiumUrl } from '../chromium/addresses.ts';
import type { Frame } from '../chromium/frame-tree.ts';
import type { ChromiumWindow } from '../chromium/open-chromium.ts';
import { PageLink } from '../chromium/page-link.ts';
import { guardTraffic } from '../chromium/traffic.ts';
import { invokeHandler, ipcMain } from '../ipc/ipc-main.ts';
import { applicationAccelerators, clickMenuItem, onMenuChange } from '../menu/application-menu.ts';
import { applyColorScheme, reportSystemPreference } from '../native-theme.ts';
import { decodeClone, encodeClone } from '../page/clone-codec.ts';
import type { PageMessage, WindowState } from '../page/page-bridge.ts';
import { protocolHandler } from '../protocol.ts';
import { session } from '../session.ts';
import { throwWhenMissing } from '../unimplemented.ts';
import { nativeImageOf } from './native-image.ts';
import { PreventableEvent } from './preventable-event.ts';
import { webFrameOf } from './web-frame.ts';

type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];

let created = 0;

/** The page of one window, and the line to it. */
export class WebContents extends EventEmitter {
  readonly id = ++created;
  readonly session = session.defaultSession;
  #window: ChromiumWindow | undefined;
  #link: PageLink | undefined;
  #preloadPath = '';
  #openHandler: OpenHandler | undefined;
  /** The address that the app itself is loading: it needs no leave to go there. */
  #loading: string | undefined;
  #zoomFactor = 1;
  #isDestroyed = false;
  #onWindowState: (state: WindowState) => void = () => undefined;

  /** For the stand-in's own use: takes over a browser whose page is still empty. */
  static async attach(
    contents: WebContents,
    window: ChromiumWindow,
    preload: { readonly path: string; readonly source: string } | undefined,
    onWindowState: (state: WindowState) => void,
  ): Promise<void> {
    contents.#onWindowState = onWindowState;
    contents.#preloadPath = preload?.path ?? '';
    const link = new PageLink(window.session, {
      preload: preload?.source,
      onMessage: (message, frame) => contents.#hear(message, frame),
      onWindowOpen: (url, frameName) => contents.#askToOpen(url, frameName),
    });
    await guardTraffic(window.context, window.page, {
      handlerFor: protocolHandler,
      mayNavigate: (url, isMainFrame) => contents.#mayNavigate(url, isMainFrame),
    });
    await link.start(applicationAccelerators());
    await applyColorScheme(window.page);
    contents.#window = window;
    contents.#link = link;
    onMenuChange(() => void link.setAccelerators(applicationAccelerators()).catch(() => undefined));
    window.context.on('page', (page) => void page.close().catch(() => undefined));
    window.page.on('crash', () =>
      contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }),
    );
    window.page.on('domcontentloaded', () => contents.emit('dom-ready', {}));
    window.page.on('load', () => contents.emit('did-finish-load', {}));
  }

  /** For the stand-in's own use: the window has closed. */
  static detach(contents: WebContents): void {
    contents.#isDestroyed = true;
    contents.emit('destroyed');
  }

  async loadURL(url: string): Promise<void> {
    this.#loading = url;
    try {
      await this.#page().goto(toChromiumUrl(url), { waitUntil: 'load' });
    } catch (error) {
      if (this.#isDestroyed) return;
      this.emit('did-fail-load', {}, -2, String(error), url, true);
      throw new Error(`${url} could not be loaded: ${error instanceof Error ? error.message : error}`);
    } finally {
      this.#loading = undefined;
    }
  }

  send(channel: string, ...values: unknown[]): void {
    this.#link?.tell({ kind: 'event', channel, values: encodeClone(values) });
  }

  reload(): void {
    this.#loading = this.getURL();
    void this.#page()
      .reload()
      .catch(() => undefined)
      .finally(() => {
        this.#loading = undefined;
      });
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  getURL(): string {
    return this.#window === undefined ? '' : toAppUrl(this.#window.page.url());
  }

  get mainFrame(): Electron.WebFrameMain {
    return webFrameOf(this.#link?.frames.main ?? { id: '', parent: null, url: '' });
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  async capturePage() {
    const png = await this.#page().screenshot({ type: 'png' });
    // A PNG's header holds its width and height at bytes 16 and 20.
    return nativeImageOf(png, png.readUInt32BE(16), png.readUInt32BE(20));
  }

  openDevTools(): void {
    say('developer tools: press Ctrl+Shift+I in the window');
  }

  isDevToolsOpened(): boolean {
    return false;
  }

  async setVisualZoomLevelLimits(): Promise<void> {}

  getZoomFactor(): number {
    return this.#zoomFactor;
  }

  /** Headless windows only: a window on a display zooms by its own keys. */
  setZoomFactor(factor: number): void {
    const window = this.#window;
    const size = window?.page.viewportSize();
    if (window === undefined || size === null || size === undefined) {
      say('zoom: press Ctrl with + or - in the window');
      return;
    }
    this.#zoomFactor = factor;
    const metrics = {
      width: Math.round(size.width / factor),
      height: Math.round(size.height / factor),
      deviceScaleFactor: factor,
      mobile: false,
    };
    void window.session.send('Emulation.setDeviceMetricsOverride', metrics).catch(() => undefined);
  }

  #page() {
    if (this.#window === undefined) throw new Error('The window is not open yet.');
    return this.#window.page;
  }

  #mayNavigate(url: string, isMainFrame: boolean): boolean {
    if (isMainFrame && url === this.#loading) return true;
    const event = new PreventableEvent({ url, isMainFrame, isSameDocument: false });
    if (isMainFrame) this.emit('will-navigate', event, url);
    this.emit('will-frame-navigate', event);
    return !event.defaultPrevented;
  }

  #askToOpen(chromiumUrl: string, frameName: string): void {
    const url = toAppUrl(chromiumUrl);
    const details = { url, frameName, features: '', disposition: 'foreground-tab', referrer: { url: '' } };
    const answer = this.#openHandler?.(details as Electron.HandlerDetails);
    if (answer?.action !== 'deny') say(`the stand-in opens no further windows: ${url} stays closed`);
  }

  #hear(message: PageMessage, frame: Frame | null): void {
    switch (message.kind) {
      case 'invoke':
        void this.#answer(message, frame);
        break;
      case 'send':
        ipcMain.emit(message.channel, this.#ipcEvent(frame), ...(decodeClone(message.values) as unknown[]));
        break;
      case 'window-open':
        this.#askToOpen(message.url, message.frameName);
        break;
      case 'accelerator':
        clickMenuItem(message.id);
        break;
      case 'window-state':
        this.#onWindowState(message.state);
        break;
      case 'preload-error':
        say(`the preload failed: ${message.message}`);
        this.emit('preload-error', {}, this.#preloadPath, new Error(message.message));
        break;
      default:
        reportSystemPreference(message.prefersDark);
    }
  }

  async #answer(message: PageMessage & { kind: 'invoke' }, frame: Frame | null): Promise<void> {
    const { id, channel } = message;
    try {
      const values = decodeClone(message.values) as unknown[];
      const event = this.#ipcEvent(frame) as unknown as Electron.IpcMainInvokeEvent;
      const value = encodeClone(await invokeHandler(channel, event, values));
      this.#link?.tell({ kind: 'reply', id, value });
    } catch (error) {
      this.#link?.tell({
        kind: 'reply',
        id,
        error: `Error invoking remote method '${channel}': ${String(error)}`,
      });
    }
  }

  #ipcEvent(frame: Frame | null) {
    return {
      sender: this,
      senderFrame: frame === null ? null : webFrameOf(frame),
      frameId: frame?.parent === null ? 1 : 2,
      processId: 1,
      reply: (channel: string, ...values: unknown[]) => this.send(channel, ...values),
    };
  }
}

throwWhenMissing(WebContents, 'electron.WebContents');
