import { describe, expect, it, vi } from 'vitest';
import { Cookies } from '../../../core/cookies/cookies.ts';
import { AppError } from '../../../shared/app-error.ts';
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
    expect(again.vault.repair.report()).toMatchObject({ records: 1, damaged: [] });
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

  it('are one record, whose bytes are wiped once they are sealed', async () => {
    using home = new TemporaryHome();
    const { vault, apps } = await home.create();
    const { id } = apps.create({ name: 'Phone' });
    const put = vi.spyOn(vault.app(id), 'put');
    const cookies = new Cookies(vault);
    cookies.set(id, COOKIE);
    cookies.set(id, { ...COOKIE, name: 'other' });
    expect(vault.app(id).records('cookies')).toHaveLength(1);
    expect(put).toHaveBeenCalledTimes(2);
    for (const [{ secret }] of put.mock.calls) expect(secret?.every((byte) => byte === 0)).toBe(true);
  });

  it('that are not saved yet are kept over what is written beside them', async () => {
    using home = new TemporaryHome();
    const { vault, apps } = await home.create();
    const { id } = apps.create({ name: 'Phone' });
    const [one, other] = [new Cookies(vault), new Cookies(vault)];
    await one.jar(id).store(new URL('https://shop.example.com/'), ['basket=a']);
    other.set(id, COOKIE);
    expect(one.list(id).map(({ name }) => name)).toEqual(['basket']);
  });

  it('are read anew where the app’s file has changed', async () => {
    using home = new TemporaryHome();
    const { vault, apps } = await home.create();
    const { id } = apps.create({ name: 'Phone' });
    const [one, other] = [new Cookies(vault), new Cookies(vault)];
    expect(one.list(id)).toEqual([]);
    other.set(id, COOKIE);
    expect(one.list(id)).toHaveLength(1);
  });

  it('are none where their record is damaged or is no list, and stop no request', async () => {
    using home = new TemporaryHome();
    const { vault, apps } = await home.create();
    const { id } = apps.create({ name: 'Phone' });
    new Cookies(vault).set(id, COOKIE);
    const openSecret = vi.spyOn(vault.app(id), 'openSecret');
    openSecret.mockReturnValue(Buffer.from('no JSON'));
    expect(new Cookies(vault).list(id)).toEqual([]);
    const failing = (code: 'RECORD_DAMAGED' | 'VAULT_LOCKED') =>
      openSecret.mockImplementation(() => {
        throw new AppError(code, 'It cannot be read.');
      });
    failing('RECORD_DAMAGED');
    expect(new Cookies(vault).list(id)).toEqual([]);
    failing('VAULT_LOCKED');
    expect(() => new Cookies(vault).list(id)).toThrow(expect.objectContaining({ code: 'VAULT_LOCKED' }));
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
