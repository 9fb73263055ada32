import { afterEach, describe, expect, it, vi } from 'vitest';
import { airfocus } from '../../../core/providers/airfocus.ts';
import type { IssuedToken, ManagementCall } from '../../../core/providers/token-management.ts';
import { askProvider, type SendToProvider } from '../../../core/tokens/ask-provider.ts';
import { spoolOf } from '../../support/spool-of.ts';

const SIGNAL = new AbortController().signal;
const SECRET = 'the-value-that-is-given-out-once';
const ANSWER = JSON.stringify({ secret: SECRET });

const CALL: ManagementCall<Pick<IssuedToken, 'secret'>> = {
  method: 'POST',
  path: '/keys',
  body: null,
  read: ({ body }) => (body === undefined ? null : (body as { secret: string })),
};

/** What the pipeline hands on, in these pieces; a `null` is the head of another answer. */
function sending(pieces: readonly (string | null)[], shown = pieces.at(-1) ?? ''): SendToProvider {
  return (_request, { onHead, onDecoded }) => {
    for (const piece of pieces) {
      if (piece === null) onHead();
      else onDecoded(Buffer.from(piece));
    }
    const response = { status: 200, statusText: 'OK', headers: [], url: 'https://x', failure: null };
    const body = spoolOf(Buffer.from(shown));
    return Promise.resolve({ response, body, originals: null } as never);
  };
}

const ask = (send: SendToProvider) => askProvider(airfocus, CALL, { by: null, password: null }, send, SIGNAL);

afterEach(() => vi.restoreAllMocks());

describe('the answer of a provider that manages tokens', () => {
  it('is read from the pieces in which it comes', async () => {
    const { result } = await ask(sending([ANSWER.slice(0, 9), ANSWER.slice(9)]));
    expect(result.secret).toBe(SECRET);
  });

  it('is the last one, where an access token was renewed after the first', async () => {
    const { result } = await ask(sending([null, '{"error":"expired"}', null, ANSWER]));
    expect(result.secret).toBe(SECRET);
  });

  it('of the longest that is read is read, though another came before it', async () => {
    const long = `{"pad":"${'x'.repeat(3 * 1024 * 1024)}"}`;
    const { result } = await ask(sending([long, null, long.replace('pad', 'secret')]));
    expect(result.secret).toHaveLength(3 * 1024 * 1024);
  });

  it('that is longer than any list of tokens is not read', async () => {
    const rest = ' '.repeat(4 * 1024 * 1024);
    await expect(ask(sending([ANSWER, rest]))).rejects.toMatchObject({ code: 'PROVIDER_REFUSED' });
  });

  it('is shown in part where it is long', async () => {
    const { exchange } = await ask(sending([ANSWER.replace('}', `,"rest":"${'x'.repeat(50_000)}"}`)]));
    expect(exchange.answer).toMatch(/x…$/);
    expect(exchange.answer.length).toBeLessThanOrEqual(20_001);
  });

  it('leaves nothing in the memory that it was read from', async () => {
    const read: Uint8Array[] = [];
    const { concat } = Buffer;
    vi.spyOn(Buffer, 'concat').mockImplementation((pieces, length) => {
      const whole = concat(pieces, length);
      if (whole.toString() === ANSWER) read.push(whole, ...pieces);
      return whole;
    });
    const [first, second] = [ANSWER.slice(0, 9), ANSWER.slice(9)];
    await ask(sending([first, second], 'as it is shown'));
    expect(read.map(({ length }) => length)).toEqual([ANSWER.length, first.length, second.length]);
    for (const bytes of read) expect(bytes.every((byte) => byte === 0)).toBe(true);
  });
});
