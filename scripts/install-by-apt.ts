import type { SpawnOptions } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isExecutable } from '../stand-in/chromium/find-chromium.ts';
import { ROOT } from './paths.ts';
import { runProcess } from './run-process.ts';

/** Whether Debian's packages can be installed without asking anybody. */
export function canInstallByApt(): boolean {
  return isExecutable('/usr/bin/apt-get') && process.getuid?.() === 0;
}

/** @param why said before, because it takes a while */
export async function installByApt(packages: readonly string[], why: string): Promise<void> {
  const log = join(ROOT, '.cache', 'apt.log');
  console.log(`${why}: installing Debian's (log: ${log}).`);
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, 'a');
  const options: SpawnOptions = {
    stdio: ['ignore', output, output],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  await runProcess('apt-get', ['update'], options);
  await runProcess('apt-get', ['install', '-y', '--no-install-recommends', ...packages], options);
  closeSync(output);
}
