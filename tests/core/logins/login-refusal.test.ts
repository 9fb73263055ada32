import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../../core/logins/login-refusal.ts';

const refused = (status: number) => refusalOf({ status, json: {}, quote: (text) => text }, { success: null });

describe('a sign-in that is refused', () => {
  it.each([400, 401, 403, 404, 422])('with %i is not tried again: it might lock the account', (status) => {
    expect(refused(status)).toMatchObject({ code: 'LOGIN_FAILED', details: { status, isFinal: true } });
  });

  it.each([
    408, 429, 500, 502, 503,
  ])('with %i may be tried again: that says nothing of a password', (status) => {
    expect(refused(status)).toMatchObject({ code: 'LOGIN_FAILED', details: { status, isFinal: false } });
  });

  it('is none where the answer may be one that gives a token', () => {
    expect(refused(200)).toBeNull();
  });
});
