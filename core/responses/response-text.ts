import { formatJson } from './format-json.ts';
import type { StoredResponse } from './response-store.ts';

/** Bodies over this size are shown as they came: formatting would hold up the main process. */
const FORMATTED_BYTES = 20_000_000;

/**
 * A body as text, by the charset that the server named, UTF-8 otherwise. Bytes that are not of the charset
 * show as U+FFFD.
 */
export function responseText(response: StoredResponse, formatted: boolean): string {
  const text = decoder(response.charset).decode(response.body.toBuffer());
  if (!formatted || response.body.length > FORMATTED_BYTES || !isJson(response.mediaType)) return text;
  return formatJson(text) ?? text;
}

function isJson(mediaType: string): boolean {
  return mediaType === 'application/json' || mediaType === 'text/json' || mediaType.endsWith('+json');
}

function decoder(charset: string | null): { decode(bytes: Uint8Array): string } {
  try {
    return new TextDecoder(charset ?? 'utf-8');
  } catch {
    return new TextDecoder();
  }
}
