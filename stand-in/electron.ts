import { app } from './app/app.ts';
import { clipboard } from './clipboard.ts';
import { dialog } from './dialog.ts';
import { ipcMain } from './ipc/ipc-main.ts';
import { Menu } from './menu/application-menu.ts';
import { nativeTheme } from './native-theme.ts';
import { Notification } from './notification.ts';
import { powerMonitor } from './power-monitor.ts';
import { protocol } from './protocol.ts';
import { session } from './session.ts';
import { shell } from './shell.ts';
import { refusing } from './unimplemented.ts';
import { utilityProcess } from './utility-process.ts';
import { BrowserWindow } from './window/browser-window.ts';

const members = {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  Notification,
  powerMonitor,
  protocol,
  session,
  shell,
  utilityProcess,
};

export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeTheme,
  powerMonitor,
  protocol,
  session,
  shell,
  utilityProcess,
};

/** The module as a whole, as electron-store imports it. */
const electron: Readonly<Record<string, unknown>> = refusing(members, 'electron');

export { electron as default };
