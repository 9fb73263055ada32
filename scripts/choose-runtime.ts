import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { binary, ROOT } from './paths.ts';
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
 */
export async function chooseRuntime(env: Environment = process.env, mayDownload = false): Promise<Runtime> {
  if (env.TESSERA_RUNTIME === 'stand-in')
    return { kind: 'stand-in', executable: null, reason: 'TESSERA_RUNTIME asks for it' };
  const found = findElectron(env);
  if (found !== null) return { kind: 'electron', executable: found, reason: found };
  if (mayDownload && env.CI === undefined) {
    console.log('Fetching Electron…');
    const options = { stdio: 'ignore', timeout: DOWNLOAD_MS, cwd: ROOT } as const;
    await runProcess(process.execPath, [join(ROOT, 'node_modules', 'electron', 'install.js')], options).catch(
      () => 1,
    );
    const fetched = findElectron(env);
    if (fetched !== null) return { kind: 'electron', executable: fetched, reason: fetched };
  }
  const reason = "Electron's binary is not here and could not be fetched";
  if (env.TESSERA_RUNTIME === 'electron')
    throw new Error(`${reason}, and TESSERA_RUNTIME asks for Electron. ${binary('electron')} says more.`);
  return { kind: 'stand-in', executable: null, reason };
}

/** Without importing the package "electron", which would start a download. */
export function findElectron(env: Environment): string | null {
  const folder = env.ELECTRON_OVERRIDE_DIST_PATH ?? join(ROOT, 'node_modules', 'electron', 'dist');
  const executable = join(folder, EXECUTABLES[process.platform] ?? 'electron');
  if (!existsSync(executable)) return null;
  if (env.ELECTRON_OVERRIDE_DIST_PATH !== undefined) return executable;
  // A download that was cut short leaves a folder without this file.
  const finished = join(ROOT, 'node_modules', 'electron', 'path.txt');
  return existsSync(finished) && readFileSync(finished, 'utf8') !== '' ? executable : null;
}
