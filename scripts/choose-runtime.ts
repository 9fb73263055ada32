import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ROOT } from './paths.ts';
import { runProcess } from './run-process.ts';

export interface Runtime {
  readonly kind: 'electron' | 'stand-in';
  /** Electron's executable; `null` for the stand-in. */
  readonly executable: string | null;
  /** Why this one, in a line. */
  readonly reason: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Longest wait for Electron's download. */
const DOWNLOAD_MS = 60_000;

const EXECUTABLES: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/**
 * Electron where its binary is there or can be fetched, else the stand-in. `TESSERA_RUNTIME` forces one.
 *
 * @param mayDownload tests do not wait for a download that most likely fails
 * @throws Error where the forced one is unknown or cannot be had
 */
export async function chooseRuntime(env: Environment = process.env, mayDownload = false): Promise<Runtime> {
  const forced = env.TESSERA_RUNTIME;
  if (forced !== undefined && forced !== '' && forced !== 'electron' && forced !== 'stand-in') {
    throw new Error(`TESSERA_RUNTIME is "${forced}"; it can be "electron" or "stand-in".`);
  }
  if (forced === 'stand-in') return standIn('TESSERA_RUNTIME asks for it');
  if (forced !== 'electron' && !hasDisplay(env))
    return standIn('Electron needs a display, and there is none');
  if (findElectron(env) === null && mayDownload && env.CI === undefined) await fetchElectron();
  const executable = findElectron(env);
  if (executable !== null) return { kind: 'electron', executable, reason: executable };
  const reason = `Electron's binary is not here (${electronFolder(env)})`;
  if (forced === 'electron') throw new Error(`${reason}, and TESSERA_RUNTIME asks for Electron.`);
  return standIn(reason);
}

/** Whether a window can be shown. */
export function hasDisplay(
  env: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
): boolean {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

function standIn(reason: string): Runtime {
  return { kind: 'stand-in', executable: null, reason };
}

async function fetchElectron(): Promise<void> {
  console.log('Fetching Electron…');
  const options = { stdio: 'ignore', timeout: DOWNLOAD_MS, cwd: ROOT } as const;
  const install = join(ROOT, 'node_modules', 'electron', 'install.js');
  await runProcess(process.execPath, [install], options).catch(() => 1);
}

function electronFolder(env: Environment): string {
  return env.ELECTRON_OVERRIDE_DIST_PATH ?? join('node_modules', 'electron', 'dist');
}

/** Without importing the package "electron", which would start a download. */
export function findElectron(env: Environment): string | null {
  const executable = resolve(ROOT, electronFolder(env), EXECUTABLES[process.platform] ?? 'electron');
  if (!existsSync(executable)) return null;
  if (env.ELECTRON_OVERRIDE_DIST_PATH !== undefined) return executable;
  // A download that was cut short leaves a folder without this file.
  const finished = join(ROOT, 'node_modules', 'electron', 'path.txt');
  return existsSync(finished) && readFileSync(finished, 'utf8') !== '' ? executable : null;
}
