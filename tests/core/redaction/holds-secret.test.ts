import { describe, expect, it } from 'vitest';
import { holdsSecret } from '../../../core/redaction/holds-secret.ts';

const SECRET = 'kY7-the-secret';

describe('a text that is about to be written', () => {
  it.each([
    ['as it is', `x ${SECRET} y`, true],
    ['in Base64', Buffer.from(`id:${SECRET}`).toString('base64'), true],
    ['in part', SECRET.slice(0, 8), false],
  ])('is looked through for secrets: %s', (_how, text, holds) => {
    expect(holdsSecret(text, [Buffer.from('another one'), Buffer.from(SECRET)])).toBe(holds);
  });

  it('leaves none of them behind', () => {
    const secrets = [Buffer.from(SECRET), Buffer.from('another one')];
    holdsSecret('nothing of them', secrets);
    expect(secrets.every((secret) => secret.every((byte) => byte === 0))).toBe(true);
  });
});
