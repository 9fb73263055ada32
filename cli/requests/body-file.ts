import { accessSync, closeSync, constants, openSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type ByteSource, piecesOf } from '../../core/spool/byte-source.ts';
import { systemReason } from '../../core/system-error.ts';
import { AppError } from '../../shared/app-error.ts';

/**
 * Before anything is sent: an answer that cannot be kept may not come a second time.
 *
 * @param consequence what did not happen, for people
 * @throws AppError `WRITE_FAILED`
 */
export function checkWritable(path: string, consequence = 'Nothing was sent'): void {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory()) {
      throw new AppError('WRITE_FAILED', `${path} is a folder. Name a file in it. ${consequence}.`, { path });
    }
    accessSync(found === undefined ? dirname(path) : path, constants.W_OK);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'WRITE_FAILED',
      `${path} cannot be written (${systemReason(error)}). ${consequence}.`,
      {
        path,
      },
    );
  }
}

/** @throws AppError `WRITE_FAILED` */
export function writeBody(path: string, body: ByteSource): void {
  try {
    const file = openSync(path, 'w');
    try {
      for (const piece of piecesOf(body)) writeFileSync(file, piece);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new AppError('WRITE_FAILED', `The body could not be written to ${path} (${systemReason(error)}).`, {
      path,
    });
  }
}
