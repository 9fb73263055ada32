import { chromium } from 'playwright-core';
import { findChromium, isExecutable } from '../stand-in/chromium/find-chromium.ts';
import { canInstallByApt, installByApt } from './install-by-apt.ts';
import { binary } from './paths.ts';
import { runProcess } from './run-process.ts';

/**
 * The path of a Chromium: an installed one; else Debian's, installed by apt where we may; else Playwright's.
 *
 * @throws Error that says what to do
 */
export async function ensureChromium(): Promise<string> {
  const installed = findChromium() ?? playwrightsOwn();
  if (installed !== undefined) return installed;
  if (canInstallByApt()) {
    await installByApt(['chromium', 'fonts-liberation'], 'No Chromium found');
    const found = findChromium();
    if (found !== undefined) return found;
  }
  console.log('No Chromium found: downloading one with Playwright.');
  await runProcess(binary('playwright'), ['install', 'chromium']);
  const downloaded = playwrightsOwn();
  if (downloaded !== undefined) return downloaded;
  throw new Error(
    'No Chromium, Chrome or Edge is here, and none could be installed. Install one, or name it in TESSERA_CHROMIUM.',
  );
}

function playwrightsOwn(): string | undefined {
  const path = chromium.executablePath();
  return isExecutable(path) ? path : undefined;
}
