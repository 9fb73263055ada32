/** Bytes at the start of a body in which it may say its own charset. */
const SNIFFED_BYTES = 1024;

/** The charset that a `Content-Type` names, lower case; `null` where it names none. */
export function charsetOf(headers: readonly (readonly [name: string, value: string])[]): string | null {
  const contentType = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return /;\s*charset\s*=\s*"?([\w.:-]+)"?/i.exec(contentType)?.[1]?.toLowerCase() ?? null;
}

/** What is known of a body's charset before it is read. */
export interface CharsetHints {
  /** As the server named it. */
  readonly charset: string | null;
  readonly mediaType: string;
}

/**
 * The charset that a body is in: by its byte order mark, else as the server says, else as the XML declaration or
 * the HTML says, else UTF-8.
 *
 * @returns a name that `TextDecoder` knows, lower case
 */
export async function detectCharset(
  body: { read(start: number, end: number): Buffer },
  { charset, mediaType }: CharsetHints,
): Promise<string> {
  const start = body.read(0, SNIFFED_BYTES);
  const marked = byteOrderMark(start);
  if (marked !== null) return marked;
  const named = knownName(charset);
  if (named !== null) return named;
  const xml = mediaType.includes('xml');
  if (!xml && mediaType !== 'text/html') return 'utf-8';
  const { default: sniff } = await import('html-encoding-sniffer');
  return knownName(sniff(start, { xml, defaultEncoding: 'UTF-8' })) ?? 'utf-8';
}

function byteOrderMark(start: Buffer): string | null {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return 'utf-8';
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  return start[0] === 0xfe && start[1] === 0xff ? 'utf-16be' : null;
}

function knownName(label: string | null): string | null {
  if (label === null) return null;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}
