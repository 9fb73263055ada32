import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectCharset } from '../../../core/responses/charset.ts';
import { countWrongBytes } from '../../../core/responses/wrong-bytes.ts';

const sourceOf = (bytes: Buffer) => ({
  length: bytes.length,
  read: (start: number, end: number) => bytes.subarray(start, Math.min(end, bytes.length)),
});

function wrongIn(bytes: Buffer, charset = 'utf-8'): number {
  const counting = countWrongBytes(sourceOf(bytes), charset);
  for (;;) {
    const step = counting.next();
    if (step.done === true) return step.value;
  }
}

describe('the charset of a body', () => {
  const utf16 = Buffer.from('\ufeff<a/>', 'utf16le');
  test.each([
    ['its byte order mark', Buffer.from('\ufeffä'), 'text/plain', 'iso-8859-1', 'utf-8'],
    ['the mark of UTF-16, little-endian', utf16, 'text/xml', 'utf-8', 'utf-16le'],
    ['the mark of UTF-16, big-endian', Buffer.from(utf16).swap16(), 'text/plain', null, 'utf-16be'],
    ['what the server says', Buffer.from('x'), 'text/plain', 'ISO-8859-1', 'windows-1252'],
    [
      'what the server says, whatever the page says',
      Buffer.from('<meta charset=koi8-r>'),
      'text/html',
      'utf-8',
      'utf-8',
    ],
    ['the page', Buffer.from('<html><meta charset="Shift_JIS">'), 'text/html', null, 'shift_jis'],
    [
      'an older page',
      Buffer.from('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'),
      'text/html',
      'no-such-charset',
      'windows-1251',
    ],
    [
      'the XML',
      Buffer.from('<?xml version="1.0" encoding="ISO-8859-2"?><a/>'),
      'application/atom+xml',
      null,
      'iso-8859-2',
    ],
    [
      'UTF-8 where nothing says',
      Buffer.from('<meta charset="Shift_JIS">'),
      'application/json',
      null,
      'utf-8',
    ],
    ['UTF-8 for a page that does not say', Buffer.from('<p>'), 'text/html', null, 'utf-8'],
    ['UTF-8 for nothing', Buffer.alloc(0), '', null, 'utf-8'],
  ])('is by %s', async (_by, body, mediaType, charset, expected) => {
    expect(await detectCharset(sourceOf(body), { charset, mediaType })).toBe(expected);
  });
});

describe('bytes that are not of the charset', () => {
  test.each([
    ['none', Buffer.from('ä€😀'), 0],
    ['Latin-1', Buffer.from('für über', 'latin1'), 2],
    ['a character that was cut', Buffer.from('ab€').subarray(0, 4), 2],
    ['a mark of replacement that the server sent', Buffer.from('a\ufffdb'), 0],
    ['both', Buffer.concat([Buffer.from('\ufffd'), Buffer.from([0xff, 0xfe]), Buffer.from('\ufffd')]), 2],
  ])('are counted in UTF-8: %s', (_what, body, expected) => {
    expect(wrongIn(body)).toBe(expected);
  });

  test('are counted in places elsewhere', () => {
    expect(wrongIn(Buffer.from([0x82, 0xa0, 0x80, 0xff]), 'shift_jis')).toBeGreaterThan(0);
    expect(wrongIn(Buffer.from('für', 'latin1'), 'windows-1252')).toBe(0);
  });

  test('are as many as were put between good text', () => {
    const good = fc.string({ unit: 'grapheme', maxLength: 20 });
    const bad = fc.array(fc.integer({ min: 0xf8, max: 0xff }), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(fc.tuple(good, bad), { maxLength: 10 }), (parts) => {
        const body = Buffer.concat(parts.flatMap(([text, bytes]) => [Buffer.from(text), Buffer.from(bytes)]));
        expect(wrongIn(body)).toBe(parts.reduce((sum, [, bytes]) => sum + bytes.length, 0));
      }),
    );
  });
});
