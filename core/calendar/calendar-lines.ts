/** Longest line of a calendar file in bytes, without its end (RFC 5545, 3.1). */
const LINE_BYTES = 75;

/** A property of text: what has a meaning of its own in a calendar file is escaped. */
export function textLine(name: string, text: string): string {
  const escaped = text
    .replace(/[\\;,]/g, (character) => `\\${character}`)
    .replace(/\r\n|\r|\n/g, '\\n')
    // The rest of the controls may not stand in a calendar file at all.
    .replace(/\p{Cc}/gu, (character) => (character === '\t' ? character : ''));
  return `${name}:${escaped}`;
}

/** An instant in UTC: `20270131T235959Z`. */
export function instantText(instant: Date): string {
  return `${instant.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

/** The lines as a file: long ones are folded between characters, and each ends as the format wants it. */
export function calendarText(lines: readonly string[]): string {
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

function fold(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  let bytes = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (bytes + size > LINE_BYTES) {
      pieces.push(piece);
      piece = '';
      // The space that a folded line begins with counts too.
      bytes = 1;
    }
    piece += character;
    bytes += size;
  }
  return [...pieces, piece].join('\r\n ');
}
