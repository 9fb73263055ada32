import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Redactor } from '../../../core/redaction/redactor.ts';
import { MASK } from '../../../shared/redaction/mask.ts';

const SECRET = 'b7e0c3de-5a0f-4c39-9a55-0d6b1c8f7e21';

const redactorOf = (...secrets: string[]) => new Redactor(secrets.map((secret) => Buffer.from(secret)));

/** Puts text through the stream in pieces of the given sizes, the rest as the last one. */
function stream(
  redactor: Redactor,
  body: Buffer,
  sizes: readonly number[] = [],
): { text: Buffer; count: number } {
  const redaction = redactor.stream();
  const pieces: Buffer[] = [];
  let position = 0;
  for (const size of [...sizes, body.length]) {
    pieces.push(Buffer.from(redaction.write(body.subarray(position, position + size))));
    position = Math.min(body.length, position + size);
  }
  pieces.push(redaction.end());
  return { text: Buffer.concat(pieces), count: redaction.count };
}

describe('known secrets', () => {
  test.each([
    ['plain', SECRET],
    ['Base64', Buffer.from(SECRET).toString('base64').replace(/=+$/, '')],
    ['the pair of Basic', Buffer.from(`token-ABC123:${SECRET}`).toString('base64')],
    ['Base64 inside other text', Buffer.from(`{"a":"${SECRET}"}`).toString('base64')],
    ['UTF-16, little-endian', Buffer.from(SECRET, 'utf16le').toString('latin1')],
    ['UTF-16, big-endian', Buffer.from(SECRET, 'utf16le').swap16().toString('latin1')],
  ])('are masked: %s', (_form, text) => {
    const redacted = redactorOf(SECRET).text(`before ${text} after`);
    expect(redacted.count).toBe(1);
    expect(redacted.text).toContain(MASK);
    expect(redacted.text.startsWith('before ')).toBe(true);
    expect(redacted.text.endsWith(' after')).toBe(true);
  });

  const awkward = 'p/ä+"\\<&\'~ =é';
  test.each([
    ['encodeURIComponent', encodeURIComponent(awkward)],
    ['lower-case escapes', encodeURIComponent(awkward).replace(/%../g, (triplet) => triplet.toLowerCase())],
    ['a parameter set by URL', new URL(`http://x/?a=${encodeURIComponent(awkward)}`).search.slice(3)],
    ['a form', new URLSearchParams({ a: awkward }).toString().slice(2)],
    ['a path of segments', encodeURIComponent(awkward).replaceAll('%2F', '/').replace("'", '%27')],
    ['JSON', JSON.stringify(awkward).slice(1, -1)],
    ['JSON with slashes escaped', JSON.stringify(awkward).slice(1, -1).replaceAll('/', '\\/')],
    [
      'JSON in ASCII',
      JSON.stringify(awkward).slice(1, -1).replaceAll('ä', '\\u00e4').replaceAll('é', '\\u00e9'),
    ],
    [
      'JSON in ASCII with capitals',
      JSON.stringify(awkward).slice(1, -1).replaceAll('ä', '\\u00E4').replaceAll('é', '\\u00E9'),
    ],
    ['HTML', 'p/ä+&quot;\\&lt;&amp;&#39;~ =é'],
    ['Base64 for URLs', Buffer.from(awkward).toString('base64url')],
  ])('with special characters are masked: %s', (_form, text) => {
    expect(redactorOf(awkward).text(`[${text}]`)).toEqual({ text: `[${MASK}]`, count: 1 });
  });

  test('that overlap become one mask', () => {
    expect(redactorOf('abcdef', 'defghi').text('xabcdefghix')).toEqual({ text: `x${MASK}x`, count: 1 });
  });

  test('of which one begins like another are masked at full length', () => {
    expect(redactorOf('secret-1', 'secret-12345').text('(secret-12345)').text).toBe(`(${MASK})`);
  });

  test('side by side are counted each', () => {
    expect(redactorOf('abcdef').text('abcdefabcdef')).toEqual({ text: MASK + MASK, count: 2 });
  });

  test('of three bytes are not looked for', () => {
    expect(redactorOf('abc').text('abc')).toEqual({ text: 'abc', count: 0 });
  });

  test('are found in bytes that are not text', () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe, 0x00]), Buffer.from(SECRET), Buffer.from([0xc3])]);
    const redactor = redactorOf(SECRET);
    expect(redactor.finds(bytes)).toBe(true);
    const { text } = stream(redactor, bytes);
    expect(text).toEqual(
      Buffer.concat([Buffer.from([0xff, 0xfe, 0x00]), Buffer.from(MASK), Buffer.from([0xc3])]),
    );
  });
});

