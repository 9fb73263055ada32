import type { SpawnOptions } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium, isExecutable } from '../stand-in/chromium/find-chromium.ts';
import { binary, ROOT } from './paths.ts';
import { runProcess } from './run-process.ts';

/**
 * The path of a Chromium: an installed one; else Debian's, installed by apt where we may; else Playwright's.
 *
 * @throws Error that says what to do
 */
export async function ensureChromium(): Promise<string> {
  const installed = findChromium() ?? playwrightsOwn();
  if (installed !== undefined) return installed;
  if (isExecutable('/usr/bin/apt-get') && process.getuid?.() === 0) {
    await installByApt();
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

async function installByApt(): Promise<void> {
  const log = join(ROOT, '.cache', 'apt.log');
  console.log(`No Chromium found: installing Debian's (log: ${log}).`);
  mkdirSync(join(log, '..'), { recursive: true });
  const output = openSync(log, 'a');
  const options: SpawnOptions = {
    stdio: ['ignore', output, output],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  await runProcess('apt-get', ['update'], options);
  await runProcess(
    'apt-get',
    ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'],
    options,
  );
  closeSync(output);
}
