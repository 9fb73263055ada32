import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { always, TokenChecks } from '../../support/token-checks.ts';

let checks: TokenChecks;

beforeAll(async () => {
  checks = await TokenChecks.start();
});
afterAll(() => checks[Symbol.asyncDispose]());
beforeEach(() => checks.reset());

describe('what was typed', () => {
  const saying = (expiry: string) =>
    always({ headers: { 'GitHub-Authentication-Token-Expiration': expiry }, body: { login: 'ada' } });

  it('stays, and the difference is said', async () => {
    checks.answering = saying('2099-10-07 19:07:53 UTC');
    const { kept } = await checks.checkOne('github', { expiresAt: '2090-01-01T00:00:00.000Z' });
    expect(kept.expiresAt).toBe('2090-01-01T00:00:00.000Z');
    expect(kept.check).toMatchObject({
      expiresAt: '2099-10-07T19:07:53.000Z',
      message: expect.stringContaining('The date that was typed stays'),
    });
  });

  it('as a date gives way to the exact time of that day', async () => {
    checks.answering = saying('2099-10-07 19:07:53 UTC');
    const { kept } = await checks.checkOne('github', { expiresAt: '2099-10-07T23:59:59.000Z' });
    expect(kept.expiresAt).toBe('2099-10-07T19:07:53.000Z');
  });

  it('is not what an earlier check has read: that follows the provider', async () => {
    checks.answering = saying('2099-10-07 19:07:53 UTC');
    const { app } = await checks.checkOne('github');
    checks.answering = saying('2098-01-01 00:00:00 UTC');
    await checks.tessera.checkTokens(app.id, null);
    expect(checks.tessera.tokens.find(app.id, '1').expiresAt).toBe('2098-01-01T00:00:00.000Z');
    checks.answering = always({ body: { login: 'ada' } });
    await checks.tessera.checkTokens(app.id, null);
    expect(checks.tessera.tokens.find(app.id, '1').expiresAt).toBeNull();
  });

  it('gains what nobody had said: that it never expires', async () => {
    checks.answering = always({ body: { login: 'ada' } });
    const { check, kept } = await checks.checkOne('github', { isExpiryKnown: false });
    expect(check.message).toContain('It never expires.');
    expect(kept).toMatchObject({ expiresAt: null, isExpiryKnown: true });
  });

  it('stays among the scopes too', async () => {
    checks.answering = always({ headers: { 'X-OAuth-Scopes': 'repo' }, body: { login: 'ada' } });
    const { kept } = await checks.checkOne('github', { scopes: ['gist'] });
    expect(kept).toMatchObject({ scopes: ['gist'], check: { scopes: ['repo'] } });
    expect(kept.check?.message).toContain('Those that were typed stay');
  });
});
