import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Exchange } from '../../../core/requests/follow-redirects.ts';
import { Retries, type RetryOptions } from '../../../core/requests/retries.ts';
import { AppError, type ErrorCode } from '../../../shared/app-error.ts';
import type { RequestInput } from '../../../shared/requests/request.ts';
import { answer, RecordingServer } from '../../support/recording-server.ts';
import { makeApp, Sender } from '../../support/sending.ts';

/** Sends with waits that take no time; says how long they would have been. */
async function send(request: RequestInput, signal = new AbortController().signal) {
  const waits: number[] = [];
  await using sender = new Sender({
    app: makeApp(),
    signal,
    waitForRetry: async (milliseconds) => {
      waits.push(milliseconds);
    },
  });
  const { response, body } = await sender.send(request);
  return { response, body: body.toString(), waits };
}

/** Answers one after the other, the last for ever. */
async function serverOf(...replies: readonly string[]) {
  let sent = 0;
  return RecordingServer.start(() => {
    const reply = replies[Math.min(sent, replies.length - 1)] ?? '';
    sent += 1;
    return reply;
  });
}

const busy = (status: string, ...headers: readonly string[]) => answer(status, headers, 'busy');
const GOOD = answer('200 OK', [], 'good');

afterEach(() => vi.restoreAllMocks());

