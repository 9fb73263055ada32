import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const KEY_BYTES = 32;

/** Says what an envelope is and where it belongs. Opening needs the very same: a moved envelope does not open. */
export type SealContext = readonly (string | number)[];

/** An envelope that was changed, moved, or sealed under another key. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** AES-256-GCM under a fresh random nonce. @returns base64 of nonce ‖ ciphertext ‖ tag */
export function seal(key: Buffer, plaintext: Buffer, context: SealContext): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = withoutStackTraces(() => createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }));
  cipher.setAAD(encodeContext(context));
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]).toString(
    'base64',
  );
}

/** @returns the plaintext, which the caller wipes @throws SealBroken */
export function unseal(key: Buffer, envelope: string, context: SealContext): Buffer {
  const bytes = Buffer.from(envelope, 'base64');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new SealBroken('The envelope is too short.');
  const decipher = withoutStackTraces(() =>
    createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES }),
  );
  decipher.setAAD(encodeContext(context));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  const plaintext = decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES));
  try {
    decipher.final();
    return plaintext;
  } catch {
    plaintext.fill(0);
    throw new SealBroken('The envelope does not open: it was changed, moved, or sealed under another key.');
  }
}

/**
 * Node 24 tells a key in a Buffer from one in a KeyObject by an error that it throws and catches itself. The
 * stack trace of that error takes four times as long as making the cipher.
 */
function withoutStackTraces<Made>(make: () => Made): Made {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Each part behind its length, so that no two contexts give the same bytes. */
function encodeContext(context: SealContext): Buffer {
  const parts = context.map(String);
  const lengths = parts.map((part) => Buffer.byteLength(part, 'utf8'));
  const bytes = Buffer.alloc(lengths.reduce((sum, length) => sum + 4 + length, 0));
  let at = 0;
  for (const [index, part] of parts.entries()) {
    at = bytes.writeUInt32BE(lengths[index] ?? 0, at);
    at += bytes.write(part, at, 'utf8');
  }
  return bytes;
}
