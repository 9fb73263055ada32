import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** How a file is called that is written before it takes the place of the old one. */
export const DRAFT_NAME = /^\.[0-9a-f]{8}-[0-9a-f-]{27}\.tmp$/;

interface WriteOptions {
  /** Readable by its owner alone, and so is a folder that has to be made for it; else as the umask has it. */
  readonly isPrivate: boolean;
}

/**
 * Replaces a file in one step: written beside to the last byte, synced, renamed, and the folder synced. After
 * a crash it is the old one or the new one.
 *
 * @throws what the system refuses; the file is then as it was
 */
export function writeWholeFile(path: string, text: string, { isPrivate }: WriteOptions): void {
  const folder = dirname(path);
  const draft = join(folder, `.${randomUUID()}.tmp`);
  mkdirSync(folder, { recursive: true, ...(isPrivate ? { mode: 0o700 } : {}) });
  try {
    const descriptor = openSync(draft, 'wx', isPrivate ? 0o600 : 0o666);
    try {
      // Goes on until all is written, or fails: a single call may write a part, and does on a full disk.
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  syncFolder(folder);
}

/** A file's new name lasts only once its folder is on the disk too. Windows has no such call. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
