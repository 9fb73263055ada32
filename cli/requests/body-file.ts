import { accessSync, constants, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import { reasonOf } from '../read-text.ts';

/** Before anything is sent: an answer that cannot be kept may not come a second time. @throws AppError `WRITE_FAILED` */
export function checkWritable(path: string): void {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory()) {
      throw new AppError('WRITE_FAILED', `${path} is a folder. Name a file in it. Nothing was sent.`, {
        path,
      });
    }
    accessSync(found === undefined ? dirname(path) : path, constants.W_OK);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('WRITE_FAILED', `${path} cannot be written (${reasonOf(error)}). Nothing was sent.`, {
      path,
    });
  }
}

/** @throws AppError `WRITE_FAILED` */
export function writeBody(path: string, body: Buffer): void {
  try {
    writeFileSync(path, body);
  } catch (error) {
    throw new AppError('WRITE_FAILED', `The body could not be written to ${path} (${reasonOf(error)}).`, {
      path,
    });
  }
}
