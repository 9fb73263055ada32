import { describe, expect, it } from 'vitest';
import { wayOut, wayPast } from '../../../renderer/responses/way-out.ts';
import { AppError, type ErrorCode, type ErrorDetails } from '../../../shared/app-error.ts';
import type { Token, TokenListItem } from '../../../shared/tokens/token.ts';
import { tokenState } from '../../../shared/tokens/token-state.ts';
import { makeApp, makeToken } from '../../support/sending.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const app = makeApp({ allowedOrigins: ['https://api.example.com'] });
const item = (changes: Partial<Token> = {}): TokenListItem => {
  const token = makeToken({ name: 'main', ...changes });
  return { ...token, state: tokenState(token, NOW) };
};
const wayAfter = (code: ErrorCode, details: ErrorDetails, tokens: readonly TokenListItem[] = []) =>
  wayOut(new AppError(code, 'It was not sent.', details), app, tokens);

describe('an origin that is not allowed', () => {
  it('can be allowed', () => {
    const origin = 'https://other.example.com';
    expect(wayAfter('ORIGIN_NOT_ALLOWED', { origin })).toEqual({ kind: 'allow', origin });
  });

  it('is sent to again once it is', () => {
    expect(wayAfter('ORIGIN_NOT_ALLOWED', { origin: 'https://api.example.com' })).toEqual({
      kind: 'send-again',
    });
  });

  it.each([{}, { origin: 'not an origin' }])('that nobody names (%j) cannot', (details) => {
    expect(wayAfter('ORIGIN_NOT_ALLOWED', details)).toBeNull();
  });
});

describe('a token that is not to be used any more', () => {
  it.each([
    ['TOKEN_EXPIRED', { expiresAt: '2026-01-01T00:00:00Z' }],
    ['TOKEN_COMPROMISED', { compromisedAt: '2026-01-01T00:00:00Z' }],
  ] as const)('is rotated after %s', (code, changes) => {
    const token = item(changes);
    expect(wayAfter(code, { token: 'main' }, [token])).toEqual({ kind: 'rotate', token });
    expect(wayAfter(code, { token: 'main' }, [item()])).toEqual({ kind: 'send-again' });
    expect(wayAfter(code, { token: 'another' }, [token])).toBeNull();
  });

  it('is sent all the same when told to, with what was told before', () => {
    const error = new AppError('TOKEN_COMPROMISED', 'It is compromised.');
    expect(wayPast(error, { sendExpired: true })).toEqual({ sendExpired: true, sendCompromised: true });
    expect(wayPast(new AppError('ORIGIN_NOT_ALLOWED', 'It is not allowed.'))).toBeNull();
  });
});

it.each(['TOKEN_NOT_FOUND', 'TOKEN_OF_OTHER_APP'] as const)('%s is helped by a token of the app', (code) => {
  expect(wayAfter(code, { token: 'gone' })).toEqual({ kind: 'add-token' });
  expect(wayAfter(code, { token: 'gone' }, [item()])).toEqual({ kind: 'choose-token' });
});

it('a token in the place of a variable is to be chosen, and another variable has no place in the window', () => {
  expect(wayAfter('VARIABLE_NOT_FOUND', { variable: 'vault.main' }, [item()])).toEqual({
    kind: 'choose-token',
  });
  expect(wayAfter('VARIABLE_NOT_FOUND', { variable: 'customer' }, [item()])).toBeNull();
});

it.each(['LOGIN_NEEDED', 'REFRESH_FAILED', 'TWO_FACTOR_NEEDED'] as const)('%s leads to a sign-in', (code) => {
  const token = item();
  expect(wayAfter(code, { token: 'main' }, [token])).toEqual({ kind: 'connect', token });
});

it.each([
  'PROXY_FAILED',
  'PROXY_AUTH_REQUIRED',
  'NETWORK_TLS',
] as const)('%s leads to the connection', (code) => {
  expect(wayAfter(code, { cause: 'SELF_SIGNED_CERT_IN_CHAIN' })).toEqual({ kind: 'connection' });
});

it.each([
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_REVOKED',
])('nobody is led to the check of certificates by %s', (cause) =>
  expect(wayAfter('NETWORK_TLS', { cause })).toBeNull());

it('other failures have no way out but their words', () => {
  expect(wayAfter('NETWORK_REFUSED', {})).toBeNull();
  expect(wayOut(new Error('a defect'), app, [])).toBeNull();
});
