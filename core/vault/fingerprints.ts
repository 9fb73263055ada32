import { createHmac, hkdfSync } from 'node:crypto';
import { KEY_BYTES } from './seal.ts';

/** HMAC-SHA-256 under a key of its own for each purpose, derived from the vault key when it is first needed. */
export class Fingerprints {
  readonly #vaultKey: Buffer;
  readonly #keys = new Map<string, Buffer>();

  constructor(vaultKey: Buffer) {
    this.#vaultKey = vaultKey;
  }

  /** @returns base64url */
  of(purpose: string, bytes: Buffer): string {
    return createHmac('sha256', this.#keyFor(purpose)).update(bytes).digest('base64url');
  }

  wipe(): void {
    for (const key of this.#keys.values()) key.fill(0);
    this.#keys.clear();
  }

  #keyFor(purpose: string): Buffer {
    const known = this.#keys.get(purpose);
    if (known !== undefined) return known;
    const key = Buffer.from(
      hkdfSync('sha256', this.#vaultKey, '', `tessera fingerprint: ${purpose}`, KEY_BYTES),
    );
    this.#keys.set(purpose, key);
    return key;
  }
}
