import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { environmentProxy, isExempt } from '../../../core/connections/environment-proxy.ts';

const HTTPS = new URL('https://api.example.com/');

describe('the proxy that the environment names', () => {
  test.each([
    ['HTTPS_PROXY for https', { HTTPS_PROXY: 'http://p:1' }, HTTPS, 'http://p:1'],
    ['not HTTP_PROXY for https', { HTTP_PROXY: 'http://p:1' }, HTTPS, null],
    ['small letters first', { https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:1' }, HTTPS, 'http://a:1'],
    ['ALL_PROXY for whatever has none', { ALL_PROXY: 'socks5://p:1' }, HTTPS, 'socks5://p:1'],
    ['a host alone is an HTTP proxy', { HTTPS_PROXY: 'p:3128' }, HTTPS, 'http://p:3128'],
    ['none where NO_PROXY names the host', { ALL_PROXY: 'http://p:1', NO_PROXY: 'example.com' }, HTTPS, null],
    ['none for localhost', { ALL_PROXY: 'http://p:1' }, new URL('http://localhost:8080/'), null],
    ['none where the environment says nothing', {}, HTTPS, null],
  ])('is %s', (_name, environment, url, expected) => {
    expect(environmentProxy(url, environment)).toBe(expected);
  });
});

describe('NO_PROXY', () => {
  test.each([
    ['example.com', 'https://example.com/', true],
    ['example.com', 'https://api.example.com/', true],
    ['example.com', 'https://badexample.com/', false],
    ['.example.com', 'https://example.com/', true],
    ['*.example.com', 'https://example.com/', false],
    ['*.example.com', 'https://api.example.com/', true],
    ['a.test, example.com:8443', 'https://example.com:8443/', true],
    ['example.com:8443', 'https://example.com/', false],
    ['10.0.0.0/8', 'http://10.1.2.3/', true],
    ['10.0.0.0/8', 'http://11.1.2.3/', false],
    ['fd00::/8', 'http://[fd00::1]/', true],
    ['[fd00::1]:80', 'http://[fd00::1]/', true],
    ['0.1', 'http://10.0.0.1/', false],
    ['*', 'https://anything.test/', true],
    ['', 'https://anything.test/', false],
  ])('%j and %s: exempt is %j', (noProxy, url, expected) => {
    expect(isExempt(new URL(url), noProxy)).toBe(expected);
  });

  test('takes anything without failing', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof isExempt(HTTPS, text) === 'boolean'));
  });
});
