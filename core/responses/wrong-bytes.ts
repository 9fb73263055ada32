import { type ByteSource, piecesOf } from '../spool/byte-source.ts';

const REPLACEMENT = '\ufffd';
const REPLACEMENT_BYTES = Buffer.from(REPLACEMENT);

/**
 * How much of a body is not in its charset: bytes for UTF-8, places for others. A U+FFFD that the server sent
 * itself is none in UTF-8. Yields between pieces.
 */
export function* countWrongBytes(body: ByteSource, charset: string): Generator<void, number> {
  const decoder = new TextDecoder(charset, { ignoreBOM: true });
  let replaced = 0;
  let decodedBytes = 0;
  const take = (text: string) => {
    replaced += text.split(REPLACEMENT).length - 1;
    decodedBytes += Buffer.byteLength(text);
  };
  for (const piece of piecesOf(body)) {
    take(decoder.decode(piece, { stream: true }));
    yield;
  }
  take(decoder.decode());
  if (charset !== 'utf-8' || replaced === 0) return replaced;
  const own = countOwn(body);
  return body.length - decodedBytes + REPLACEMENT_BYTES.length * (replaced - own);
}

/** Those that stand in the body as they are. */
function countOwn(body: ByteSource): number {
  const overlap = REPLACEMENT_BYTES.length - 1;
  let count = 0;
  let held: Buffer = Buffer.alloc(0);
  for (const piece of piecesOf(body)) {
    const text = Buffer.concat([held, piece]);
    for (let at = text.indexOf(REPLACEMENT_BYTES); at !== -1; ) {
      count += 1;
      at = text.indexOf(REPLACEMENT_BYTES, at + REPLACEMENT_BYTES.length);
    }
    held = Buffer.from(text.subarray(Math.max(0, text.length - overlap)));
  }
  return count;
}