describe('a request that may be tried again', () => {
  test.each([
    '429 Too Many Requests',
    '502 Bad Gateway',
    '503 Service Unavailable',
    '504 Gateway Timeout',
  ])('is, after %s', async (status) => {
    await using server = await serverOf(busy(status), busy(status), GOOD);
    const { response, body } = await send({ url: `http://127.0.0.1:${server.port}`, retries: 2 });
    expect(body).toBe('good');
    const code = Number(status.slice(0, 3));
    expect(response.attempts).toMatchObject([
      { status: code, code: null },
      { status: code, code: null },
    ]);
    expect(server.requests).toHaveLength(3);
  });

  test('is, after a connection that was cut, before or in the body', async () => {
    const cut = 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf';
    await using server = await serverOf('', cut, GOOD);
    const { response, body } = await send({ url: `http://127.0.0.1:${server.port}`, retries: 3 });
    expect(body).toBe('good');
    expect(response.attempts).toMatchObject([
      { status: null, code: 'NETWORK_RESET' },
      { status: 200, code: 'NETWORK_RESET' },
    ]);
    expect(response).toMatchObject({ truncated: false, failure: null });
  });

  test('waits twice as long each time', async () => {
    await using server = await serverOf(busy('503 Busy'));
    const { waits } = await send({ url: `http://127.0.0.1:${server.port}`, retries: 3 });
    const [first = 0, second = 0, third = 0] = waits;
    expect(first).toBeGreaterThanOrEqual(125);
    expect(first).toBeLessThanOrEqual(250);
    expect(second).toBeGreaterThanOrEqual(250);
    expect(third).toBeGreaterThanOrEqual(500);
    expect(third).toBeLessThanOrEqual(1000);
  });

  test.each([
    ['0', 0],
    ['7', 7000],
    ['Mon, 01 Jun 2026 12:00:20 GMT', 20_000],
    ['Mon, 01 Jun 2026 11:00:00 GMT', 0],
  ])('waits as long as Retry-After says: %s', async (retryAfter, expected) => {
    await using server = await serverOf(busy('429 Slow Down', `Retry-After: ${retryAfter}`), GOOD);
    const { waits, response } = await send({ url: `http://127.0.0.1:${server.port}`, retries: 1 });
    expect(waits).toEqual([expected]);
    expect(response.attempts).toEqual([{ status: 429, code: null, waitedMs: expected }]);
  });

  test('is not, where the server wants more than a minute', async () => {
    await using server = await serverOf(busy('429 Slow Down', 'Retry-After: 61'));
    const { response, waits } = await send({ url: `http://127.0.0.1:${server.port}`, retries: 5 });
    expect(response).toMatchObject({
      status: 429,
      attempts: [],
      rateLimit: { retryAt: '2026-06-01T12:01:01.000Z' },
    });
    expect(waits).toEqual([]);
  });

  test('shows the last answer where none was better', async () => {
    await using server = await serverOf(busy('503 Busy'));
    const { response, body } = await send({ url: `http://127.0.0.1:${server.port}`, retries: 1 });
    expect({ status: response.status, body, tries: response.attempts.length }).toEqual({
      status: 503,
      body: 'busy',
      tries: 1,
    });
  });

  test('says how often it was tried, where no answer came', async () => {
    await using server = await serverOf('');
    await expect(send({ url: `http://127.0.0.1:${server.port}`, retries: 2 })).rejects.toMatchObject({
      code: 'NETWORK_RESET',
      message: expect.stringContaining('Tried 3 times.'),
      details: { attempts: 3 },
    });
  });

  test('can be cancelled while it waits', async () => {
    await using server = await serverOf(busy('503 Busy', 'Retry-After: 50'));
    const controller = new AbortController();
    await using sender = new Sender({ app: makeApp(), signal: controller.signal });
    const sending = sender.send({ url: `http://127.0.0.1:${server.port}`, retries: 1 });
    await expect.poll(() => server.requests.length).toBe(1);
    controller.abort();
    await expect(sending).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('a request is not tried again', () => {
  test('unasked', async () => {
    await using server = await serverOf(busy('503 Busy'));
    await send({ url: `http://127.0.0.1:${server.port}` });
    expect(server.requests).toHaveLength(1);
  });

  test.each(['POST', 'PATCH', 'PURGE'])('where two are not as good as one: %s', async (method) => {
    await using server = await serverOf(busy('503 Busy'));
    await send({ method, url: `http://127.0.0.1:${server.port}`, retries: 5 });
    expect(server.requests).toHaveLength(1);
  });

  test.each(['500 Broken', '501 Never', '400 Bad', '401 Who'])('after %s', async (status) => {
    await using server = await serverOf(answer(status));
    await send({ url: `http://127.0.0.1:${server.port}`, retries: 5 });
    expect(server.requests).toHaveLength(1);
  });
});

test('a PUT sends its body again', async () => {
  await using server = await serverOf(busy('503 Busy'), GOOD);
  const body = { kind: 'text', text: 'the whole of it' } as const;
  await send({ method: 'PUT', url: `http://127.0.0.1:${server.port}`, body, retries: 1 });
  expect(server.requests.map(({ bytes }) => bytes.endsWith('the whole of it'))).toEqual([true, true]);
});

/** With waits that take no time. */
const retriesOf = (changes: Partial<RetryOptions> = {}) =>
  new Retries({
    retries: 1,
    method: 'GET',
    signal: new AbortController().signal,
    now: () => new Date(),
    wait: () => Promise.resolve(),
    ...changes,
  });

const failing = (code: ErrorCode) => {
  let tries = 0;
  return {
    attempt: () => {
      tries += 1;
      return Promise.reject(
        new AppError(code, 'No.', {}, { timeline: { hops: [], unanswered: null, attempts: [] } }),
      );
    },
    tries: () => tries,
  };
};

const busyAttempt = () => {
  let discarded = 0;
  const body = { discard: () => (discarded += 1) };
  const exchange = { head: { status: 503, headers: [] }, failure: null, body } as unknown as Exchange;
  return { attempt: () => Promise.resolve({ exchange }), discarded: () => discarded };
};

describe('another try', () => {
  test.each(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'])('is made of a %s', (method) => {
    expect(retriesOf({ method }).isFollowed({ status: 503, headers: [] })).toBe(true);
  });

  test('is not made once all were', async () => {
    const retries = retriesOf();
    const { attempt, tries } = failing('NETWORK_RESET');
    await expect(retries.run(attempt)).rejects.toMatchObject({
      timeline: { attempts: [{ status: null, code: 'NETWORK_RESET' }] },
    });
    expect(tries()).toBe(2);
    expect(retries.isFollowed({ status: 503, headers: [] })).toBe(false);
  });

  test.each([
    'NETWORK_TLS',
    'NETWORK_PROTOCOL',
    'CANCELLED',
    'ORIGIN_NOT_ALLOWED',
  ] as const)('is not made after %s', async (code) => {
    const { attempt, tries } = failing(code);
    await expect(retriesOf().run(attempt)).rejects.toMatchObject({ message: 'No.' });
    expect(tries()).toBe(1);
  });

  test('that is cancelled is not said to have failed several times', async () => {
    const wait = () => Promise.reject(new AppError('CANCELLED', 'Cancelled.'));
    const { attempt } = failing('NETWORK_RESET');
    await expect(retriesOf({ wait }).run(attempt)).rejects.toMatchObject({ message: 'Cancelled.' });
    await expect(retriesOf({ wait }).run(busyAttempt().attempt)).rejects.toMatchObject({
      message: 'Cancelled.',
    });
  });

  test('gives up the body of the answer before', async () => {
    const { attempt, discarded } = busyAttempt();
    await retriesOf().run(attempt);
    expect(discarded()).toBe(1);
  });

  test('waits half by chance', async () => {
    const waits: number[] = [];
    const wait = async (milliseconds: number) => void waits.push(milliseconds);
    for (const chance of [0, 0.5]) {
      vi.spyOn(Math, 'random').mockReturnValue(chance);
      const { attempt } = failing('NETWORK_RESET');
      await retriesOf({ wait })
        .run(attempt)
        .catch(() => undefined);
    }
    expect(waits).toEqual([125, 188]);
  });
});
