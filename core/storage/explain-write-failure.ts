import { AppError } from '../../shared/app-error.ts';
import { systemReason } from '../system-error.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'a file may not grow that large here',
  EROFS: 'the disk is read-only',
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  ENOTDIR: 'a part of the path is a file',
  EISDIR: 'it is a folder',
  EIO: 'the disk failed',
};

/** In words, with the system's code. */
function writeFailureReason(error: unknown): string {
  const code = systemReason(error);
  return REASONS[code] === undefined ? code : `${REASONS[code]}, ${code}`;
}

/**
 * Does `work`; what the disk refuses becomes an error that says so. The files are then as they were.
 *
 * @param path the file or folder, for people
 * @throws AppError `WRITE_FAILED`
 */
export function explainWriteFailure<Value>(path: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'WRITE_FAILED',
      `Nothing could be written to ${path} (${writeFailureReason(error)}). What was there is as it was before.`,
      { path },
    );
  }
}
