/**
 * What runs in the page before its own scripts: the preload, with its `electron`. The functions run there by
 * their source text (see page-script.ts); they refer to nothing but each other, to the codec, and to what
 * every page has.
 *
 * Limit: the preload is kept from the page by a closure, not by a JavaScript world of its own as in Electron.
 * A page that replaces built-ins (`Map.prototype.get`, …) could watch the preload at work.
 */
import { decodeClone, encodeClone } from './clone-codec.ts';

type Listener = (...values: unknown[]) => unknown;
type Preload = (
  require: (name: string) => unknown,
  module: { exports: unknown },
  exports: unknown,
  process: unknown,
) => void;

/** What the page tells the main process. */
export type PageMessage =
  | { readonly kind: 'hello'; readonly prefersDark: boolean }
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly values: string }
  | { readonly kind: 'send'; readonly channel: string; readonly values: string }
  | { readonly kind: 'window-open'; readonly url: string; readonly frameName: string }
  | { readonly kind: 'accelerator'; readonly id: number }
  | { readonly kind: 'window-state'; readonly state: WindowState }
  | { readonly kind: 'prefers-dark'; readonly prefersDark: boolean }
  | { readonly kind: 'preload-error'; readonly message: string };

export interface WindowState {
  readonly event: 'resize' | 'focus' | 'blur';
  readonly width: number;
  readonly height: number;
  readonly x: number;
  readonly y: number;
}

/** What the main process tells the page. */
export type MainMessage =
  | { readonly kind: 'event'; readonly channel: string; readonly values: string }
  | { readonly kind: 'reply'; readonly id: number; readonly value?: string; readonly error?: string }
  | { readonly kind: 'accelerators'; readonly list: readonly PageAccelerator[] };

/** A key with its modifiers, as a key event spells it; `key` in lower case. */
export interface PageAccelerator {
  readonly id: number;
  readonly key: string;
  readonly ctrl: boolean;
  readonly meta: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

export interface PageConfig {
  /** The global function that takes messages to the main process; gone before the page's scripts run. */
  readonly binding: string;
  /** The event under which the main process finds the function that takes its messages. */
  readonly receiver: string;
  readonly platform: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly accelerators: readonly PageAccelerator[];
}

/** @param preload `undefined` for a window without one */
export function startPageBridge(config: PageConfig, preload: Preload | undefined): void {
  const binding = Reflect.get(globalThis, config.binding) as (text: string) => void;
  Reflect.deleteProperty(globalThis, config.binding);
  if (window !== window.top) return;
  const tell = (message: PageMessage) => binding(JSON.stringify(message));
  const ipc = createIpcRenderer(tell);
  let accelerators = config.accelerators;
  const receive = (message: MainMessage) => {
    if (message.kind === 'accelerators') accelerators = message.list;
    else ipc.receive(message);
  };
  // Never dispatched: the main process reads the listener itself, by its event's unguessable name.
  window.addEventListener(config.receiver, receive as unknown as EventListener);
  reportWindow(tell, () => accelerators);
  tell({ kind: 'hello', prefersDark: matchMedia('(prefers-color-scheme: dark)').matches });
  if (preload !== undefined) runPreload(preload, config, ipc.ipcRenderer, tell);
}

function runPreload(
  preload: Preload,
  config: PageConfig,
  ipcRenderer: object,
  tell: (message: PageMessage) => void,
): void {
  const electron = refuseUnknown('electron', {
    ipcRenderer: refuseUnknown('electron.ipcRenderer', ipcRenderer),
    contextBridge: refuseUnknown('electron.contextBridge', {
      exposeInMainWorld(name: string, api: unknown) {
        if (Reflect.has(window, name)) throw new Error(`Cannot bind an API on top of window.${name}`);
        Object.defineProperty(window, name, { value: bridgeValue(api), enumerable: true });
      },
    }),
  });
  const requireModule = (name: string) => {
    if (name === 'electron' || name === 'electron/renderer') return electron;
    throw new Error(`module not found: ${name} (a sandboxed preload has "electron" only)`);
  };
  const { platform, versions } = config;
  const module = { exports: {} };
  try {
    preload(requireModule, module, module.exports, {
      platform,
      versions,
      type: 'renderer',
      sandboxed: true,
      contextIsolated: true,
    });
  } catch (error) {
    tell({ kind: 'preload-error', message: String(error) });
    throw error;
  }
}

function createIpcRenderer(tell: (message: PageMessage) => void) {
  const listeners = new Map<string, { listener: Listener; once: boolean }[]>();
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let invoked = 0;
  const add = (channel: string, listener: Listener, once: boolean) => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, once }]);
    return ipcRenderer;
  };
  const remove = (channel: string, listener: Listener) => {
    const left = (listeners.get(channel) ?? []).filter((each) => each.listener !== listener);
    listeners.set(channel, left);
    return ipcRenderer;
  };
  const ipcRenderer = {
    invoke: (channel: string, ...values: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = invoked++;
        tell({ kind: 'invoke', id, channel, values: encodeClone(values) });
        waiting.set(id, { resolve, reject });
      }),
    send: (channel: string, ...values: unknown[]) =>
      tell({ kind: 'send', channel, values: encodeClone(values) }),
    on: (channel: string, listener: Listener) => add(channel, listener, false),
    addListener: (channel: string, listener: Listener) => add(channel, listener, false),
    once: (channel: string, listener: Listener) => add(channel, listener, true),
    off: remove,
    removeListener: remove,
    removeAllListeners: (channel: string) => {
      listeners.delete(channel);
      return ipcRenderer;
    },
  };
  const receive = (message: MainMessage) => {
    if (message.kind === 'event') {
      const values = decodeClone(message.values) as unknown[];
      for (const { listener, once } of listeners.get(message.channel) ?? []) {
        if (once) remove(message.channel, listener);
        listener({ sender: ipcRenderer }, ...values);
      }
    } else if (message.kind === 'reply') {
      const call = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error !== undefined) call?.reject(new Error(message.error));
      else call?.resolve(decodeClone(message.value ?? 'null'));
    }
  };
  return { ipcRenderer, receive };
}

