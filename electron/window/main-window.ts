import { join } from 'node:path';
import { BrowserWindow, nativeTheme } from 'electron';
import { APP_ORIGIN } from './app-protocol.ts';
import { WEB_PREFERENCES } from './web-preferences.ts';

const BACKGROUND = { light: '#ffffff', dark: '#16181d' } as const;

/** The one window. Its page gets no Node, no shared context, no way to another page. */
export function createMainWindow(url = `${APP_ORIGIN}/index.html`): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 960,
    minHeight: 640,
    show: false,
    title: 'Tessera',
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: join(import.meta.dirname, '..', 'preload', 'preload.cjs'),
      ...WEB_PREFERENCES,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(url);
  return window;
}
