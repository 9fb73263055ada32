import { EventEmitter } from 'node:events';
import type Electron from 'electron';

/**
 * The few members of Electron that the shell's set-up touches, each recording what it was given. It
 * stands in for Electron in unit tests only; the end-to-end tests run the built app.
 */
export const recorded = {
  app: new EventEmitter(),
  handlers: new Map<string, (event: unknown, input: unknown) => Promise<unknown>>(),
  permissionRequest: null as Parameters<Electron.Session['setPermissionRequestHandler']>[0],
  permissionCheck: null as Parameters<Electron.Session['setPermissionCheckHandler']>[0],
  devicePermission: null as Parameters<Electron.Session['setDevicePermissionHandler']>[0],
  schemes: [] as Electron.CustomScheme[],
  protocols: new Map<string, (request: Request) => Promise<Response>>(),
  /** What the system says of the way to every URL, and for which it was asked. */
  proxy: 'DIRECT',
  proxyAskedFor: [] as string[],
  windowOptions: [] as Electron.BrowserWindowConstructorOptions[],
  loaded: [] as string[],
  opened: [] as string[],
  asked: [] as Electron.MessageBoxOptions[],
  /** The button that the user presses in the next message box. */
  answer: 1,
  /** Where the user saves; empty: nowhere. */
  savePath: '',
  /** What the user chooses to open, one dialog after the other; afterwards: nothing. */
  openPaths: [] as string[],
};

class RecordingWindow extends EventEmitter {
  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    recorded.windowOptions.push(options);
  }
  show(): void {}
  async loadURL(url: string): Promise<void> {
    recorded.loaded.push(url);
  }
}

/** For `vi.mock('electron', …)`. */
export function recordingElectron() {
  return {
    app: recorded.app,
    BrowserWindow: RecordingWindow,
    nativeTheme: { shouldUseDarkColors: false },
    ipcMain: {
      handle: (channel: string, handler: (event: unknown, input: unknown) => Promise<unknown>) =>
        recorded.handlers.set(channel, handler),
    },
    protocol: {
      registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) => recorded.schemes.push(...schemes),
      handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
        recorded.protocols.set(scheme, handler),
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: (handler: typeof recorded.permissionRequest) => {
          recorded.permissionRequest = handler;
        },
        setPermissionCheckHandler: (handler: typeof recorded.permissionCheck) => {
          recorded.permissionCheck = handler;
        },
        setDevicePermissionHandler: (handler: typeof recorded.devicePermission) => {
          recorded.devicePermission = handler;
        },
        setSpellCheckerEnabled: () => {},
        resolveProxy: async (url: string) => {
          recorded.proxyAskedFor.push(url);
          return recorded.proxy;
        },
      },
    },
    dialog: {
      showOpenDialog: async () => {
        const path = recorded.openPaths.shift();
        return path === undefined
          ? { canceled: true, filePaths: [] }
          : { canceled: false, filePaths: [path] };
      },
      showMessageBox: async (options: Electron.MessageBoxOptions) => {
        recorded.asked.push(options);
        return { response: recorded.answer, checkboxChecked: false };
      },
      showSaveDialog: async () => ({ canceled: recorded.savePath === '', filePath: recorded.savePath }),
    },
    shell: { openExternal: async (url: string) => void recorded.opened.push(url) },
  };
}

/** Web contents as `web-contents-created` hands them over, recording how they were set up. */
export class RecordingContents extends EventEmitter {
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
}
