/**
 * Shortest secret that is looked for, in bytes. Anything shorter would mask harmless text all over an
 * answer and tell by its gaps what it hides.
 */
export const SHORTEST_SECRET = 4;

/** Text that URLs, JSON and HTML leave as it is. */
const UNRESERVED = /^[\w.~-]*$/;

/**
 * The byte sequences under which a secret may show up in an answer: plain, Base64 (wherever it stands in
 * the encoded text, `base64(id:secret)` included), URL-encoded, JSON-escaped, HTML-escaped, UTF-16.
 * Each form once; none for a secret that is too short.
 */
export function secretForms(secret: Buffer): Buffer[] {
  if (secret.length < SHORTEST_SECRET) return [];
  const text = secret.toString('utf8');
  const texts = UNRESERVED.test(text)
    ? new Set<string>()
    : new Set([...urlForms(secret, text), ...jsonForms(text), ...htmlForms(text)]);
  texts.delete(text);
  return [
    Buffer.from(secret),
    ...base64Forms(secret),
    ...[...texts].map((form) => Buffer.from(form, 'utf8')),
    utf16Form(text),
  ].filter((form) => form.length >= SHORTEST_SECRET);
}

/**
 * Base64 of a secret with 0, 1 or 2 bytes before it, without the characters that hold bits of what stands
 * around it: at most 5 bits of the secret at either end stay outside the form.
 */
function base64Forms(secret: Buffer): Buffer[] {
  const forms = [0, 1, 2].map((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), secret]);
    const encoded = padded.toString('base64');
    padded.fill(0);
    const start = Math.ceil((before * 8) / 6);
    const end = Math.floor((padded.length * 8) / 6);
    return encoded.slice(start, end);
  });
  const url = forms
    .filter((form) => /[+/]/.test(form))
    .map((form) => form.replaceAll('+', '-').replaceAll('/', '_'));
  return [...forms, ...url].map((form) => Buffer.from(form, 'latin1'));
}

/** What a query, a path or a form makes of it, with hexadecimal digits of either case. */
function urlForms(secret: Buffer, text: string): string[] {
  const component = percentEncode(secret, /[\w\-.!~*'()]/);
  // As `URL` writes a parameter: like encodeURIComponent, and the apostrophe too.
  const parameter = percentEncode(secret, /[\w\-.!~*()]/);
  const strict = percentEncode(secret, /[\w\-.~]/);
  const form = percentEncode(secret, /[\w\-.*]/).replaceAll('%20', '+');
  const path = percentEncode(secret, /[\w\-.~!$&'()*+,;=:@/]/);
  const query = percentEncode(secret, /[\w\-.~!$&()*+,;=:@/?]/);
  const upper = [component, parameter, strict, form, path, query];
  const lower = upper.map((encoded) => encoded.replace(/%[\dA-F]{2}/g, (triplet) => triplet.toLowerCase()));
  return [...upper, ...lower, text.replaceAll(' ', '+')];
}

function percentEncode(secret: Buffer, kept: RegExp): string {
  let encoded = '';
  for (const byte of secret) {
    const character = String.fromCharCode(byte);
    const keep = byte < 0x80 && kept.test(character);
    encoded += keep ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

/** As the usual writers of JSON escape it: `\/`, `\u00e4`, `\u003c`, in either case of the digits. */
function jsonForms(text: string): string[] {
  const plain = JSON.stringify(text).slice(1, -1);
  const ascii = unicodeEscape(plain, /[^ -~]/g);
  const safe = unicodeEscape(plain, /[<>&]/g);
  const strict = unicodeEscape(plain, /[<>&'+]|[^ -~]/g);
  const forms = [plain, ascii, safe, strict];
  const slashed = forms.map((form) => form.replaceAll('/', '\\/'));
  const all = [...forms, ...slashed];
  const upper = all.map((form) =>
    form.replace(/\\u[\da-f]{4}/g, (unit) => `\\u${unit.slice(2).toUpperCase()}`),
  );
  return [...all, ...upper];
}

function unicodeEscape(text: string, characters: RegExp): string {
  return text.replace(characters, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function htmlForms(text: string): string[] {
  const basic = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const quoted = basic.replaceAll('"', '&quot;');
  return [
    basic,
    quoted,
    quoted.replaceAll("'", '&#39;'),
    quoted.replaceAll("'", '&apos;'),
    quoted.replaceAll("'", '&#x27;'),
  ];
}

/** Little-endian without the last zero, which for ASCII is found in big-endian text too. */
function utf16Form(text: string): Buffer {
  const encoded = Buffer.from(text, 'utf16le');
  return encoded.at(-1) === 0 ? encoded.subarray(0, -1) : encoded;
}
