import type { Transform } from 'node:stream';
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';

/** More encodings on top of each other than this are not undone. */
const MOST_ENCODINGS = 5;

/**
 * The decoders for a `Content-Encoding`, in the order in which they are applied.
 *
 * @param first the first bytes of the body: `deflate` comes with and without a zlib header
 * @returns `[]` where nothing is to be undone; `null` where an encoding is not known
 */
export function decodersFor(contentEncoding: string, first: Buffer): Transform[] | null {
  const names = contentEncoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  if (names.length > MOST_ENCODINGS) return null;
  const decoders: Transform[] = [];
  for (const name of names.toReversed()) {
    const decoder = decoderFor(name, first);
    if (decoder === null) return null;
    decoders.push(decoder);
  }
  return decoders;
}

function decoderFor(name: string, first: Buffer): Transform | null {
  switch (name) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return ((first[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw();
    case 'br':
      return createBrotliDecompress();
    case 'zstd':
      return createZstdDecompress();
    default:
      return null;
  }
}
