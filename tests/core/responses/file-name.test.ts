import { describe, expect, it } from 'vitest';
import { charsetOf } from '../../../core/responses/charset.ts';
import { fileNameFor } from '../../../core/responses/file-name.ts';

describe('the name an answer is saved under', () => {
  it.each([
    ['https://a.example/v2/account', 'application/json', 'account.json'],
    ['https://a.example/export.csv', 'text/csv', 'export.csv'],
    ['https://a.example/', 'application/problem+json', 'response.json'],
    ['https://a.example/%2e%2e%2f..%2fetc', 'text/plain', '2e-2e-2f..-2fetc.txt'],
    ['https://a.example/..', 'application/octet-stream', 'response.bin'],
    ['nonsense', 'text/html', 'response.html'],
  ])('of %s as %s is %s', (url, mediaType, name) => {
    expect(fileNameFor(url, mediaType)).toBe(name);
  });
});

describe('the charset of an answer', () => {
  it.each([
    ['text/html; charset=ISO-8859-1', 'iso-8859-1'],
    ['text/html;charset="utf-8"', 'utf-8'],
    ['text/html', null],
  ])('of %s is %s', (contentType, charset) => {
    expect(charsetOf([['Content-Type', contentType]])).toBe(charset);
  });
});
