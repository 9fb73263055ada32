import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Originals } from '../../../core/redaction/originals.ts';
import { Redactor } from '../../../core/redaction/redactor.ts';
import { MASK } from '../../../shared/redaction/mask.ts';

const SECRET = 'b7e0c3de-5a0f-4c39-9a55-0d6b1c8f7e21';

const sourceOf = (bytes: Buffer) => ({
  length: bytes.length,
  read: (start: number, end: number) => bytes.subarray(start, end),
});

/** Redacts a body that comes in pieces of the given sizes, and keeps what was masked. */
function redact(secrets: readonly string[], body: Buffer, sizes: readonly number[] = []) {
  const originals = new Originals();
  const stream = new Redactor(secrets.map((secret) => Buffer.from(secret))).stream({ originals });
  const pieces: Buffer[] = [];
  let position = 0;
  for (const size of [...sizes, body.length]) {
    pieces.push(Buffer.from(stream.write(body.subarray(position, position + size))));
    position = Math.min(body.length, position + size);
  }
  const redacted = Buffer.concat([...pieces, stream.end()]);
  return { originals, redacted, count: stream.count };
}

const restored = ({ originals, redacted }: ReturnType<typeof redact>) =>
  Buffer.concat([...originals.restore(sourceOf(redacted))]);

describe('what is masked', () => {
  test('is kept with its place, its field, and whether the vault knows it', () => {
    const { originals, redacted } = redact([SECRET], Buffer.from(`{"access_token":"abc","x":"${SECRET}"}`));
    expect(redacted.toString()).toBe(`{"access_token":"${MASK}","x":"${MASK}"}`);
    expect(originals.masks).toMatchObject([
      { offset: 17, length: 3, field: 'access_token', isKnown: false },
      { field: null, isKnown: true, length: SECRET.length },
    ]);
    expect(originals.open(0).toString()).toBe('abc');
    expect(originals.open(1).toString()).toBe(SECRET);
  });

  test('of a field in which a known secret stands is known, however the pieces fall', () => {
    const body = Buffer.from(`{"token":"ab${SECRET}cd"}`);
    for (let first = 1; first < body.length; first += 1) {
      const { originals } = redact([SECRET], body, [first, 1, 3]);
      expect(originals.masks).toMatchObject([{ field: 'token', isKnown: true }]);
      expect(originals.open(0).toString()).toBe(`ab${SECRET}cd`);
    }
  });

  test('is not kept past 10,000 masks, and that is said', () => {
    const body = Buffer.from('{"token":"a"}'.repeat(10_001));
    const redaction = redact([], body);
    expect(redaction.originals.masks).toHaveLength(10_000);
    expect(redaction.originals.isFull).toBe(true);
    expect(restored(redaction).toString()).toBe(`${'{"token":"a"}'.repeat(10_000)}{"token":"${MASK}"}`);
  });

  test('is not kept in part where it is too long', () => {
    const long = 'x'.repeat(5 * 1024 * 1024);
    const { originals } = redact(
      [],
      Buffer.from(`{"token":"short","secret":"${long}"}`),
      [100_000, 1_000_000],
    );
    expect(originals.masks.map(({ field }) => field)).toEqual(['token']);
    expect(originals.isFull).toBe(true);
  });

  test('is gone for good once it is wiped', () => {
    const { originals } = redact([SECRET], Buffer.from(SECRET));
    originals.keepHeaders([['X-Echo', SECRET]]);
    expect(originals.headers()).toEqual([['X-Echo', SECRET]]);
    originals.wipe();
    expect(() => originals.open(0)).toThrow(expect.objectContaining({ code: 'RESPONSE_NOT_FOUND' }));
    expect(() => originals.headers()).toThrow(expect.objectContaining({ code: 'RESPONSE_NOT_FOUND' }));
  });
});

describe('for any body, pieces, secrets and encodings', () => {
  const secret = fc.string({ unit: fc.constantFrom(...'ABCDE0189+/=&% "ä€'), minLength: 6, maxLength: 60 });
  const encodings: readonly ((text: string) => string)[] = [
    (text) => text,
    (text) => Buffer.from(`xy${text}`).toString('base64'),
    (text) => encodeURIComponent(text),
    (text) => `{"refresh_token": ${JSON.stringify(text)}}`,
    (text) => `"password":"${text}`,
    (text) => Buffer.from(text, 'utf16le').toString('latin1'),
  ];
  const parts = fc.array(
    fc.record({
      before: fc.string({ unit: 'binary', maxLength: 30 }),
      index: fc.nat(),
      encoding: fc.nat(encodings.length - 1),
    }),
    { maxLength: 8 },
  );
  const sizes = fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 40 });

  test('no secret survives, and the originals at their masks give the body back byte for byte', () => {
    fc.assert(
      fc.property(fc.array(secret, { minLength: 1, maxLength: 5 }), parts, sizes, (secrets, all, chunks) => {
        const body = Buffer.from(
          all
            .map(
              ({ before, index, encoding }) =>
                before + encodings[encoding]?.(secrets[index % secrets.length] ?? ''),
            )
            .join(''),
        );
        const redaction = redact(secrets, body, chunks);
        const { originals, redacted, count } = redaction;
        const redactor = new Redactor(secrets.map((each) => Buffer.from(each)));
        expect(redactor.finds(redacted)).toBe(false);
        for (const each of secrets) expect(redacted.includes(each)).toBe(false);
        expect(originals.masks).toHaveLength(count);
        for (const { offset } of originals.masks)
          expect(redacted.subarray(offset, offset + 12).toString()).toBe(MASK);
        expect(restored(redaction).equals(body)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
