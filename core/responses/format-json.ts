const INDENT = '  ';

/**
 * Lays JSON out over lines. Only white space between tokens changes: numbers of any length, repeated keys,
 * their order and escapes stay as the server wrote them, which parsing and printing would not keep.
 *
 * @returns `null` where the text is not JSON
 */
export function formatJson(text: string): string | null {
  if (!isJson(text)) return null;
  const pieces: string[] = [];
  let depth = 0;
  let position = skipSpace(text, 0);
  while (position < text.length) {
    const character = text[position] ?? '';
    const end = tokenEnd(text, position);
    if (character === '{' || character === '[') {
      const inside = skipSpace(text, end);
      if (text[inside] === '}' || text[inside] === ']') {
        pieces.push(character, text[inside] ?? '');
        position = skipSpace(text, inside + 1);
        continue;
      }
      depth += 1;
      pieces.push(character, newLine(depth));
    } else if (character === '}' || character === ']') {
      depth -= 1;
      pieces.push(newLine(depth), character);
    } else if (character === ',') {
      pieces.push(character, newLine(depth));
    } else {
      pieces.push(character === ':' ? ': ' : text.slice(position, end));
    }
    position = skipSpace(text, end);
  }
  return pieces.join('');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const SCALAR_END = /[\s{}[\],:"]/g;
const SPACE = /[\t\n\r ]*/y;

function tokenEnd(text: string, start: number): number {
  const first = text[start] ?? '';
  if (first === '"') return stringEnd(text, start);
  if ('{}[],:'.includes(first)) return start + 1;
  SCALAR_END.lastIndex = start;
  return SCALAR_END.test(text) ? SCALAR_END.lastIndex - 1 : text.length;
}

/** By index, not by one regular expression: a string may be many megabytes long. */
function stringEnd(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1);
  while (quote !== -1) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
    quote = text.indexOf('"', quote + 1);
  }
  return text.length;
}

function skipSpace(text: string, start: number): number {
  SPACE.lastIndex = start;
  SPACE.test(text);
  return SPACE.lastIndex;
}

function newLine(depth: number): string {
  return `\n${INDENT.repeat(depth)}`;
}
