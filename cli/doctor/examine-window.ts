import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Finding } from './finding.ts';

const ELECTRON: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

const CHROMIUM_COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];

const CHROMIUM_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge'];

const CHROMIUM_WINDOWS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/** What the window needs. The command does without all of it. */
export function examineWindow(): Finding[] {
  const electron = findElectron();
  return [display(), electron, chromium(electron.state === 'ok')];
}

function display(): Finding {
  const what = 'Display';
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  const here = process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY);
  return here
    ? { what, state: 'ok', found: DISPLAY || WAYLAND_DISPLAY || 'there is one', todo: null }
    : {
        what,
        state: 'limited',
        found: 'none (neither DISPLAY nor WAYLAND_DISPLAY is set)',
        todo: 'The window cannot be shown here; `npm run tour` takes pictures of it. The command works.',
      };
}

function findElectron(): Finding {
  const what = 'Electron';
  const folder =
    process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(packageRoot(), 'node_modules', 'electron', 'dist');
  const executable = join(folder, ELECTRON[process.platform] ?? 'electron');
  return existsSync(executable)
    ? { what, state: 'ok', found: executable, todo: null }
    : {
        what,
        state: 'limited',
        found: 'its binary is not here',
        todo: '`npm start` downloads it where it can, and shows the window in Chromium where it cannot.',
      };
}

/** @param needless Electron is here, and Chromium only a spare */
function chromium(needless: boolean): Finding {
  const what = 'Chromium';
  const found = process.env.TESSERA_CHROMIUM || chromiumPlaces().find(isExecutable);
  if (found) return { what, state: 'ok', found, todo: null };
  return needless
    ? { what, state: 'ok', found: 'none, and none is needed', todo: null }
    : {
        what,
        state: 'limited',
        found: 'none',
        todo: 'Install Chromium, Chrome or Edge, or name one in TESSERA_CHROMIUM; `npm start` tries to.',
      };
}

function chromiumPlaces(): string[] {
  const { PATH = '', PROGRAMFILES = '', LOCALAPPDATA = '' } = process.env;
  if (process.platform === 'darwin') {
    return CHROMIUM_APPS.map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`);
  }
  if (process.platform === 'win32') {
    const folders = [PROGRAMFILES, process.env['PROGRAMFILES(X86)'] ?? '', LOCALAPPDATA];
    return folders.flatMap((folder) => CHROMIUM_WINDOWS.map((path) => `${folder}\\${path}`));
  }
  const folders = PATH.split(delimiter).filter((folder) => folder !== '');
  return CHROMIUM_COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The nearest folder with a package.json: of the source and of the build alike. */
function packageRoot(folder: string = import.meta.dirname): string {
  const parent = dirname(folder);
  return existsSync(join(folder, 'package.json')) || parent === folder ? folder : packageRoot(parent);
}
