/**
 * Shortest secret that is looked for, in bytes. Anything shorter would mask harmless text all over an
 * answer and tell by its gaps what it hides.
 */
const SHORTEST_SECRET = 4;

/** How one character of a secret is written in some form. */
type Writing = (character: string) => string;

/**
 * The byte sequences under which a secret may show up in an answer: plain, Base64 (wherever it stands in
 * the encoded text, `base64(id:secret)` included), URL-encoded, JSON-escaped, HTML-escaped, UTF-16.
 * Each form once; none for a secret that is too short.
 *
 * Works on bytes and single characters throughout: a string of the whole secret could not be wiped.
 */
export function secretForms(secret: Buffer): Buffer[] {
  if (secret.length < SHORTEST_SECRET) return [];
  const forms = [Buffer.from(secret), ...base64Forms(secret), utf16Form(secret)];
  if (!secret.every(isUnreserved)) forms.push(...WRITINGS.map((writing) => write(secret, writing)));
  return distinct(forms);
}

/** Letters, digits, `_ . ~ -`: what URLs, JSON and HTML leave as it is. */
function isUnreserved(byte: number): boolean {
  return byte < 0x80 && /[\w.~-]/.test(String.fromCharCode(byte));
}

/** Wipes what it leaves out. */
function distinct(forms: readonly Buffer[]): Buffer[] {
  const kept: Buffer[] = [];
  for (const form of forms) {
    if (form.length >= SHORTEST_SECRET && !kept.some((each) => each.equals(form))) kept.push(form);
    else form.fill(0);
  }
  return kept;
}

const ALPHABET = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');

/**
 * Base64 of a secret with 0, 1 or 2 bytes before it, without the characters that hold bits of what stands
 * around it: at most 5 bits of the secret at either end stay outside the form. With `+/` and with `-_`.
 */
function base64Forms(secret: Buffer): Buffer[] {
  return [0, 1, 2].flatMap((before) => {
    const form = base64Part(secret, before);
    const url = Buffer.from(form);
    for (let index = 0; index < url.length; index += 1) {
      if (url[index] === 0x2b) url[index] = 0x2d;
      if (url[index] === 0x2f) url[index] = 0x5f;
    }
    return [form, url];
  });
}

function base64Part(secret: Buffer, before: number): Buffer {
  const first = Math.ceil((before * 8) / 6);
  const last = Math.floor(((before + secret.length) * 8) / 6);
  const form = Buffer.alloc(last - first);
  for (let sextet = first; sextet < last; sextet += 1) {
    const bit = sextet * 6 - before * 8;
    const pair = ((secret[bit >> 3] ?? 0) << 8) | (secret[(bit >> 3) + 1] ?? 0);
    form[sextet - first] = ALPHABET[(pair >> (10 - (bit & 7))) & 63] ?? 0;
  }
  return form;
}

/** What a query, a path or a form makes of it, with hexadecimal digits of either case. */
function urlWritings(): Writing[] {
  const percent =
    (kept: RegExp): Writing =>
    (character) =>
      kept.test(character) ? character : percentEncode(character);
  const component = percent(/^[\w\-.!~*'()]$/);
  // As `URL` writes a parameter: like encodeURIComponent, and the apostrophe too.
  const parameter = percent(/^[\w\-.!~*()]$/);
  const strict = percent(/^[\w\-.~]$/);
  const formValue = percent(/^[\w\-.*]$/);
  const form: Writing = (character) => (character === ' ' ? '+' : formValue(character));
  const path = percent(/^[\w\-.~!$&'()*+,;=:@/]$/);
  const query = percent(/^[\w\-.~!$&()*+,;=:@/?]$/);
  // As Python's `quote` writes anything, unless it is told otherwise.
  const slashed = percent(/^[\w\-.~/]$/);
  const upper = [component, parameter, strict, form, path, query, slashed];
  const lower = upper.map(
    (writing): Writing =>
      (character) =>
        lowerDigits(writing(character)),
  );
  return [...upper, ...lower, (character) => (character === ' ' ? '+' : character)];
}

function percentEncode(character: string): string {
  return [...Buffer.from(character, 'utf8')]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

function lowerDigits(written: string): string {
  return written.startsWith('%') && written.length > 1 ? written.toLowerCase() : written;
}

/** As the usual writers of JSON escape it: `\/`, `\u00e4`, `\u003c`, in either case of the digits. */
function jsonWritings(): Writing[] {
  const plain: Writing = (character) => JSON.stringify(character).slice(1, -1);
  const escaping =
    (escaped: RegExp): Writing =>
    (character) =>
      escaped.test(character) ? unicodeEscape(character) : plain(character);
  const forms = [plain, escaping(/[^ -~]/), escaping(/[<>&]/), escaping(/[<>&'+]|[^ -~]/)];
  const slashed = forms.map(
    (writing): Writing =>
      (character) =>
        character === '/' ? '\\/' : writing(character),
  );
  const all = [...forms, ...slashed];
  const upper = all.map(
    (writing): Writing =>
      (character) =>
        upperDigits(writing(character)),
  );
  return [...all, ...upper];
}

function unicodeEscape(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

function upperDigits(written: string): string {
  return written.replace(/\\u[\da-f]{4}/g, (unit) => `\\u${unit.slice(2).toUpperCase()}`);
}

function htmlWritings(): Writing[] {
  const replacing =
    (entities: Readonly<Record<string, string>>): Writing =>
    (character) =>
      entities[character] ?? character;
  const basic = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
  const quoted = { ...basic, '"': '&quot;' };
  const apostrophes = ['&#39;', '&apos;', '&#x27;'];
  return [basic, quoted, ...apostrophes.map((entity) => ({ ...quoted, "'": entity }))].map(replacing);
}

const WRITINGS: readonly Writing[] = [...urlWritings(), ...jsonWritings(), ...htmlWritings()];

/** Longest writing of one character: four bytes percent-encoded, or two units as `\uXXXX`. */
const LONGEST_WRITING = 12;

function write(secret: Buffer, writing: Writing): Buffer {
  const draft = Buffer.alloc(secret.length * LONGEST_WRITING);
  let length = 0;
  for (const character of characters(secret)) length += draft.write(writing(character), length, 'utf8');
  const form = Buffer.from(draft.subarray(0, length));
  draft.fill(0);
  return form;
}

/** Little-endian without the last zero, which for ASCII is found in big-endian text too. */
function utf16Form(secret: Buffer): Buffer {
  const draft = Buffer.alloc(secret.length * 4);
  let length = 0;
  for (const character of characters(secret)) length += draft.write(character, length, 'utf16le');
  const end = draft[length - 1] === 0 ? length - 1 : length;
  const form = Buffer.from(draft.subarray(0, end));
  draft.fill(0);
  return form;
}

/** One after the other, so that the whole is never put together. */
function* characters(secret: Buffer): Generator<string> {
  for (let index = 0; index < secret.length; ) {
    const lead = secret[index] ?? 0;
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    yield secret.toString('utf8', index, index + length);
    index += length;
  }
}
