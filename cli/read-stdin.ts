import { AppError } from '../shared/app-error.ts';

/** All of standard input, up to `limit` bytes. @throws AppError `INVALID_INPUT` past it */
export async function readStdin(limit: number, what: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limit)
      throw new AppError('INVALID_INPUT', `${what} on standard input is longer than ${limit} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
