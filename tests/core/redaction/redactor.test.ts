import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Redactor } from '../../../core/redaction/redactor.ts';

const secret = fc.string({
  minLength: 8,
  maxLength: 40,
  unit: fc.constantFrom(...'abcXYZ0189-_+/='.split('')),
});
const filler = fc.string({ maxLength: 60, unit: fc.constantFrom(...' {}[]:,\n.!?'.split('')) });

function throughStream(redactor: Redactor, body: Buffer, sizes: readonly number[]): Buffer {
  const stream = redactor.stream();
  const pieces: Buffer[] = [];
  let offset = 0;
  for (const size of sizes) {
    pieces.push(stream.write(body.subarray(offset, offset + size)));
    offset += size;
  }
  pieces.push(stream.write(body.subarray(offset)), stream.end());
  return Buffer.concat(pieces);
}

describe('redaction', () => {
  it('leaves no known secret in any body, however it is encoded and cut into chunks', () => {
    const encodings: readonly ((text: string) => string)[] = [
      (text) => text,
      encodeURIComponent,
      (text) => JSON.stringify(text).slice(1, -1),
      (text) => Buffer.from(text).toString('base64'),
    ];
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1, maxLength: 5 }),
        filler,
        filler,
        fc.nat(3),
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 30 }),
        (secrets, before, after, encoding, sizes) => {
          const redactor = new Redactor(secrets.map((each) => Buffer.from(each)));
          const encoded = secrets.map((each) => (encodings[encoding] ?? String)(each));
          const body = encoded.map((each) => before + each + after).join(' ');
          const shown = throughStream(redactor, Buffer.from(body), sizes).toString('utf8');
          for (const each of encoded) expect(shown).not.toContain(each);
          expect(redactor.text(body).count).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('changes nothing where there is nothing to mask', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.array(fc.integer({ min: 1, max: 50 })),
        (bytes, sizes) => {
          const body = Buffer.from(bytes);
          fc.pre(!/token|secret|session|password/i.test(body.toString('latin1')));
          const redactor = new Redactor([Buffer.from('a-secret-that-is-not-there')]);
          expect(throughStream(redactor, body, sizes)).toEqual(body);
        },
      ),
    );
  });

  it('knows fields that hold secrets by their name', () => {
    const body = Buffer.from('{"access_token":"abc123","name":"x"}');
    const text = throughStream(new Redactor([]), body, [5, 9]).toString();
    expect(text).not.toContain('abc123');
    expect(text).toContain('"name":"x"');
  });
});
