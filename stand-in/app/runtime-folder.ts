import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'tessera-stand-in-';
let folder: string | undefined;

/**
 * This process's own temporary folder (mode 0700): browser profiles and the instance socket. Removed on exit;
 * what a killed process left behind is removed by the next one.
 */
export function runtimeFolder(): string {
  if (folder === undefined) {
    sweep();
    folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
    process.on('exit', removeRuntimeFolder);
  }
  return folder;
}

function removeRuntimeFolder(): void {
  if (folder !== undefined) remove(folder);
}

function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN;
    if (!Number.isNaN(pid) && !isAlive(pid)) remove(join(tmpdir(), name));
  }
}

function remove(path: string): void {
  try {
    // A browser on its way out may still be writing.
    rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  } catch {
    // The next start tries again.
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
