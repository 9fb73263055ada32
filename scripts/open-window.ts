import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { _electron, type Browser, chromium, type Page } from 'playwright-core';
import { chooseRuntime, type Runtime } from './choose-runtime.ts';
import { ensureChromium } from './ensure-chromium.ts';
import { launchCommand, stdioFor } from './launch.ts';
import { ROOT } from './paths.ts';

export interface OpenWindowOptions {
  readonly home: string;
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
  readonly env?: Readonly<Record<string, string>>;
}

export interface OpenWindow {
  readonly page: Page;
  readonly runtime: Runtime['kind'];
  readonly close: () => Promise<void>;
}

/** How much of the app's last output is told where it fails, in characters. */
const OUTPUT_LENGTH = 4_000;

/** Longest wait for the window. */
const OPEN_MS = 30_000;

/** Opens the built app's real window for a program to drive: on Electron, else headless on the stand-in. */
export async function openWindow(options: OpenWindowOptions): Promise<OpenWindow> {
  const runtime = await chooseRuntime();
  const opened =
    runtime.kind === 'electron' ? await openElectron(runtime, options) : await openStandIn(runtime, options);
  const { width = 1280, height = 800 } = options;
  await opened.page.setViewportSize({ width, height });
  // A second client of the browser brings a colour scheme of its own, light unless told otherwise.
  await opened.page.emulateMedia({ colorScheme: options.colorScheme ?? 'light' });
  await opened.page.waitForLoadState('load');
  return opened;
}

async function openElectron(
  runtime: Runtime,
  { home, colorScheme, env }: OpenWindowOptions,
): Promise<OpenWindow> {
  const { command, args } = launchCommand(runtime, []);
  const app = await _electron.launch({
    executablePath: command,
    args: [...args],
    env: { ...definedEnvironment(), ...env, TESSERA_HOME: home },
    ...(colorScheme === undefined ? {} : { colorScheme }),
  });
  return { page: await app.firstWindow(), runtime: 'electron', close: () => app.close() };
}

async function openStandIn(
  runtime: Runtime,
  { home, colorScheme = 'light', env }: OpenWindowOptions,
): Promise<OpenWindow> {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-window-'));
  const addressFile = join(folder, 'cdp');
  const { command, args } = launchCommand(runtime, []);
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: stdioFor(runtime, 'pipe'),
    env: {
      ...process.env,
      ...env,
      TESSERA_HOME: home,
      TESSERA_CHROMIUM: await ensureChromium(),
      TESSERA_STAND_IN_HEADLESS: '1',
      TESSERA_STAND_IN_COLOR_SCHEME: colorScheme,
      TESSERA_STAND_IN_CDP: addressFile,
    },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-OUTPUT_LENGTH);
    });
  }
  let browser: Browser | undefined;
  const close = async () => {
    child.kill('SIGTERM');
    await ended;
    await browser?.close().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const address = await addressIn(addressFile, () => child.exitCode === null && child.signalCode === null);
    browser = await chromium.connectOverCDP(address);
    return { page: await firstPage(browser), runtime: 'stand-in', close };
  } catch (error) {
    await close();
    throw new Error(`The window did not open. The app said:\n${output}`, { cause: error });
  }
}

async function addressIn(file: string, isRunning: () => boolean): Promise<string> {
  const deadline = Date.now() + OPEN_MS;
  while (!existsSync(file)) {
    if (!isRunning()) throw new Error('The app has ended.');
    if (Date.now() > deadline) throw new Error('The app takes too long.');
    await sleep(50);
  }
  return readFileSync(file, 'utf8');
}

/** The page once the app has loaded it. */
async function firstPage(browser: Browser): Promise<Page> {
  const context = browser.contexts()[0];
  const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
  if (page === undefined) throw new Error('The window has no page.');
  await page.waitForURL(/\.invalid\/|^app:/, { timeout: OPEN_MS });
  return page;
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
