import { expect, test } from 'vitest';
import { session } from '../../stand-in/session.ts';

test('the session names no proxy, because it reads no settings of the system', async () => {
  expect(await session.defaultSession.resolveProxy('https://api.example.com/')).toBe('DIRECT');
});
