import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import { writeFailureReason } from './explain-write-failure.ts';

/**
 * Replaces a file in one step: written beside, synced, renamed.
 *
 * @param mode of a new file; left out: as the user's umask has it
 * @throws AppError `WRITE_FAILED`; the file is then as it was
 */
export function writeWholeFile(path: string, text: string, mode = 0o666): void {
  const draft = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    mkdirSync(dirname(path), { recursive: true });
    const descriptor = openSync(draft, 'wx', mode);
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new AppError(
      'WRITE_FAILED',
      `${path} could not be written (${writeFailureReason(error)}). It is as it was before.`,
      { path },
    );
  }
}
