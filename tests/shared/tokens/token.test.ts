import { describe, expect, it } from 'vitest';
import { newTokenSchema } from '../../../shared/tokens/token.ts';

const TOKEN = { name: 'main', scheme: 'basic', tokenId: 'token-ABC123', secret: 'a secret' };

describe('a token', () => {
  it('may have what its scheme needs and no more', () => {
    expect(newTokenSchema.safeParse(TOKEN).success).toBe(true);
  });

  it.each([
    ['an ID with a colon, which would end it in a header', { tokenId: 'token:ABC' }, 'no colon'],
    ['an ID with a line break', { tokenId: 'token\nABC' }, 'no control characters'],
    ['no ID', { tokenId: null }, 'needs a token ID'],
    ['a secret with a line break', { secret: 'a\r\nX-Other: b' }, 'no line breaks'],
    ['no secret', { secret: '' }, 'empty'],
    ['a scope of two words', { scopes: ['read write'] }, 'no spaces'],
    ['a header that is none', { scheme: 'header', field: 'X Api Key' }, 'the name of its header'],
    ['a header that the connection sets', { scheme: 'header', field: 'HOST' }, 'from the URL and the body'],
    ['a field that nobody knows', { colour: 'red' }, 'colour'],
  ])('is refused with %s', (_what, changes, words) => {
    const { error } = newTokenSchema.safeParse({ ...TOKEN, ...changes });
    expect(error?.issues.map(({ message }) => message).join()).toContain(words);
  });
});