/** What contextBridge lets across: functions as new functions, promises, and frozen copies of the rest. */
function bridgeValue(value: unknown): unknown {
  if (typeof value === 'function') {
    const call = value as Listener;
    return Object.freeze((...values: unknown[]) => bridgeValue(call(...values.map(bridgeValue))));
  }
  if (value instanceof Promise) {
    return value.then(bridgeValue, (error: unknown) => {
      throw bridgeValue(error);
    });
  }
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return Object.freeze(value.map(bridgeValue));
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) {
    const entries = Object.entries(value).map(([key, item]) => [key, bridgeValue(item)]);
    return Object.freeze(Object.fromEntries(entries));
  }
  return structuredClone(value);
}

function refuseUnknown<Target extends object>(name: string, target: Target): Target {
  return new Proxy(target, {
    get(members, key) {
      if (Reflect.has(members, key) || typeof key === 'symbol' || key === 'then' || key === '__esModule') {
        return Reflect.get(members, key);
      }
      throw new Error(`the stand-in does not implement ${name}.${key}`);
    },
  });
}

/** Keys of the menu, size, focus, colour scheme, and attempts to open a window. */
function reportWindow(tell: (message: PageMessage) => void, accelerators: () => readonly PageAccelerator[]) {
  const on = window.addEventListener.bind(window);
  // The page comes first: what it has handled itself is no longer the menu's.
  on('keydown', (event) => {
    const hit = event.defaultPrevented ? undefined : accelerators().find((each) => isHit(each, event));
    if (hit === undefined) return;
    event.preventDefault();
    tell({ kind: 'accelerator', id: hit.id });
  });
  for (const name of ['resize', 'focus', 'blur'] as const) {
    on(name, (event) => {
      if (event.target !== window) return;
      const { innerWidth: width, innerHeight: height, screenX: x, screenY: y } = window;
      tell({ kind: 'window-state', state: { event: name, width, height, x, y } });
    });
  }
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', ({ matches }) =>
    tell({ kind: 'prefers-dark', prefersDark: matches }),
  );
  window.open = (url = 'about:blank', frameName = '') => {
    tell({ kind: 'window-open', url: new URL(url, location.href).href, frameName });
    return null;
  };
}

function isHit(accelerator: PageAccelerator, event: KeyboardEvent): boolean {
  const isShiftInKey = accelerator.key.length === 1 && !/[a-z0-9]/.test(accelerator.key);
  return (
    event.key.toLowerCase() === accelerator.key &&
    event.ctrlKey === accelerator.ctrl &&
    event.metaKey === accelerator.meta &&
    event.altKey === accelerator.alt &&
    (isShiftInKey || event.shiftKey === accelerator.shift)
  );
}

/** Everything above, for the page. */
export const pageBridgeFunctions = [
  startPageBridge,
  runPreload,
  createIpcRenderer,
  bridgeValue,
  refuseUnknown,
  reportWindow,
  isHit,
] as const;
