import { createHmac, randomBytes } from 'node:crypto';

/**
 * The secrets that one start announces. Each is derived from a random key by its label, so that a reset brings
 * back the very tokens that were announced.
 */
export class Seed {
  readonly #key = randomBytes(32);

  /** @param size at most 64 */
  bytes(label: string, size: number): Buffer {
    return createHmac('sha512', this.#key).update(label).digest().subarray(0, size);
  }

  /** 32 bytes in the letters of URLs. */
  base64url(label: string): string {
    return this.bytes(label, 32).toString('base64url');
  }

  hex(label: string, size: number): string {
    return this.bytes(label, size).toString('hex');
  }

  /** Version 4 by form. */
  uuid(label: string): string {
    const bytes = this.bytes(label, 16);
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  text(label: string, length: number, letters: string): string {
    return Array.from(this.bytes(label, length), (byte) => letters.charAt(byte % letters.length)).join('');
  }
}
