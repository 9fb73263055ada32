import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type Electron from 'electron';
import { throwWhenMissing } from '../unimplemented.ts';
import { PreventableEvent } from '../window/preventable-event.ts';
import { SingleInstanceLock } from './single-instance.ts';

type PathName = Parameters<Electron.App['getPath']>[0];

/** What the app has to know of its windows to end; given by the list of windows. */
export interface WindowCloser {
  /** @returns whether every window agreed */
  readonly closeAll: (force: boolean) => boolean;
  readonly gone: () => Promise<void>;
}

const manifest = readManifest();
const switches = new Map<string, string>();

class App extends EventEmitter {
  readonly isPackaged = false;
  readonly commandLine = {
    appendSwitch: (name: string, value = '') => void switches.set(name, value),
    hasSwitch: (name: string) => switches.has(name),
    getSwitchValue: (name: string) => switches.get(name) ?? '',
  };
  #name = manifest.name;
  #windows: WindowCloser = { closeAll: () => true, gone: async () => undefined };
  readonly #instance = new SingleInstanceLock();
  readonly #paths = new Map<string, string>();
  readonly #ready: Promise<void>;
  #isReady = false;
  #isQuitting = false;

  constructor() {
    super();
    // Not before the main script has run: it has listeners to add first, as in Electron.
    this.#ready = new Promise((resolve) => {
      setImmediate(() => {
        this.#isReady = true;
        this.emit('ready', {}, {});
        resolve();
      });
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.quit());
    // Whoever started the app, and kept a line to it, is gone.
    process.on('disconnect', () => this.quit());
    process.channel?.unref();
  }

  /** For the stand-in's own use. */
  static attachWindows(windows: WindowCloser): void {
    app.#windows = windows;
  }

  /** For the stand-in's own use: without a listener the app ends with its last window. */
  emitWindowAllClosed(): void {
    if (this.#isQuitting) return;
    if (!this.emit('window-all-closed')) this.quit();
  }

  get name(): string {
    return this.#name;
  }

  set name(name: string) {
    this.#name = name;
  }

  getName(): string {
    return this.#name;
  }

  setName(name: string): void {
    this.#name = name;
  }

  getVersion(): string {
    return manifest.version;
  }

  getAppPath(): string {
    return process.cwd();
  }

  getLocale(): string {
    return Intl.DateTimeFormat().resolvedOptions().locale;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  whenReady(): Promise<void> {
    return this.#ready;
  }

  /** Every page is sandboxed by Chromium as it is. */
  enableSandbox(): void {}

  getPath(name: PathName): string {
    return this.#paths.get(name) ?? this.#defaultPath(name);
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  /** One process for each `userData`; the first hears of the second. */
  requestSingleInstanceLock(data?: unknown): boolean {
    const self = { argv: process.argv, cwd: process.cwd(), data };
    return this.#instance.request(this.getPath('userData'), self, (second) =>
      this.emit('second-instance', new PreventableEvent(), second.argv, second.cwd, second.data),
    );
  }

  /** Asks first: listeners of `before-quit`, and windows, may refuse. */
  quit(): void {
    if (this.#isQuitting) return;
    const event = new PreventableEvent();
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.#isQuitting = true;
    if (!this.#windows.closeAll(false)) {
      this.#isQuitting = false;
      return;
    }
    this.emit('will-quit', new PreventableEvent());
    this.exit(0);
  }

  exit(code = 0): void {
    this.#isQuitting = true;
    this.#windows.closeAll(true);
    this.emit('quit', {}, code);
    const gone = Promise.all([this.#windows.gone(), this.#instance.settled()]);
    void gone.finally(() => process.exit(code));
  }

  #defaultPath(name: PathName): string {
    const config = process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config');
    const userData = this.#paths.get('userData') ?? join(config, this.#name);
    const paths: Partial<Record<PathName, string>> = {
      home: homedir(),
      temp: tmpdir(),
      appData: config,
      userData,
      sessionData: userData,
      logs: join(userData, 'logs'),
      documents: join(homedir(), 'Documents'),
      downloads: join(homedir(), 'Downloads'),
      desktop: join(homedir(), 'Desktop'),
      exe: process.execPath,
    };
    const path = paths[name];
    if (path === undefined)
      throw new Error(`the stand-in does not implement electron.app.getPath('${name}')`);
    return path;
  }
}

throwWhenMissing(App, 'electron.app');

export const app = new App();
app satisfies Pick<
  Electron.App,
  | 'enableSandbox'
  | 'exit'
  | 'getAppPath'
  | 'getLocale'
  | 'getName'
  | 'getPath'
  | 'getVersion'
  | 'isPackaged'
  | 'isReady'
  | 'name'
  | 'quit'
  | 'requestSingleInstanceLock'
  | 'setName'
  | 'setPath'
  | 'whenReady'
>;

export const attachWindows = App.attachWindows;

function readManifest(): { readonly name: string; readonly version: string } {
  const { name, version } = JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8'));
  return { name: String(name), version: String(version) };
}
