import { parseJson } from '../json/parse-json.ts';
import type { ByteSource } from '../spool/byte-source.ts';
import { type JsonPath, jsonAtPath } from './json-at-path.ts';

/** Bodies over this size are not read for a provider's hint: what providers send with an error is short. */
const HINT_BYTES = 64 * 1024;

/** Bodies over this size are not parsed as a whole to look at one value. */
const PARSED_BYTES = 1024 * 1024;

/** A redacted body, read as text or JSON when first asked for, and once. */
export class ResponseBody {
  readonly #bytes: ByteSource;
  #text: string | null = null;
  #json: { readonly value: unknown } | null = null;

  constructor(bytes: ByteSource) {
    this.#bytes = bytes;
  }

  text(): string {
    this.#text ??= this.#bytes.read(0, this.#bytes.length).toString('utf8');
    return this.#text;
  }

  /** `undefined` where it is not JSON. */
  json(): unknown {
    this.#json ??= { value: parseJson(this.text()) };
    return this.#json.value;
  }

  /** One value of the JSON; `undefined` where there is none. */
  at(path: JsonPath): unknown {
    if (this.#bytes.length > PARSED_BYTES) return jsonAtPath(this.#bytes, path);
    return descend(this.json(), path);
  }

  /** The JSON of a short body, for a provider's hint; `undefined` for a long one, unread. */
  smallJson(): unknown {
    return this.#bytes.length > HINT_BYTES ? undefined : this.json();
  }
}

function descend(value: unknown, path: JsonPath): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current === 'string') {
      current = step === 'length' ? current.length : undefined;
    } else if (typeof current === 'object' && current !== null && Object.hasOwn(current, step)) {
      // Not by index: `__proto__` would lead out of the value.
      current = Object.getOwnPropertyDescriptor(current, step)?.value;
    } else {
      return undefined;
    }
  }
  return current;
}
