import * as oauth4webapi from 'oauth4webapi';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { authorizeByDevice } from '../../../core/oauth/device-code.ts';
import type { OAuthClient, OAuthContext } from '../../../core/oauth/oauth-client.ts';
import type { DeviceCode } from '../../../core/oauth/oauth-steps.ts';

const waits = vi.hoisted((): number[] => []);
vi.mock('node:timers/promises', () => ({
  setTimeout: async (milliseconds: number, _value: unknown, options?: { signal: AbortSignal }) => {
    waits.push(milliseconds);
    options?.signal.throwIfAborted();
  },
}));

const NOW = new Date('2026-06-01T12:00:00Z');
const STARTED = {
  device_code: 'a-device-code',
  user_code: 'BCDF-GHJK',
  verification_uri: 'https://id.example.com/device',
  expires_in: 600,
};
const GOOD = { access_token: 'the-access-token', token_type: 'bearer' };

/** A server that gives these answers, one after the other; waits take no time. */
async function signIn(answers: readonly object[], signal = new AbortController().signal) {
  const shown: DeviceCode[] = [];
  const left = [...answers];
  const issuer = 'https://id.example.com';
  const open: OAuthClient = {
    server: {
      issuer,
      token_endpoint: `${issuer}/token`,
      device_authorization_endpoint: `${issuer}/start`,
    },
    client: { client_id: 'desktop' },
    authentication: oauth4webapi.None(),
    options: {
      [oauth4webapi.allowInsecureRequests]: true,
      [oauth4webapi.customFetch]: async () => {
        const answer = left.shift() ?? {};
        return Response.json(answer, { status: 'error' in answer ? 400 : 200 });
      },
    },
  };
  const context = { scopes: [], signal, now: () => NOW } as unknown as OAuthContext;
  const steps = { openPage: async () => undefined, showCode: (code: DeviceCode) => void shown.push(code) };
  const { access_token: accessToken } = await authorizeByDevice(open, context, steps);
  return { accessToken, shown };
}

beforeEach(() => {
  waits.length = 0;
});

describe('a sign-in with a device code', () => {
  const pending = { error: 'authorization_pending' };

  it('asks every five seconds until the code was entered, and says until when that may be', async () => {
    const { accessToken, shown } = await signIn([STARTED, pending, pending, GOOD]);
    expect(accessToken).toBe('the-access-token');
    expect(shown).toEqual([
      {
        userCode: 'BCDF-GHJK',
        verificationUrl: 'https://id.example.com/device',
        completeUrl: null,
        expiresAt: '2026-06-01T12:10:00.000Z',
      },
    ]);
    expect(waits).toEqual([5000, 5000, 5000]);
  });

  it('asks as often as the server wants, and less where that is too often', async () => {
    await signIn([
      { ...STARTED, interval: 2 },
      { error: 'slow_down' },
      pending,
      { error: 'slow_down' },
      GOOD,
    ]);
    expect(waits).toEqual([2000, 7000, 7000, 12_000]);
  });

  it('ends where the code’s time is over', async () => {
    await expect(signIn([STARTED, { error: 'expired_token' }, GOOD])).rejects.toMatchObject({
      error: 'expired_token',
    });
  });

  it('ends at once where it is cancelled', async () => {
    await expect(signIn([STARTED, GOOD], AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
