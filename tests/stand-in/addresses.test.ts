import { beforeEach, describe, expect, it } from 'vitest';
import { registerSchemes, toAppUrl, toChromiumUrl } from '../../stand-in/chromium/addresses.ts';

describe("addresses of an app's own schemes", () => {
  beforeEach(() => {
    registerSchemes([
      { scheme: 'app', privileges: { standard: true, secure: true } },
      { scheme: 'plain', privileges: { standard: true } },
    ]);
  });

  it('become https, or http where the scheme is not secure, under a name that resolves nowhere', () => {
    expect(toChromiumUrl('app://tessera/a/b.html?c=d#e')).toBe('https://tessera.app.invalid/a/b.html?c=d#e');
    expect(toChromiumUrl('plain://host/')).toBe('http://host.plain.invalid/');
  });

  it('come back as they were', () => {
    expect(toAppUrl('https://tessera.app.invalid/a/b.html?c=d#e')).toBe('app://tessera/a/b.html?c=d#e');
  });

  it.each([
    'https://tessera.other.invalid/',
    'https://app.invalid/',
    'https://tessera.app.invalid.evil.example/',
    'https://evil.example/?tessera.app.invalid',
    'about:blank',
    'not an address',
  ])('are not seen in %s', (url) => {
    expect(toAppUrl(url)).toBe(url);
  });

  it('are refused for a scheme without hosts', () => {
    expect(() => registerSchemes([{ scheme: 'flat' }])).toThrow('schemes that are not standard: flat');
  });
});
