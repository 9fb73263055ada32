import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newTessera } from '../../support/new-tessera.ts';
import { PASSPHRASE, TemporaryHome } from '../../support/temporary-vault.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const seconds = (text: string) => Date.parse(text) / 1000;
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: object) => `${part({ alg: 'HS256' })}.${part(claims)}.c2lnbmF0dXJl`;

const home = new TemporaryHome();
const tessera = newTessera(home.path, () => NOW);
beforeAll(() => tessera.vault.create(PASSPHRASE));
afterAll(async () => {
  await tessera.close();
  home[Symbol.dispose]();
});

let count = 0;
/** Of an app that sets no request, at an address where nobody is. */
function keep(secret: string) {
  count += 1;
  const app = tessera.apps.create({ name: `App ${count}`, provider: 'jwt', baseUrl: 'http://127.0.0.1:1' });
  const { id } = tessera.tokens.add(app.id, { name: 'main', scheme: 'bearer', secret });
  return { appId: app.id, tokenId: id };
}

describe('the check of a JWT that nobody can be asked about', () => {
  it.each([
    ['is over', { exp: seconds('2026-05-01') }, 'refused', /this JWT ended on 2026-05-01 00:00 UTC/],
    ['is not over', { exp: seconds('2026-07-01') }, 'unclear', /works until 2026-07-01 .* Nobody was asked/],
    ['has no end', { sub: 'ada' }, 'unclear', /names no end/],
    [
      'has not begun',
      { nbf: seconds('2026-06-15'), exp: seconds('2026-07-01') },
      'unclear',
      /does not work before 2026-06-15/,
    ],
  ])('reads in the token itself that it %s', async (_what, claims, outcome, sentence) => {
    const key = keep(jwt(claims));
    const { results } = await tessera.checkTokens(key.appId, null);
    expect(results).toEqual([
      expect.objectContaining({
        code: null,
        check: expect.objectContaining({ outcome, message: expect.stringMatching(sentence) }),
      }),
    ]);
  });

  it('takes over until when it works, and for what', async () => {
    const key = keep(jwt({ exp: seconds('2026-07-01'), scope: 'a:read b:read' }));
    await tessera.checkTokens(key.appId, null);
    expect(tessera.tokens.get(key)).toMatchObject({
      expiresAt: '2026-07-01T00:00:00.000Z',
      scopes: ['a:read', 'b:read'],
    });
  });

  it('asks for a request where the token is none', async () => {
    const { appId } = keep('no JWT at all');
    await expect(tessera.checkTokens(appId, null)).rejects.toMatchObject({ code: 'CHECK_NOT_SET' });
  });
});
