import { app, attachWindows } from '../app/app.ts';
import type { ChromiumWindow } from '../chromium/open-chromium.ts';
import type { BrowserWindow } from './browser-window.ts';

const open = new Set<BrowserWindow>();
const closing = new Set<Promise<unknown>>();

export function openWindows(): BrowserWindow[] {
  return [...open];
}

export function announceWindow(window: BrowserWindow): void {
  open.add(window);
  app.emit('web-contents-created', {}, window.webContents);
  app.emit('browser-window-created', {}, window);
}

/** The last window's end is the app's business. */
export function forgetWindow(window: BrowserWindow, opened: Promise<ChromiumWindow> | undefined): void {
  open.delete(window);
  const closed = Promise.resolve(opened)
    .then((chromium) => chromium?.context.close())
    .catch(() => undefined)
    .finally(() => closing.delete(closed));
  closing.add(closed);
  if (open.size === 0) app.emitWindowAllClosed();
}

/** Closes what is open. @returns whether every window agreed */
function closeWindows(force: boolean): boolean {
  for (const window of openWindows()) {
    if (force) window.destroy();
    else window.close();
  }
  return open.size === 0;
}

/** Resolves when no browser is left. */
async function browsersGone(): Promise<void> {
  await Promise.all(closing);
}

attachWindows({ closeAll: closeWindows, gone: browsersGone });
