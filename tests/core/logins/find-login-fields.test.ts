import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLoginFields, pathsIn, textAt } from '../../../core/logins/find-login-fields.ts';
import { parseJsonPaths } from '../../../shared/logins/json-path.ts';
import { loginAnswerSchema } from '../../../shared/logins/login.ts';

describe('the fields of an answer', () => {
  it('are found where the description says', () => {
    const answer = loginAnswerSchema.parse({
      accessToken: 'data.tokens[0].value',
      refreshToken: 'refresh_token, refresh_tokne',
      expiresIn: 'data.ttl',
    });
    const json = { data: { tokens: [{ value: 'A' }], ttl: 90 }, refresh_tokne: 'R' };
    expect(findLoginFields(json, answer)).toEqual({ accessToken: 'A', refreshToken: 'R', expiresIn: '90' });
  });

  it('are the first of several that lead to a value', () => {
    expect(textAt({ a: null, b: '', c: 'yes', d: 'no' }, 'x, a, b, c, d')).toBe('yes');
  });

  it('are looked for in the JSON alone', () => {
    for (const path of ['__proto__', 'constructor.name', 'length', 'toString']) {
      expect(textAt({}, path)).toBeNull();
      expect(textAt('text', path)).toBeNull();
    }
  });

  it('are found at every path that is told of random JSON, and nowhere else', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (json) => {
        for (const path of pathsIn(json)) {
          // A name with both kinds of quotes cannot be written.
          if (parseJsonPaths(path)?.length !== 1) continue;
          const found = textAt(json, path);
          if (found !== null) expect(JSON.stringify(json)).toContain(JSON.stringify(found).slice(1, -1));
        }
        expect(textAt(json, 'no.such[7].place')).toBeNull();
      }),
    );
  });

  it('are found in random JSON that a token was put into', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 5 }),
        fc.stringMatching(/^[a-z_]{6,9}$/),
        fc.stringMatching(/^[A-Za-z0-9._-]{10,40}$/),
        (json, name, token) => {
          const answer = { deep: [{ ...json, [name]: token }] };
          expect(textAt(answer, `deep[0].${name}`)).toBe(token);
          expect(pathsIn(answer)).toContain(`deep[0].${name}`);
        },
      ),
    );
  });
});
