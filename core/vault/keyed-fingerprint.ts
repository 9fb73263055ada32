import { createHmac, hkdfSync } from 'node:crypto';

/** HMAC-SHA-256 under a key of its own for each purpose, derived from the vault key. @returns base64url */
export function keyedFingerprint(vaultKey: Buffer, purpose: string, bytes: Buffer): string {
  const key = Buffer.from(hkdfSync('sha256', vaultKey, '', `tessera fingerprint: ${purpose}`, 32));
  try {
    return createHmac('sha256', key).update(bytes).digest('base64url');
  } finally {
    key.fill(0);
  }
}
