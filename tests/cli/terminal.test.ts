import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable, table } from '../../cli/terminal.ts';

describe('printable text', () => {
  it('escapes what would drive a terminal', () => {
    expect(printable('a\x1b]0;title\x07b\x9b31m\r')).toBe('a\\x1b]0;title\\x07b\\x9b31m\\x0d');
  });

  it('escapes what would turn the reading direction', () => {
    expect(printable('txt.\u202eexe\u2066')).toBe('txt.\\u202eexe\\u2066');
  });

  it('keeps line breaks, tabs, letters and joined emoji', () => {
    expect(printable('ä\té\r\n世界 \u{1f469}\u200d\u{1f4bb}\n')).toBe(
      'ä\té\n世界 \u{1f469}\u200d\u{1f4bb}\n',
    );
  });

  it('never holds a control character but line break and tab, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text).replace(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
      }),
    );
  });
});

describe('a table', () => {
  it('has columns as wide as what is in them, and a line a row', () => {
    const rows = [
      ['one', 'x'],
      ['two\nlines', 'y'],
    ];
    const text = stripVTControlCharacters(table(['A', 'B'], rows));
    expect(text).toBe('A          B\none        x\ntwo lines  y');
  });
});
