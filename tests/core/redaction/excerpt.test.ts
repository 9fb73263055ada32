import fc from 'fast-check';
import { expect, test } from 'vitest';
import { excerpt } from '../../../core/redaction/excerpt.ts';
import { Redactor } from '../../../core/redaction/redactor.ts';
import { MASK } from '../../../shared/redaction/mask.ts';

const SECRET = '0123456789abcdef';
const redactor = new Redactor([Buffer.from(SECRET)]);
const redact = (text: string) => redactor.text(text).text;

test('a short text stays as it is', () => {
  expect(excerpt('all of it', 9, redact)).toBe('all of it');
  expect(excerpt('all of it', 8, redact)).toBe('all of i…');
});

test('no part of a secret is left where a text ends, wherever the secret stands', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.nat(40), (before, most) => {
      const shown = excerpt(`${'-'.repeat(before)}${SECRET}${'-'.repeat(40)}`, most, redact);
      expect(shown).not.toMatch(/[0-9a-f]/);
      expect(`${'-'.repeat(before)}${MASK}${'-'.repeat(40)}`.startsWith(shown.slice(0, -1))).toBe(true);
    }),
  );
});

test('a character that takes two is not left in half', () => {
  expect(excerpt('😀😀', 3, redact).isWellFormed()).toBe(true);
});
