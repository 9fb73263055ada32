/** Bodies over this size are not read for a provider's hint: what providers send with an error is short. */
const SMALL_BYTES = 64 * 1024;

/** A redacted body, read as text or JSON when first asked for, and once. */
export class ResponseBody {
  readonly #bytes: Buffer;
  #text: string | null = null;
  #json: { readonly value: unknown } | null = null;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  text(): string {
    this.#text ??= this.#bytes.toString('utf8');
    return this.#text;
  }

  /** `undefined` where it is not JSON. */
  json(): unknown {
    this.#json ??= { value: parseJson(this.text()) };
    return this.#json.value;
  }

  /** The JSON of a short body; `undefined` for a long one, unread. */
  smallJson(): unknown {
    return this.#bytes.length > SMALL_BYTES ? undefined : this.json();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
