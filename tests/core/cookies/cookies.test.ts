import { describe, expect, it } from 'vitest';
import { Cookies } from '../../../core/cookies/cookies.ts';
import { TemporaryHome } from '../../support/temporary-vault.ts';

const COOKIE = {
  domain: 'api.example.com',
  path: '/',
  name: 'session',
  value: 'a-value-of-a-session',
} as const;

describe('the cookies of an app', () => {
  it('are there again when the vault is opened anew', async () => {
    using home = new TemporaryHome();
    const { vault, apps } = await home.create();
    const { id } = apps.create({ name: 'Phone' });
    new Cookies(vault).set(id, COOKIE);
    vault.close();
    const again = await home.unlock();
    expect(new Cookies(again.vault).list(id)).toEqual([
      {
        ...COOKIE,
        hostOnly: true,
        secure: false,
        httpOnly: false,
        sameSite: null,
        expiresAt: null,
        createdAt: expect.any(String),
      },
    ]);
    expect(again.vault.report()).toMatchObject({ records: 1, damaged: [] });
  });

  it('are not those of another app', async () => {
    using home = new TemporaryHome();
    const { vault, apps } = await home.create();
    const [one, other] = [apps.create({ name: 'One' }), apps.create({ name: 'Other' })];
    const cookies = new Cookies(vault);
    cookies.set(one.id, COOKIE);
    expect(cookies.list(other.id)).toEqual([]);
  });

  it('are written only where something changed', async () => {
    using home = new TemporaryHome();
    const { vault, apps } = await home.create();
    const { id } = apps.create({ name: 'Phone' });
    const cookies = new Cookies(vault);
    const { revision } = vault.app(id);
    cookies.save(id);
    cookies.list(id);
    cookies.save(id);
    expect(vault.app(id).revision).toBe(revision);
    cookies.set(id, COOKIE);
    cookies.save(id);
    expect(vault.app(id).revision).toBe(revision + 1);
  });

  it('keep their value when the rest of them is edited', async () => {
    using home = new TemporaryHome();
    const { vault, apps } = await home.create();
    const { id } = apps.create({ name: 'Phone' });
    const cookies = new Cookies(vault);
    cookies.set(id, COOKIE);
    cookies.set(id, { ...COOKIE, value: null, secure: true });
    expect(cookies.list(id)).toMatchObject([{ value: COOKIE.value, secure: true }]);
    expect(() => cookies.set(id, { ...COOKIE, name: 'other', value: null })).toThrow(
      expect.objectContaining({ code: 'COOKIE_NOT_FOUND' }),
    );
  });

  it('go one by one, by domain, and all together', async () => {
    using home = new TemporaryHome();
    const { vault, apps } = await home.create();
    const { id } = apps.create({ name: 'Phone' });
    const cookies = new Cookies(vault);
    for (const domain of ['a.example.com', 'b.example.com', 'c.example.com']) {
      cookies.set(id, { ...COOKIE, domain });
      cookies.set(id, { ...COOKIE, domain, name: 'other' });
    }
    cookies.remove(id, { domain: 'a.example.com', path: '/', name: 'session' });
    expect(cookies.clear(id, 'b.example.com')).toBe(2);
    expect(cookies.list(id).map(({ domain, name }) => `${domain} ${name}`)).toEqual([
      'a.example.com other',
      'c.example.com other',
      'c.example.com session',
    ]);
    expect(cookies.clear(id)).toBe(3);
    expect(() => cookies.remove(id, COOKIE)).toThrow(expect.objectContaining({ code: 'COOKIE_NOT_FOUND' }));
  });

  it('are taken over from another process, once that has written', async () => {
    using home = new TemporaryHome();
    const { vault, apps } = await home.create();
    const { id } = apps.create({ name: 'Phone' });
    const cookies = new Cookies(vault);
    cookies.list(id);
    vault.close();
    const other = await home.unlock();
    new Cookies(other.vault).set(id, COOKIE);
    other.vault.close();
    cookies.forget();
    const again = await home.unlock();
    expect(new Cookies(again.vault).list(id)).toHaveLength(1);
  });

  it.each([
    [{ value: 'a;b' }, 'value'],
    [{ value: 'a\r\nSet-Cookie: b=c' }, 'value'],
    [{ name: 'a b' }, 'name'],
    [{ name: '' }, 'name'],
    [{ domain: 'https://api.example.com' }, 'domain'],
    [{ domain: 'api.example.com:8080' }, 'domain'],
    [{ path: 'v2' }, 'path'],
    [{ value: 'x'.repeat(4097) }, 'value'],
  ])('cannot be %j', async (changes, path) => {
    using home = new TemporaryHome();
    const { vault, apps } = await home.create();
    const { id } = apps.create({ name: 'Phone' });
    expect(() => new Cookies(vault).set(id, { ...COOKIE, ...changes })).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: { path } }),
    );
  });
});
