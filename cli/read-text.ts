import { createReadStream } from 'node:fs';
import { systemReason } from '../core/system-error.ts';
import { AppError } from '../shared/app-error.ts';

/**
 * All of standard input as text.
 *
 * @param limit in bytes; what comes after is not waited for
 * @param what names it for people: "The secret"
 * @throws AppError `INVALID_INPUT` past the limit, or where it is not UTF-8
 */
export function readStandardInput(limit: number, what: string): Promise<string> {
  return readText(process.stdin as AsyncIterable<Buffer>, limit, what);
}

/** A whole file as text; a pipe or a device too. @throws AppError `FILE_NOT_FOUND`, `INVALID_INPUT` as above */
export async function readTextFile(path: string, limit: number, what: string): Promise<string> {
  try {
    return await readText(createReadStream(path) as AsyncIterable<Buffer>, limit, what);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('FILE_NOT_FOUND', `${what} ${path} cannot be read (${systemReason(error)}).`, {
      path,
    });
  }
}

async function readText(source: AsyncIterable<Buffer>, limit: number, what: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > limit) {
      throw new AppError(
        'INVALID_INPUT',
        `${what} is longer than ${limit.toLocaleString('en')} bytes. Is it the right one?`,
      );
    }
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new AppError('INVALID_INPUT', `${what} is not UTF-8 text.`);
  }
}
