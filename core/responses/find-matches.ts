import { isAscii, isUtf8 } from 'node:buffer';
import { AppError } from '../../shared/app-error.ts';
import type { TextSearch } from '../../shared/responses/response-rows.ts';
import type { ByteSource } from '../spool/byte-source.ts';
import { GrowingNumbers } from './growing-numbers.ts';

/** Matches that are counted and kept. */
export const MOST_MATCHES = 1_000_000;

/** What is searched at a time, if lines end in it. */
const BLOCK_BYTES = 1024 * 1024;

/** A line is searched in parts of this size: what lies across two of them is not found. */
const LONGEST_LINE_BYTES = 64 * 1024 * 1024;

const LINE_FEED = 0x0a;

/** Where matches begin and end, in bytes. */
export interface Matches {
  readonly starts: GrowingNumbers;
  readonly ends: GrowingNumbers;
  isCapped: boolean;
}

/**
 * Looks for text in each line of a body. Yields now and then, so that others get a turn.
 *
 * @throws AppError `INVALID_INPUT` where an expression cannot be read
 */
export function* findMatches(source: ByteSource, search: TextSearch): Generator<void, Matches> {
  const expression = expressionFor(search);
  const matches: Matches = { starts: new GrowingNumbers(), ends: new GrowingNumbers(), isCapped: false };
  for (let position = 0; position < source.length && !matches.isCapped; ) {
    const block = readLines(source, position);
    findInBlock(block, position, search, expression, matches);
    position += block.length;
    yield;
  }
  return matches;
}

/** @throws AppError `INVALID_INPUT` */
function expressionFor({ text, isRegex, matchCase, wholeWord }: TextSearch): RegExp {
  const source = isRegex ? text : text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const word = '[\\p{L}\\p{N}_]';
  try {
    return new RegExp(wholeWord ? `(?<!${word})(?:${source})(?!${word})` : source, matchCase ? 'gu' : 'giu');
  } catch {
    throw new AppError('INVALID_INPUT', 'This is no regular expression. Check its brackets and escapes.', {
      path: 'search',
    });
  }
}

/** Whole lines, as many as go into a block; one that is longer by itself. */
function readLines(source: ByteSource, start: number): Buffer {
  for (let size = BLOCK_BYTES; ; size *= 2) {
    const block = source.read(start, start + size);
    if (start + block.length >= source.length) return block;
    const end = block.lastIndexOf(LINE_FEED);
    if (end !== -1) return block.subarray(0, end + 1);
    if (size >= LONGEST_LINE_BYTES) return block.subarray(0, wholeCharacters(block));
  }
}

/** How many bytes there are before a character that is cut at the end. */
function wholeCharacters(block: Buffer): number {
  let end = block.length;
  while (end > block.length - 4 && ((block[end - 1] ?? 0) & 0xc0) === 0x80) end -= 1;
  return end > 1 ? end - 1 : block.length;
}

function findInBlock(
  block: Buffer,
  offset: number,
  search: TextSearch,
  expression: RegExp,
  matches: Matches,
): void {
  // Where a character is a byte, places need no counting; so in what is not UTF-8.
  const isBytes = isAscii(block) || !isUtf8(block);
  const text = block.toString(isBytes ? 'latin1' : 'utf8');
  let counted = 0;
  let bytes = offset;
  const toByte = (index: number) => {
    bytes += isBytes ? index - counted : Buffer.byteLength(text.slice(counted, index));
    counted = index;
    return bytes;
  };
  const take = (start: number, end: number) => {
    if (matches.starts.length === MOST_MATCHES) {
      matches.isCapped = true;
      return;
    }
    matches.starts.push(toByte(start));
    matches.ends.push(toByte(end));
  };
  // Plain text has no line break in it: it can be looked for in all lines at once.
  if (!search.isRegex) {
    findIn(text, 0, expression, take, () => matches.isCapped);
    return;
  }
  for (let start = 0; start < text.length && !matches.isCapped; ) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    const bare = text[end - 1] === '\r' && end > start ? end - 1 : end;
    findIn(text.slice(start, bare), start, expression, take, () => matches.isCapped);
    start = end + 1;
  }
}

function findIn(
  text: string,
  at: number,
  expression: RegExp,
  take: (start: number, end: number) => void,
  isEnough: () => boolean,
): void {
  expression.lastIndex = 0;
  for (let match = expression.exec(text); match !== null && !isEnough(); match = expression.exec(text)) {
    const length = match[0].length;
    if (length > 0) take(at + match.index, at + match.index + length);
    else expression.lastIndex += (text.codePointAt(match.index) ?? 0) > 0xffff ? 2 : 1;
  }
}
