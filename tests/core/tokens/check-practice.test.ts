import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Tessera } from '../../../core/tessera.ts';
import type { PracticeToken } from '../../../shared/practice/practice.ts';
import { type ProviderId, providerIdSchema } from '../../../shared/providers/provider.ts';
import { type NewToken, tokenSchemeSchema } from '../../../shared/tokens/token.ts';
import { newTessera } from '../../support/new-tessera.ts';
import { PracticeApi } from '../../support/practice-api.ts';
import { PASSPHRASE, TemporaryHome } from '../../support/temporary-vault.ts';

let home: TemporaryHome;
let tessera: Tessera;
let practice: PracticeApi;

beforeAll(async () => {
  practice = await PracticeApi.start();
  home = new TemporaryHome();
  tessera = newTessera(home.path);
  await tessera.vault.create(PASSPHRASE);
});
afterAll(async () => {
  await tessera.close();
  await practice[Symbol.asyncDispose]();
  home[Symbol.dispose]();
});
beforeEach(() => practice.control('reset'));

let count = 0;
/** Checks a token of the practice API, in an app of its own. */
async function check(made: PracticeToken, changes: Partial<NewToken> = {}, method?: 'GET', path = '') {
  count += 1;
  const provider = providerIdSchema.nullable().catch(null).parse(made.provider);
  const app = tessera.apps.create({
    name: `App ${count}`,
    provider,
    baseUrl: made.baseUrl,
    check: method === undefined ? null : { method, path },
  });
  tessera.tokens.add(app.id, {
    name: 'main',
    scheme: tokenSchemeSchema.parse(made.scheme),
    field: made.field ?? null,
    tokenId: made.tokenId ?? null,
    secret: made.secret,
    ...changes,
  });
  const { results } = await tessera.checkTokens(app.id, null);
  const [result] = results;
  return {
    outcome: result?.check.outcome,
    isLimited: result?.isLimited,
    ...tessera.tokens.find(app.id, 'main'),
  };
}

describe('a check at the practice API', () => {
  it.each<[ProviderId, string, string]>([
    ['sipgate', 'Has all scopes', 'Practice Company (TEAM)'],
    ['virtuozzo', 'Works', 'Practice User (practice@practice.example)'],
    ['portsip', 'Works', 'practice (Admin)'],
    ['airfocus', 'Works', 'Practice User (practice@practice.example)'],
    ['airfocus', 'Impersonated', 'Practice Bot (bot@practice.example)'],
  ])('accepts a token of %s that works: %s', async (provider, note, identity) => {
    const { outcome, check: kept } = await check(practice.token(provider, note));
    expect([outcome, kept?.identity]).toEqual(['accepted', identity]);
  });

  it('reads when a token of a PBX ends', async () => {
    const { expiresAt } = await check(practice.token('portsip', 'Works'));
    expect(Date.parse(expiresAt ?? '')).toBeGreaterThan(Date.now());
  });

  it.each<[ProviderId]>([
    ['sipgate'],
    ['virtuozzo'],
    ['portsip'],
    ['airfocus'],
  ])('refuses a token of %s that is wrong, or expired', async (provider) => {
    const made = practice.token(provider, '');
    expect(await check({ ...made, secret: `${made.secret.slice(0, -4)}0000` })).toMatchObject({
      outcome: 'refused',
    });
    expect(await check(practice.token(provider, 'Expired'))).toMatchObject({ outcome: 'refused' });
  });

  it.each<[ProviderId, string]>([
    ['sipgate', 'Lacks account:read'],
    ['virtuozzo', 'May only stop'],
    ['airfocus', 'Has team:read only'],
  ])('knows a token of %s that lacks a scope', async (provider, note) => {
    const { outcome, isLimited, check: kept } = await check(practice.token(provider, note));
    expect([outcome, isLimited]).toEqual(['accepted', true]);
    expect(kept?.message).toMatch(/may not|missing/);
  });

  it('notices that the time of a token is over', async () => {
    const made = practice.token('portsip', 'Works');
    await practice.advance(7200);
    expect(await check(made)).toMatchObject({ outcome: 'refused' });
  });

  it('sends a session in a form where it is to stand there', async () => {
    const made = practice.token('virtuozzo', 'Works');
    expect(await check(made, { sentIn: 'form' })).toMatchObject({ outcome: 'accepted' });
    expect(await practice.timesCalled('POST /1.0/users/account/rest/getuserinfo')).toBe(1);
  });

  it('is unclear past the limit of requests, and says when to go on', async () => {
    await practice.control('limits?airfocus=0');
    const { outcome, check: kept } = await check(practice.token('airfocus', 'Works'));
    expect([outcome, kept?.message]).toEqual(['unclear', expect.stringContaining('X-RateLimit-Reset')]);
  });

  it('of an API that no list knows goes by the app’s own request', async () => {
    const made = practice.token('acme', 'Works');
    expect(await check(made, {}, 'GET', '/me')).toMatchObject({ outcome: 'accepted' });
    expect(await check({ ...made, secret: 'wrong' }, {}, 'GET', '/me')).toMatchObject({ outcome: 'refused' });
  });
});
