/** A value of a document that was read as data. */
export type PlainValue = string | number | boolean | null | PlainValue[] | { [name: string]: PlainValue };

/** A name that is text to YAML too, and nothing special to JavaScript. */
const ENTRY = /^([A-Za-z][\w-]{0,99}):(?: (.+))?$/;
/** Begins text without quotes, and nothing else. */
const PLAIN_START = /^[A-Za-z/_]/;
/** What may make more of such text than it seems: other space, an entry, a comment, spaces that do not count. */
const NOT_PLAIN = /[^\S ]|:(?: |$)| (?: |#|$)/;
const QUOTED = /^(?:"([^"\\]*)"|'([^']*)')$/;
const INTEGER = /^(?:0|-?[1-9]\d{0,14})$/;
const VERSION = /^\d+\.\d+\.\d+$/;
const TYPED_WORD = /^(?:true|false|null)$/i;
const TYPED_WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);
/** Control characters such as tabs, what some take for a line break, and lines of spaces, which may be text. */
const UNUSUAL = /[^\P{Cc}\n]|[\u2028\u2029\ufeff]|^ +$/mu;
/** Of spaces. What is deeper is no file that a person wrote. */
const DEEPEST = 100;

/**
 * Reads the plainest of YAML, which our own writer makes and most files of requests are: block maps and lists of
 * scalars on one line, and literal blocks of text. It is many times quicker than a parser, and never guesses.
 *
 * @returns what a parser makes of it; `undefined` for all else, right or wrong: let a parser look at that
 */
export function readPlainYaml(text: string): PlainValue | undefined {
  return text.endsWith('\n') && !UNUSUAL.test(text) ? new PlainReader(text).document() : undefined;
}

class PlainReader {
  readonly #lines: readonly string[];
  #next = 0;
  /** Of the line that is looked at; -1 behind the last. */
  #indent = 0;
  /** The line without its indent. */
  #content = '';

  constructor(text: string) {
    this.#lines = text.split('\n');
  }

  document(): PlainValue | undefined {
    this.#advance();
    const value = this.#block();
    return this.#indent === -1 ? value : undefined;
  }

  /** To the next line that is neither empty nor a comment. */
  #advance(): void {
    for (; this.#next < this.#lines.length; this.#next += 1) {
      const line = this.#lines[this.#next] ?? '';
      const indent = line.search(/[^ ]/);
      if (indent === -1 || line[indent] === '#') continue;
      this.#next += 1;
      this.#indent = indent;
      this.#content = line.slice(indent);
      return;
    }
    this.#indent = -1;
  }

  #block(): PlainValue | undefined {
    if (this.#indent > DEEPEST) return undefined;
    return this.#content.startsWith('- ') ? this.#list(this.#indent) : this.#map(this.#indent);
  }

  #list(indent: number): PlainValue[] | undefined {
    const list: PlainValue[] = [];
    while (this.#indent === indent && this.#content.startsWith('- ')) {
      this.#indent += 2;
      this.#content = this.#content.slice(2);
      const value = ENTRY.test(this.#content) ? this.#map(this.#indent) : this.#scalar(this.#content);
      if (value === undefined) return undefined;
      list.push(value);
    }
    return this.#indent < indent ? list : undefined;
  }

  #map(indent: number): PlainValue | undefined {
    const map: { [name: string]: PlainValue } = {};
    while (this.#indent === indent) {
      const [, name, rest] = ENTRY.exec(this.#content) ?? [];
      if (name === undefined || TYPED_WORD.test(name) || Object.hasOwn(map, name)) return undefined;
      const value = rest === undefined ? this.#blockBelow(indent) : this.#value(rest, indent);
      if (value === undefined) return undefined;
      map[name] = value;
    }
    return this.#indent < indent ? map : undefined;
  }

  #blockBelow(indent: number): PlainValue | undefined {
    this.#advance();
    return this.#indent > indent ? this.#block() : undefined;
  }

  #value(text: string, indent: number): PlainValue | undefined {
    return text === '|' || text === '|-' ? this.#literal(text, indent) : this.#scalar(text);
  }

  #scalar(text: string): PlainValue | undefined {
    this.#advance();
    if (PLAIN_START.test(text) && !NOT_PLAIN.test(text)) {
      return TYPED_WORD.test(text) ? TYPED_WORDS.get(text) : text;
    }
    if (INTEGER.test(text)) return Number(text);
    if (VERSION.test(text)) return text;
    const quoted = QUOTED.exec(text);
    return quoted?.[1] ?? quoted?.[2];
  }

  /** Text as it stands, below `|`, which ends it with a line break, or `|-`, which does not. */
  #literal(header: string, indent: number): string | undefined {
    const depth = this.#lines[this.#next]?.search(/[^ ]/) ?? -1;
    if (depth <= indent) return undefined;
    const prefix = ' '.repeat(depth);
    const text: string[] = [];
    for (; this.#next < this.#lines.length; this.#next += 1) {
      const line = this.#lines[this.#next] ?? '';
      if (line !== '' && !line.startsWith(prefix)) break;
      text.push(line.slice(depth));
    }
    while (text.at(-1) === '') text.pop();
    this.#advance();
    return text.join('\n') + (header === '|' ? '\n' : '');
  }
}
