import {
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
} from '../json/json-bytes.ts';

const INDENT = 2;

/** Deeper than this nothing is moved further to the right. */
const DEEPEST_INDENT = 100;

/** Laid-out bytes are handed on in blocks of this size. */
const BLOCK_BYTES = 256 * 1024;

/** So few bytes are copied one by one: a call would take longer. */
const SHORT_BYTES = 48;

/** Room that one byte can need at most: a line break with its indent, and the byte. */
const MOST_ROOM = INDENT * DEEPEST_INDENT + 2;

const SPACE = 0x20;
const LINE_FEED = 0x0a;

/** What may come next. */
const EXPECT = {
  value: 0,
  valueOrClose: 1,
  keyOrClose: 2,
  key: 3,
  colon: 4,
  commaOrClose: 5,
  end: 6,
} as const;
type Expect = (typeof EXPECT)[keyof typeof EXPECT];

/** What is being read. */
const IN = { nothing: 0, string: 1, escape: 2, hex: 3, scalar: 4 } as const;
type Inside = (typeof IN)[keyof typeof IN];

const SCALAR = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;

/**
 * Lays JSON out over lines while it comes in pieces. Only white space between tokens changes: numbers of any
 * length, repeated keys, their order and escapes stay as the server wrote them, which parsing and printing would
 * not keep.
 */
export class JsonLayout {
  readonly #put: (bytes: Buffer) => void;
  #block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  #used = 0;
  /** 1: an object, 0: a list. */
  #containers = new Uint8Array(64);
  #depth = 0;
  #expect: Expect = EXPECT.value;
  #inside: Inside = IN.nothing;
  #isKey = false;
  #hexLeft = 0;
  /** The part of a number or a word that came in earlier pieces. */
  #scalar = '';
  /** Whether a container has just been opened: an empty one stays on its line. */
  #isOpened = false;
  #isJson = true;

  /** @param put takes what is laid out, as blocks of its own */
  constructor(put: (bytes: Buffer) => void) {
    this.#put = put;
  }

