import { expect, test } from 'vitest';
import { attemptsOf } from '../../../shared/collections/run.ts';
import { describeAttempts } from '../../../shared/requests/rate-limit.ts';

const attempt = { status: null, code: 'NETWORK_REFUSED', waitedMs: 250 };

test('a result without an answer counts the tries of its timeline', () => {
  const timeline = { hops: [], unanswered: null, attempts: [attempt] };
  const error = { code: 'NETWORK_REFUSED', message: 'nothing listens there', timeline } as const;
  expect(attemptsOf({ response: null, error })).toEqual([attempt]);
  expect(attemptsOf({ response: null, error: null })).toEqual([]);
});

test('tries are told by why there was another', () => {
  expect(describeAttempts([])).toBe('');
  const cut = { status: 200, code: 'NETWORK_RESET', waitedMs: 1 };
  const busy = { status: 429, code: null, waitedMs: 1 };
  expect(describeAttempts([busy, cut])).toBe('Tried 3 times: 429, NETWORK_RESET before.');
});
