import { mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';
import { environment, say } from '../app/environment.ts';
import { runtimeFolder } from '../app/runtime-folder.ts';
import { findChromium } from './find-chromium.ts';

export interface ChromiumWindow {
  readonly context: BrowserContext;
  readonly page: Page;
  /** The stand-in's own line to the page, apart from Playwright's. */
  readonly session: CDPSession;
}

/**
 * Opens a browser of its own for one window, in a fresh profile. Nothing it does by itself reaches the
 * network: no name resolves, services that call home are off.
 *
 * @param url where the window will be; nothing is loaded from it yet
 */
export async function openChromium(url: string, width: number, height: number): Promise<ChromiumWindow> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error('No Chromium, Chrome or Edge found. Install one, or name it in TESSERA_CHROMIUM.');
  }
  const profile = mkdtempSync(join(runtimeFolder(), 'profile-'));
  const { headless } = environment;
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless,
    chromiumSandbox: canSandbox(),
    viewport: headless ? { width, height } : null,
    colorScheme: headless ? environment.colorScheme : null,
    reducedMotion: null,
    forcedColors: null,
    serviceWorkers: 'block',
    acceptDownloads: false,
    handleSIGHUP: false,
    handleSIGINT: false,
    handleSIGTERM: false,
    args: chromiumArgs(url, width, height),
  });
  const page = context.pages()[0] ?? (await context.newPage());
  if (environment.cdpFile !== undefined) publishDebuggingAddress(profile, environment.cdpFile);
  // An empty set: whatever a page may ask for is refused without a question.
  await context.grantPermissions([]);
  return { context, page, session: await context.newCDPSession(page) };
}

function chromiumArgs(url: string, width: number, height: number): string[] {
  const reachable = environment.devServer === undefined ? [] : [new URL(environment.devServer).hostname];
  return [
    // A window of its own, without bars. Where none is seen it starts empty: Playwright now and then never gets hold
    // of a page whose first load is failing meanwhile, as this one's does until requests are answered here.
    ...(environment.headless ? [] : [`--app=${url}`]),
    `--window-size=${width},${height}`,
    `--host-resolver-rules=${['MAP * ~NOTFOUND', ...reachable.map((host) => `EXCLUDE ${host}`)].join(', ')}`,
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--disable-quic',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-domain-reliability',
    '--disable-sync',
    '--disable-extensions',
    '--disable-infobars',
    '--no-pings',
    // Without it a bar across the window warns of the flags above.
    '--test-type',
    ...(environment.cdpFile === undefined ? [] : ['--remote-debugging-port=0']),
  ];
}

/** Chromium's sandbox cannot run as root. Outside Linux there is no such rule. */
function canSandbox(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return true;
  say('running as root: Chromium is started with --no-sandbox');
  return false;
}

/** Written beside and renamed, so that whoever waits for the file never reads half of it. */
function publishDebuggingAddress(profile: string, file: string): void {
  const [port = '', path = ''] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(`${file}.new`, `ws://127.0.0.1:${port}${path}`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