  /** @returns whether what has come so far can be JSON; where not, no more is looked at */
  write(piece: Buffer): boolean {
    for (let position = 0; this.#isJson && position < piece.length; ) {
      if (this.#inside === IN.string) position = this.#readString(piece, position);
      else if (this.#inside === IN.scalar) position = this.#readScalar(piece, position);
      else {
        const byte = piece[position] ?? 0;
        if (this.#inside === IN.nothing) position = this.#readToken(byte, position);
        else {
          this.#readEscape(byte);
          position += 1;
        }
      }
    }
    return this.#isJson;
  }

  /** No more is coming. @returns whether it was JSON */
  end(): boolean {
    if (this.#inside === IN.scalar) this.#endScalar();
    this.#flush();
    return this.#isJson && this.#inside === IN.nothing && this.#expect === EXPECT.end;
  }

  #readToken(byte: number, position: number): number {
    if (byte === SPACE || byte === LINE_FEED || byte === 0x0d || byte === 0x09) return position + 1;
    switch (byte) {
      case QUOTE:
        this.#isKey = this.#expect === EXPECT.key || this.#expect === EXPECT.keyOrClose;
        if (!this.#isKey && !this.#takesValue()) return this.#refuse(position);
        this.#beginItem();
        this.#byte(byte);
        this.#inside = IN.string;
        return position + 1;
      case OPEN_OBJECT:
      case OPEN_LIST:
        if (!this.#takesValue()) return this.#refuse(position);
        this.#beginItem();
        this.#open(byte);
        return position + 1;
      case CLOSE_OBJECT:
      case CLOSE_LIST:
        return this.#close(byte) ? position + 1 : this.#refuse(position);
      case COMMA:
        if (this.#expect !== EXPECT.commaOrClose) return this.#refuse(position);
        this.#byte(byte);
        this.#newLine();
        this.#expect = this.#isInObject() ? EXPECT.key : EXPECT.value;
        return position + 1;
      case COLON:
        if (this.#expect !== EXPECT.colon) return this.#refuse(position);
        this.#byte(byte);
        this.#byte(SPACE);
        this.#expect = EXPECT.value;
        return position + 1;
      default:
        if (!this.#takesValue()) return this.#refuse(position);
        this.#beginItem();
        this.#inside = IN.scalar;
        return position;
    }
  }

  #readString(piece: Buffer, from: number): number {
    let position = from;
    while (position < piece.length) {
      const byte = piece[position] ?? 0;
      if (byte === QUOTE || byte === BACKSLASH || byte < SPACE) break;
      position += 1;
    }
    this.#bytes(piece, from, position);
    if (position === piece.length) return position;
    const byte = piece[position] ?? 0;
    if (byte < SPACE) return this.#refuse(position);
    this.#byte(byte);
    if (byte === BACKSLASH) this.#inside = IN.escape;
    else {
      this.#inside = IN.nothing;
      this.#expect = this.#isKey ? EXPECT.colon : this.#afterValue();
    }
    return position + 1;
  }

  #readEscape(byte: number): void {
    this.#byte(byte);
    if (this.#inside === IN.hex) {
      this.#isJson = isHex(byte);
      this.#hexLeft -= 1;
      if (this.#hexLeft === 0) this.#inside = IN.string;
    } else if (byte === 0x75) {
      this.#inside = IN.hex;
      this.#hexLeft = 4;
    } else {
      this.#isJson = '"\\/bfnrt'.includes(String.fromCharCode(byte));
      this.#inside = IN.string;
    }
  }

  #readScalar(piece: Buffer, from: number): number {
    let position = from;
    while (position < piece.length && !endsScalar(piece[position] ?? 0)) position += 1;
    this.#scalar += piece.toString('latin1', from, position);
    this.#bytes(piece, from, position);
    if (position < piece.length) this.#endScalar();
    return position;
  }

  #endScalar(): void {
    this.#isJson &&= SCALAR.test(this.#scalar);
    this.#scalar = '';
    this.#inside = IN.nothing;
    this.#expect = this.#afterValue();
  }

  #open(byte: number): void {
    this.#byte(byte);
    if (this.#depth === this.#containers.length) {
      const larger = new Uint8Array(this.#depth * 2);
      larger.set(this.#containers);
      this.#containers = larger;
    }
    this.#containers[this.#depth] = byte === OPEN_OBJECT ? 1 : 0;
    this.#depth += 1;
    this.#isOpened = true;
    this.#expect = byte === OPEN_OBJECT ? EXPECT.keyOrClose : EXPECT.valueOrClose;
  }

  #close(byte: number): boolean {
    const isObject = byte === CLOSE_OBJECT;
    const mayClose =
      this.#expect === EXPECT.commaOrClose ||
      this.#expect === (isObject ? EXPECT.keyOrClose : EXPECT.valueOrClose);
    if (!mayClose || this.#depth === 0 || this.#isInObject() !== isObject) return false;
    this.#depth -= 1;
    if (!this.#isOpened) this.#newLine();
    this.#isOpened = false;
    this.#byte(byte);
    this.#expect = this.#afterValue();
    return true;
  }

  #takesValue(): boolean {
    return this.#expect === EXPECT.value || this.#expect === EXPECT.valueOrClose;
  }

  /** The first in a container goes on a line of its own. */
  #beginItem(): void {
    if (this.#isOpened) this.#newLine();
    this.#isOpened = false;
  }

  #isInObject(): boolean {
    return this.#containers[this.#depth - 1] === 1;
  }

  #afterValue(): Expect {
    return this.#depth === 0 ? EXPECT.end : EXPECT.commaOrClose;
  }

  #newLine(): void {
    if (this.#block.length - this.#used < MOST_ROOM) this.#flush();
    const block = this.#block;
    let used = this.#used;
    block[used++] = LINE_FEED;
    const end = used + INDENT * Math.min(this.#depth, DEEPEST_INDENT);
    while (used < end) block[used++] = SPACE;
    this.#used = used;
  }

  #byte(byte: number): void {
    if (this.#used === this.#block.length) this.#flush();
    this.#block[this.#used] = byte;
    this.#used += 1;
  }

  #bytes(piece: Buffer, from: number, to: number): void {
    if (to - from <= SHORT_BYTES && this.#block.length - this.#used >= SHORT_BYTES) {
      const block = this.#block;
      let used = this.#used;
      for (let position = from; position < to; position += 1) block[used++] = piece[position] ?? 0;
      this.#used = used;
      return;
    }
    for (let position = from; position < to; ) {
      if (this.#used === this.#block.length) this.#flush();
      const copied = piece.copy(this.#block, this.#used, position, to);
      this.#used += copied;
      position += copied;
    }
  }

  #flush(): void {
    this.#put(this.#block.subarray(0, this.#used));
    this.#block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
    this.#used = 0;
  }

  #refuse(position: number): number {
    this.#isJson = false;
    return position;
  }
}

function isHex(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);
}

function endsScalar(byte: number): boolean {
  return (
    byte === COMMA ||
    byte === CLOSE_LIST ||
    byte === CLOSE_OBJECT ||
    byte === SPACE ||
    byte === LINE_FEED ||
    byte === 0x0d ||
    byte === 0x09 ||
    byte === COLON ||
    byte === QUOTE ||
    byte === OPEN_LIST ||
    byte === OPEN_OBJECT
  );
}