describe('fields that hold secrets', () => {
  test.each([
    ['{"access_token":"eyJ.x.y","expires_in":3600}', `{"access_token":"${MASK}","expires_in":3600}`],
    ['{ "refreshToken" : "a\\"b\\\\" , "x":"y"}', `{ "refreshToken" : "${MASK}" , "x":"y"}`],
    ['{"session"\n:\t"s1"}', `{"session"\n:\t"${MASK}"}`],
    ['{"PASSWORD":"p"}', `{"PASSWORD":"${MASK}"}`],
    ['{"password":"password"}', `{"password":"${MASK}"}`],
    ['{"secret":"","token":null,"session":7}', '{"secret":"","token":null,"session":7}'],
    ['{"type":"token","value":"x"}', '{"type":"token","value":"x"}'],
    ['{"tokens":["a"]}', '{"tokens":["a"]}'],
    ['{"token":"never ends', `{"token":"${MASK}`],
  ])('%s', (body, expected) => {
    for (let size = 1; size <= body.length; size += 1) {
      const sizes = Array.from({ length: Math.ceil(body.length / size) }, () => size);
      expect(stream(redactorOf(SECRET), Buffer.from(body), sizes).text.toString()).toBe(expected);
    }
  });

  test('are one mask, however the pieces fall, where a known secret stands in them', () => {
    const body = Buffer.from(`{"token":"ab${SECRET}cd","x":"${SECRET}"}`);
    for (let first = 1; first < body.length; first += 1) {
      const redacted = stream(redactorOf(SECRET), body, [first, 1, 3]);
      expect(redacted.text.toString()).toBe(`{"token":"${MASK}","x":"${MASK}"}`);
      expect(redacted.count).toBe(2);
    }
  });

  test('are left alone in short texts, which are not bodies', () => {
    expect(redactorOf(SECRET).text('{"token":"x"}').text).toBe('{"token":"x"}');
  });
});

test('a redactor that was wiped refuses, rather than let everything pass', () => {
  const redactor = redactorOf(SECRET);
  const redaction = redactor.stream();
  redactor.wipe();
  expect(() => redactor.text(SECRET)).toThrow(expect.objectContaining({ code: 'VAULT_LOCKED' }));
  expect(() => redaction.write(Buffer.from(SECRET))).toThrow(
    expect.objectContaining({ code: 'VAULT_LOCKED' }),
  );
});

test('a redactor does not touch the secrets that it was given', () => {
  const secret = Buffer.from(SECRET);
  const redactor = new Redactor([secret]);
  redactor.wipe();
  expect(secret.toString()).toBe(SECRET);
});

describe('for any body, secrets, encodings and pieces', () => {
  // Capitals and digits for the secrets, small letters for what is around them: so that what was put in is known.
  const secret = fc.string({
    unit: fc.constantFrom(...'ABCDEXYZ0189+/=&% "ä€'),
    minLength: 6,
    maxLength: 80,
  });
  const around = fc.string({ unit: fc.constantFrom(...'abcdxyz {}[]:,.\n'), maxLength: 60 });
  const encode: readonly ((text: string) => string)[] = [
    (text) => text,
    (text) => Buffer.from(text).toString('base64'),
    (text) => Buffer.from(`x${text}`).toString('base64'),
    (text) => Buffer.from(`xy${text}yx`).toString('base64url'),
    (text) => encodeURIComponent(text),
    (text) => new URLSearchParams({ '': text }).toString().slice(1),
    (text) => JSON.stringify(text).slice(1, -1),
  ];

  test('no secret survives', () => {
    const pieces = fc.array(
      fc.record({ before: around, index: fc.nat(), encoding: fc.nat(encode.length - 1) }),
      { minLength: 1, maxLength: 8 },
    );
    const sizes = fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 30 });
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1, maxLength: 5 }),
        pieces,
        sizes,
        (secrets, parts, chunks) => {
          const chosen = parts.map(({ index }) => secrets[index % secrets.length] ?? '');
          const body = parts
            .map(({ before, encoding }, position) => before + encode[encoding]?.(chosen[position] ?? ''))
            .join('');
          const redactor = redactorOf(...secrets);
          const redacted = stream(redactor, Buffer.from(body), chunks);
          const whole = stream(redactor, Buffer.from(body));
          expect(redacted.text.toString()).toBe(whole.text.toString());
          expect(redacted.count).toBe(whole.count);
          expect(redacted.count).toBeGreaterThan(0);
          expect(redactor.finds(redacted.text)).toBe(false);
          for (const each of secrets) expect(redacted.text.includes(each)).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('what is around the secrets stays as it is', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 30 });
    const parts = fc.array(around, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        fc.constantFrom(SECRET, '0123456789ABCDEF', '€ÄÖ€9'),
        parts,
        sizes,
        (known, texts, chunks) => {
          const redacted = stream(redactorOf(known), Buffer.from(texts.join(known)), chunks);
          expect(redacted.text.toString()).toBe(texts.join(MASK));
          expect(redacted.count).toBe(texts.length - 1);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('bytes without a secret come out as they went in', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 30 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), sizes, (bytes, chunks) => {
        expect(stream(redactorOf(SECRET), Buffer.from(bytes), chunks).text).toEqual(Buffer.from(bytes));
      }),
    );
  });
});

