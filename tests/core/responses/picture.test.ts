import { expect, test } from 'vitest';
import { pictureUrl } from '../../../core/responses/picture.ts';
import { bytesOf } from '../../support/bytes-of.ts';

test.each([
  ['image/png', Buffer.from('\x89PNG\r\n\x1a\n…', 'latin1')],
  ['image/jpeg', Buffer.from('\xff\xd8\xff\xe0', 'latin1')],
  ['image/gif', Buffer.from('GIF89a…')],
  ['image/webp', Buffer.from('RIFF1234WEBP')],
])('a picture is known by how it begins: %s', (mediaType, bytes) => {
  expect(pictureUrl(bytesOf(bytes))).toBe(`data:${mediaType};base64,${bytes.toString('base64')}`);
});

test.each([
  '<svg xmlns="http://www.w3.org/2000/svg"/>',
  '<html>',
  '',
  'RIFF1234WAVE',
])('what is no picture is not shown as one: %s', (text) => {
  expect(pictureUrl(bytesOf(text))).toBeNull();
});
