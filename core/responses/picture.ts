import type { ByteSource } from '../spool/byte-source.ts';

/** Larger ones are saved to a file instead of being shown. */
const MOST_BYTES = 16 * 1024 * 1024;

/** By how they begin: what the server calls them does not count. SVG is not among them, it is a document. */
const SIGNATURES: readonly (readonly [mediaType: string, start: string])[] = [
  ['image/png', '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', '\xff\xd8\xff'],
  ['image/gif', 'GIF87a'],
  ['image/gif', 'GIF89a'],
];

/** A picture as a `data:` URL; `null` where it is none that is shown. */
export function pictureUrl(body: ByteSource): string | null {
  const mediaType = pictureType(body.read(0, 16).toString('latin1'));
  if (mediaType === null || body.length > MOST_BYTES) return null;
  return `data:${mediaType};base64,${body.read(0, body.length).toString('base64')}`;
}

function pictureType(start: string): string | null {
  if (start.startsWith('RIFF') && start.startsWith('WEBP', 8)) return 'image/webp';
  return SIGNATURES.find(([, signature]) => start.startsWith(signature))?.[0] ?? null;
}
