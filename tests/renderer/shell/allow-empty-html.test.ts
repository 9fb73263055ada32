import { expect, it } from 'vitest';
import { emptyHtml } from '../../../renderer/shell/allow-empty-html.ts';

it('lets empty HTML into the page, and no other', () => {
  expect(emptyHtml('')).toBe('');
  for (const html of [' ', '<b>', '<img src=x onerror=alert(1)>', 'words'])
    expect(emptyHtml(html)).toBeNull();
});
