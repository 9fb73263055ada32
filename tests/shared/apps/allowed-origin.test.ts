import { describe, expect, it } from 'vitest';
import { isOriginAllowed, parseAllowedOrigin } from '../../../shared/apps/allowed-origin.ts';

describe('an allowed origin', () => {
  it.each([
    ['https://API.Example.com:443/', 'https://api.example.com'],
    ['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
    ['https://*.example.com', 'https://*.example.com'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
  ])('%s is kept as %s', (text, origin) => {
    expect(parseAllowedOrigin(text)).toEqual({ origin });
  });

  it.each([
    'example.com',
    'ftp://a.example',
    'https://a.example/path',
    'https://a.example?x',
    'https://u:p@a.example',
    'https://*',
    'https://*.com',
    'https://a.*.com',
    'https://*.1.2.3',
  ])('%s is none', (text) => {
    expect(parseAllowedOrigin(text)).toHaveProperty('problem');
  });

  it.each([
    ['https://api.example.com/x', true],
    ['https://api.example.com:8443/x', false],
    ['http://api.example.com/x', false],
    ['https://api.example.com./x', false],
    ['https://api.example.com.evil.example/', false],
    ['https://evil.example/?https://api.example.com', false],
    ['https://api.example.com@evil.example/', false],
  ])('https://api.example.com admits %s: %s', (url, admits) => {
    expect(isOriginAllowed(new URL(url), ['https://api.example.com'])).toBe(admits);
  });

  it.each([
    ['https://a.example.com/', true],
    ['https://a.b.example.com/', true],
    ['https://example.com/', false],
    ['https://badexample.com/', false],
    ['http://a.example.com/', false],
    ['https://a.example.com:8443/', false],
  ])('https://*.example.com admits %s: %s', (url, admits) => {
    expect(isOriginAllowed(new URL(url), ['https://*.example.com'])).toBe(admits);
  });
});
