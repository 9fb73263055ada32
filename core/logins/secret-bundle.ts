/** In the order in which they are written; the place in the list is the part's number in the file. */
const PARTS = [
  'password',
  'clientSecret',
  'accessToken',
  'refreshToken',
  /** Kept so that it is still masked: requests under way may carry it. */
  'previousAccessToken',
  /** Continues a sign-in that waits for its code. */
  'twoFactorToken',
] as const;
export type SecretPart = (typeof PARTS)[number];

/** The secrets of a token that Tessera obtains: several, sealed as one. */
export type SecretBundle = Partial<Readonly<Record<SecretPart, Buffer>>>;

const VERSION = 1;
const HEAD_BYTES = 5;

/**
 * One version byte, then each part as its number (a byte), its length (four bytes, big-endian) and its bytes:
 * secrets stay buffers, which can be wiped.
 */
export function packBundle(bundle: SecretBundle): Buffer {
  const pieces = PARTS.flatMap((part, index) => {
    const secret = bundle[part];
    if (secret === undefined) return [];
    const head = Buffer.alloc(HEAD_BYTES);
    head.writeUInt8(index, 0);
    head.writeUInt32BE(secret.length, 1);
    return [head, secret];
  });
  return Buffer.concat([Buffer.of(VERSION), ...pieces]);
}

/**
 * @param packed what the parts look into: wiping it wipes them
 * @returns nothing of parts that are unknown here, or of bytes that are no bundle
 */
export function unpackBundle(packed: Buffer): SecretBundle {
  const bundle: Partial<Record<SecretPart, Buffer>> = {};
  if (packed[0] !== VERSION) return bundle;
  let position = 1;
  while (position + HEAD_BYTES <= packed.length) {
    const part = PARTS[packed.readUInt8(position)];
    const start = position + HEAD_BYTES;
    const end = start + packed.readUInt32BE(position + 1);
    if (end > packed.length) break;
    if (part !== undefined) bundle[part] = packed.subarray(start, end);
    position = end;
  }
  return bundle;
}