describe('what a program prints', () => {
  /** Puts pieces through, and gives what came out after each. */
  const printed = (redactor: Redactor, pieces: readonly string[]) => {
    const redaction = redactor.promptStream();
    return [
      ...pieces.map((piece) => redaction.write(Buffer.from(piece)).toString()),
      redaction.end().toString(),
    ];
  };

  test('appears at once where it cannot be part of a secret', () => {
    expect(printed(redactorOf(SECRET), ['Continue? ', '10 %\r', '20 %\r'])).toEqual([
      'Continue? ',
      '10 %\r',
      '20 %\r',
      '',
    ]);
  });

  test('is held back from where a secret may have begun, and no longer', () => {
    const [start, end] = [SECRET.slice(0, 9), SECRET.slice(9)];
    expect(printed(redactorOf(SECRET), [`a ${start}`, `${end}! `])).toEqual(['a ', `${MASK}! `, '']);
    expect(printed(redactorOf(SECRET), [`a ${start}`, '! '])).toEqual(['a ', `${start}! `, '']);
    expect(printed(redactorOf(SECRET), [`a ${start}`])).toEqual(['a ', start]);
  });

  test('keeps the text of fields: programs print JSON for other programs', () => {
    expect(printed(redactorOf(SECRET), ['{"token":"public"}']).join('')).toBe('{"token":"public"}');
  });

  test('comes out as in one piece, wherever it is cut, with no secret in it', () => {
    const secrets = ['aba', 'abab', 'ababaabab', 'babaab!x'];
    const redactor = redactorOf(...secrets);
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.constantFrom('a', 'b', '!', 'x', '\n', ...secrets), { maxLength: 8 }), {
          maxLength: 12,
        }),
        (lines) => {
          const pieces = lines.map((words) => words.join(''));
          const whole = printed(redactor, [pieces.join('')]).join('');
          expect(printed(redactor, pieces).join('')).toBe(whole);
          for (const secret of secrets.filter(({ length }) => length >= 4))
            expect(whole).not.toContain(secret);
        },
      ),
    );
  });

  test('is refused once the secrets are wiped', () => {
    const redactor = redactorOf(SECRET);
    const redaction = redactor.promptStream();
    redactor.wipe();
    expect(() => redaction.write(Buffer.from('text'))).toThrow(/locked/);
  });
});

describe('an answer that is watched while it comes', () => {
  const parts = fc.constantFrom(
    ...[
      SECRET,
      SECRET.slice(0, 20),
      SECRET.slice(20),
      '"access_token": "abc"',
      '"access_tok',
      'en": "',
      '"',
      'x ',
      ': ',
    ],
  );

  test('is masked as one that is not', () => {
    fc.assert(
      fc.property(
        fc.array(parts, { maxLength: 20 }),
        fc.array(fc.integer({ min: 1, max: 30 })),
        (texts, sizes) => {
          const body = Buffer.from(texts.join(''));
          const redaction = redactorOf(SECRET).stream({ prompt: true });
          const pieces: Buffer[] = [];
          let position = 0;
          for (const size of [...sizes, body.length]) {
            pieces.push(Buffer.from(redaction.write(body.subarray(position, position + size))));
            position = Math.min(body.length, position + size);
          }
          pieces.push(redaction.end());
          const whole = stream(redactorOf(SECRET), body);
          expect(Buffer.concat(pieces).toString()).toBe(whole.text.toString());
          expect(redaction.count).toBe(whole.count);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('is given on at once where it cannot be a part of a secret or of a field', () => {
    const redaction = redactorOf(SECRET).stream({ prompt: true });
    const written = ['data: 1\n\n', 'data: "acc', 'ess_token": "s3', 'cret"\n\n'].map((piece) =>
      redaction.write(Buffer.from(piece)).toString(),
    );
    expect(written).toEqual(['data: 1\n\n', 'data: ', `"access_token": "${MASK}`, '"\n\n']);
  });
});
