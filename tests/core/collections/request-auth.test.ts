import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAuth, referenceTo, referredToken, writeAuth } from '../../../core/collections/request-auth.ts';

const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((text) => text.isWellFormed());

describe('a reference to a token', () => {
  it('is read back, whatever the token is called', () => {
    fc.assert(
      fc.property(name, (text) => {
        expect(referredToken(referenceTo(text))).toBe(text);
      }),
    );
  });

  it.each(['100%25 {sure}', '%7B', '}}', '{{vault.other}}'])('is not taken for another one: %s', (text) => {
    expect(referenceTo(text)).toMatch(/^\{\{vault\.[^{}]+\}\}$/);
    expect(referredToken(referenceTo(text))).toBe(text);
  });

  it('stands in the auth of each scheme, and is read from there', () => {
    for (const scheme of ['basic', 'bearer', 'query', 'header', 'login', 'oauth2'] as const) {
      const auth = { kind: 'token', name: 'main' } as const;
      expect(readAuth(writeAuth(auth, { scheme, field: 'X-Api-Key' }))).toEqual(auth);
    }
  });
});
