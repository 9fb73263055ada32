/**
 * Turns values into text and back, keeping what the structured clone algorithm keeps. The page runs the very
 * same functions, by their source text (see page-script.ts), so they refer to nothing but each other and to
 * what Node and browsers both have.
 */

type Encoded = string | number | boolean | null | Encoded[];
type ViewConstructor = new (buffer: ArrayBuffer) => ArrayBufferView;

/** @throws Error "An object could not be cloned." for functions and whatever else cannot be cloned */
export function encodeClone(value: unknown): string {
  let copy: unknown;
  try {
    // Getters run, prototypes go, functions and other uncloneable things throw: as the platform does it.
    copy = structuredClone(value);
  } catch {
    throw new Error('An object could not be cloned.');
  }
  return JSON.stringify(encodeItem(copy, new Map()));
}

/** @param text what `encodeClone` made */
export function decodeClone(text: string): unknown {
  return decodeItem(JSON.parse(text) as Encoded, []);
}

function encodeItem(value: unknown, seen: Map<unknown, number>): Encoded {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (Number.isFinite(value) && !Object.is(value, -0)) return value;
    return ['number', Object.is(value, -0) ? '-0' : String(value)];
  }
  if (value === undefined) return ['undefined'];
  if (typeof value === 'bigint') return ['bigint', String(value)];
  const known = seen.get(value);
  if (known !== undefined) return ['seen', known];
  seen.set(value, seen.size);
  return encodeObject(value as object, (item) => encodeItem(item, seen));
}

function encodeObject(value: object, encode: (value: unknown) => Encoded): Encoded {
  if (Array.isArray(value)) return encodeArray(value, encode);
  if (value instanceof Date) return ['date', encode(value.getTime())];
  if (value instanceof RegExp) return ['regexp', value.source, value.flags];
  if (value instanceof Map) return ['map', ...[...value].flat().map(encode)];
  if (value instanceof Set) return ['set', ...[...value].map(encode)];
  if (value instanceof ArrayBuffer) return ['buffer', bytesToText(new Uint8Array(value))];
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  if (ArrayBuffer.isView(value)) {
    return ['view', kind, bytesToText(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))];
  }
  if (value instanceof Error) {
    return ['error', value.name, value.message, value.stack ?? '', encode(value.cause)];
  }
  if (kind !== 'Object') throw new Error('An object could not be cloned.');
  return ['object', ...Object.entries(value).flatMap(([key, item]) => [key, encode(item)])];
}

/** Arrays with holes keep them: their items are written with their indexes. */
function encodeArray(value: readonly unknown[], encode: (value: unknown) => Encoded): Encoded {
  const keys = Object.keys(value);
  if (keys.length === value.length) return ['list', ...value.map(encode)];
  return ['sparse', value.length, ...keys.flatMap((key) => [key, encode(Reflect.get(value, key))])];
}

/** @param seen the objects decoded so far, in the order in which they were encoded */
function decodeItem(item: Encoded, seen: unknown[]): unknown {
  if (!Array.isArray(item)) return item;
  const [tag, first = null, second = null] = item;
  if (tag === 'undefined') return undefined;
  if (tag === 'number') return Number(first);
  if (tag === 'bigint') return BigInt(String(first));
  if (tag === 'seen') return seen[Number(first)];
  if (tag === 'date') return keepSeen(new Date(Number(decodeItem(first, seen))), seen);
  if (tag === 'regexp') return keepSeen(new RegExp(String(first), String(second)), seen);
  if (tag === 'buffer') return keepSeen(textToBuffer(String(first)), seen);
  if (tag === 'view') return keepSeen(decodeView(String(first), String(second)), seen);
  if (tag === 'error') return decodeError(item, seen);
  return decodeContainer(String(tag), item.slice(1), seen);
}

function keepSeen<Value>(value: Value, seen: unknown[]): Value {
  seen.push(value);
  return value;
}

function decodeView(kind: string, text: string): ArrayBufferView {
  const View = Reflect.get(globalThis, kind) as ViewConstructor;
  return new View(textToBuffer(text));
}

function decodeError([, name, message, stack, cause = null]: Encoded[], seen: unknown[]): Error {
  const known = ['EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'];
  const kind = known.includes(String(name)) ? String(name) : 'Error';
  const ErrorKind = Reflect.get(globalThis, kind) as ErrorConstructor;
  const error = keepSeen(new ErrorKind(String(message)), seen);
  Object.defineProperty(error, 'stack', { value: String(stack), writable: true, configurable: true });
  const decodedCause = decodeItem(cause, seen);
  if (decodedCause !== undefined) {
    Object.defineProperty(error, 'cause', { value: decodedCause, writable: true, configurable: true });
  }
  return error;
}

function decodeContainer(tag: string, items: Encoded[], seen: unknown[]): unknown {
  if (tag === 'list') {
    const list = keepSeen<unknown[]>([], seen);
    for (const item of items) list.push(decodeItem(item, seen));
    return list;
  }
  if (tag === 'set') {
    const set = keepSeen(new Set<unknown>(), seen);
    for (const item of items) set.add(decodeItem(item, seen));
    return set;
  }
  if (tag === 'map') {
    const map = keepSeen(new Map<unknown, unknown>(), seen);
    for (let at = 0; at < items.length; at += 2) {
      map.set(decodeItem(items[at] ?? null, seen), decodeItem(items[at + 1] ?? null, seen));
    }
    return map;
  }
  const isSparse = tag === 'sparse';
  const target: object = keepSeen(isSparse ? new Array(Number(items[0])) : {}, seen);
  for (let at = isSparse ? 1 : 0; at < items.length; at += 2) {
    // Defined, not assigned: a key such as __proto__ stays a key.
    const value = decodeItem(items[at + 1] ?? null, seen);
    Object.defineProperty(target, String(items[at]), {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
  return target;
}

function bytesToText(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 32_768) {
    text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  }
  return btoa(text);
}

function textToBuffer(text: string): ArrayBuffer {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0)).buffer;
}

/** Everything above, for the page. */
export const cloneCodecFunctions = [
  encodeClone,
  decodeClone,
  encodeItem,
  encodeObject,
  encodeArray,
  decodeItem,
  keepSeen,
  decodeView,
  decodeError,
  decodeContainer,
  bytesToText,
  textToBuffer,
] as const;
