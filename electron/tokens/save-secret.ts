import { open } from 'node:fs/promises';
import { dialog } from 'electron';
import { systemReason } from '../../core/system-error.ts';
import { AppError } from '../../shared/app-error.ts';
import type { ShellContext } from '../shell-context.ts';

/**
 * Asks where to, and writes a secret there, readable by its owner alone. It leaves the vault's protection:
 * the user has asked for just that.
 *
 * @returns the path, or `null` where the user thought better of it
 * @throws AppError `WRITE_FAILED`
 */
export async function saveSecret(
  window: ShellContext['window'],
  name: string,
  secret: Buffer,
): Promise<string | null> {
  const parent = window();
  const options = {
    title: 'Save the secret',
    defaultPath: `${name.replace(/[^\p{L}\p{N} ._-]+/gu, '-')}.txt`,
  };
  const answer = await (parent === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(parent, options));
  if (answer.canceled || answer.filePath === '') return null;
  await writePrivately(answer.filePath, secret);
  return answer.filePath;
}

async function writePrivately(path: string, secret: Buffer): Promise<void> {
  try {
    await using file = await open(path, 'w', 0o600);
    // A file that was there before keeps its mode; the secret comes after it is closed to others.
    await file.chmod(0o600);
    await file.writeFile(secret);
  } catch (error) {
    const reason = systemReason(error);
    throw new AppError(
      'WRITE_FAILED',
      `The secret could not be written to ${path} (${reason}). Choose another place.`,
      { path },
    );
  }
}
