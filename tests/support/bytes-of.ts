import type { ByteSource } from '../../core/spool/byte-source.ts';

/** Bytes that are all in memory. */
export function bytesOf(content: string | Buffer): ByteSource {
  const bytes = Buffer.from(content as string);
  return { length: bytes.length, read: (start, end) => bytes.subarray(start, end) };
}
