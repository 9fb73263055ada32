import {
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  isJsonSpace,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
} from '../json/json-bytes.ts';
import { ByteCursor, type ByteSource, byteSet } from '../spool/byte-source.ts';

/** Steps from a JSON value to one inside it: names of members, indexes of elements, `length`. */
export type JsonPath = readonly (string | number)[];

const STRUCTURE = byteSet(QUOTE, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT);
const IN_STRING = byteSet(QUOTE, BACKSLASH);

/**
 * Reads one value out of JSON without making objects of all the rest: for bodies of many megabytes that
 * takes next to no memory. Gives what `JSON.parse` and going down the path would, the last of repeated
 * members included. What is beside the way is skipped, not checked.
 *
 * @returns `undefined` where there is no such value, or the text is not JSON
 */
export function jsonAtPath(source: ByteSource, path: JsonPath): unknown {
  const bytes = new ByteCursor(source);
  let position = skipSpace(bytes, 0);
  for (const [index, step] of path.entries()) {
    const last = index === path.length - 1;
    if (bytes.at(position) === OPEN_LIST) {
      if (step === 'length' && last) return countElements(bytes, position);
      position = element(bytes, position, step);
    } else if (bytes.at(position) === OPEN_OBJECT) {
      position = member(bytes, position, String(step));
    } else {
      return step === 'length' && last ? textLength(bytes, position) : undefined;
    }
    if (position === -1) return undefined;
  }
  return parseAt(bytes, position);
}

function parseAt(bytes: ByteCursor, start: number): unknown {
  try {
    return JSON.parse(bytes.text(start, skipValue(bytes, start)));
  } catch {
    return undefined;
  }
}

function textLength(bytes: ByteCursor, position: number): number | undefined {
  const value = parseAt(bytes, position);
  return typeof value === 'string' ? value.length : undefined;
}

/** Where the last member of that name has its value; -1: there is none. */
function member(bytes: ByteCursor, object: number, name: string): number {
  let found = -1;
  let position = skipSpace(bytes, object + 1);
  while (bytes.at(position) === QUOTE) {
    const nameEnd = skipString(bytes, position);
    const colon = skipSpace(bytes, nameEnd);
    if (bytes.at(colon) !== COLON) return -1;
    const value = skipSpace(bytes, colon + 1);
    if (isName(bytes, position, nameEnd, name)) found = value;
    position = skipSpace(bytes, skipValue(bytes, value));
    if (bytes.at(position) !== COMMA) break;
    position = skipSpace(bytes, position + 1);
  }
  return found;
}

function isName(bytes: ByteCursor, start: number, end: number, name: string): boolean {
  const text = bytes.text(start, end);
  if (!text.includes('\\')) return text.length === name.length + 2 && text.slice(1, -1) === name;
  try {
    return JSON.parse(text) === name;
  } catch {
    return false;
  }
}

function element(bytes: ByteCursor, list: number, step: string | number): number {
  const index = typeof step === 'number' || /^(0|[1-9]\d*)$/.test(step) ? Number(step) : -1;
  let position = -1;
  let count = 0;
  for (const start of elements(bytes, list)) {
    if (count === index) position = start;
    if (position !== -1) break;
    count += 1;
  }
  return position;
}

function countElements(bytes: ByteCursor, list: number): number {
  let count = 0;
  for (const _start of elements(bytes, list)) count += 1;
  return count;
}

/** Where each element begins. */
function* elements(bytes: ByteCursor, list: number): Generator<number> {
  let position = skipSpace(bytes, list + 1);
  while (position < bytes.length && bytes.at(position) !== CLOSE_LIST) {
    yield position;
    position = skipSpace(bytes, skipValue(bytes, position));
    if (bytes.at(position) !== COMMA) return;
    position = skipSpace(bytes, position + 1);
  }
}

/** The end of the value that begins here. */
function skipValue(bytes: ByteCursor, start: number): number {
  const first = bytes.at(start);
  if (first === QUOTE) return skipString(bytes, start);
  if (first === OPEN_LIST || first === OPEN_OBJECT) return skipNested(bytes, start);
  let position = start;
  while (position < bytes.length && !endsScalar(bytes.at(position))) position += 1;
  return position;
}

function skipNested(bytes: ByteCursor, start: number): number {
  let depth = 0;
  let position = start;
  for (;;) {
    position = bytes.find(STRUCTURE, position);
    const byte = bytes.at(position);
    if (byte === -1) return position;
    if (byte === QUOTE) {
      position = skipString(bytes, position);
      continue;
    }
    position += 1;
    depth += byte === OPEN_LIST || byte === OPEN_OBJECT ? 1 : -1;
    if (depth === 0) return position;
  }
}

function skipString(bytes: ByteCursor, start: number): number {
  let position = bytes.find(IN_STRING, start + 1);
  while (bytes.at(position) === BACKSLASH) position = bytes.find(IN_STRING, position + 2);
  return Math.min(position + 1, bytes.length);
}

function skipSpace(bytes: ByteCursor, start: number): number {
  let position = start;
  while (isJsonSpace(bytes.at(position))) position += 1;
  return position;
}

const endsScalar = (byte: number) =>
  byte === COMMA || byte === CLOSE_LIST || byte === CLOSE_OBJECT || isJsonSpace(byte);
