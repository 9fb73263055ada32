import { describe, expect, it } from 'vitest';
import { AppRedactors } from '../../../core/redaction/app-redactors.ts';
import { TemporaryHome } from '../../support/temporary-vault.ts';

async function prepare(home: TemporaryHome) {
  const { vault, apps, tokens } = await home.create();
  const { id: appId } = apps.create({ name: 'Phone' });
  const add = (secret: string) => tokens.add(appId, { name: secret, scheme: 'bearer', secret });
  const given: Buffer[] = [];
  const redactors = new AppRedactors({
    fileOf: (id) => vault.app(id),
    secretsOf: (id) => {
      const secrets = tokens.list(id).map((token) => tokens.secrets.open({ appId: id, tokenId: token.id }));
      given.push(...secrets);
      return secrets;
    },
  });
  const masked = (text: string) => redactors.of(appId).text(text).text;
  return { appId, add, given, redactors, masked };
}

describe('the redactor of an app', () => {
  it('knows a secret from the moment it is kept', async () => {
    using home = new TemporaryHome();
    const { add, masked } = await prepare(home);
    add('the first secret');
    expect(masked('the first secret, the second secret')).toBe('••••, the second secret');
    add('the second secret');
    expect(masked('the first secret, the second secret')).toBe('••••, ••••');
  });

  it('is made once for a state of the app, and leaves no copy of a secret behind', async () => {
    using home = new TemporaryHome();
    const { appId, add, given, redactors } = await prepare(home);
    add('the first secret');
    expect(redactors.of(appId)).toBe(redactors.of(appId));
    expect(given.map((secret) => secret.every((byte) => byte === 0))).toEqual([true]);
  });

  it('refuses to work after a lock, also where a request still has the one before', async () => {
    using home = new TemporaryHome();
    const { appId, add, redactors } = await prepare(home);
    add('the first secret');
    const before = redactors.of(appId);
    add('the second secret');
    const now = redactors.of(appId);
    redactors.wipe();
    for (const redactor of [before, now]) expect(() => redactor.text('x')).toThrow('has been locked');
  });
});
