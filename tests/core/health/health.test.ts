import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { packBundle } from '../../../core/logins/secret-bundle.ts';
import type { Tessera } from '../../../core/tessera.ts';
import {
  FINDING_SEVERITY,
  type Finding,
  type FindingKind,
  type Severity,
} from '../../../shared/health/finding.ts';
import { type NewToken, tokenMetadataSchema } from '../../../shared/tokens/token.ts';
import { newTessera } from '../../support/new-tessera.ts';
import { PASSPHRASE, TemporaryHome } from '../../support/temporary-vault.ts';

const DAY = 86_400_000;
let now = new Date('2026-06-01T12:00:00Z');
let home: TemporaryHome;
let tessera: Tessera;
let appId: string;
let secrets = 0;

beforeEach(async () => {
  now = new Date('2026-06-01T12:00:00Z');
  home = new TemporaryHome();
  tessera = newTessera(home.path, () => now);
  await tessera.vault.create(PASSPHRASE);
  appId = tessera.apps.create({ name: 'Phone', baseUrl: 'https://api.example.com' }).id;
});
afterEach(async () => {
  await tessera.close();
  home[Symbol.dispose]();
});

const inDays = (days: number) => new Date(now.getTime() + days * DAY).toISOString();

function add(name: string, changes: Partial<NewToken> = {}, app = appId) {
  secrets += 1;
  const token = {
    name,
    scheme: 'bearer',
    secret: `secret number ${secrets}`,
    expiresAt: inDays(60),
  } as const;
  return tessera.tokens.add(app, { ...token, ...changes });
}

/** A token that Tessera has obtained, with its secrets. */
function putObtained(app: string, name: string, bundle: Readonly<Record<string, string>>): void {
  const parts = Object.entries(bundle).map(([part, secret]) => [part, Buffer.from(secret)]);
  const life = { createdAt: now.toISOString(), connectedAt: now.toISOString(), isRenewable: true };
  tessera.vault.app(app).put({
    id: randomUUID(),
    kind: 'token',
    metadata: tokenMetadataSchema.parse({ name, scheme: 'oauth2', ...life }),
    secret: packBundle(Object.fromEntries(parts)),
  });
}

const found = async (app: string | null = null) =>
  (await tessera.health.report(app)).findings
    .filter(({ isDismissed }) => !isDismissed)
    .map(({ kind, token }) => (token === null ? kind : `${kind} ${token}`));

describe('health', () => {
  it('finds nothing where there is nothing to do', async () => {
    add('main');
    expect(await tessera.health.report(null)).toEqual({ findings: [], apps: 1, tokens: 1 });
  });

  it.each([
    ['no-expiry', { expiresAt: null }],
    ['unknown-expiry', { expiresAt: null, isExpiryKnown: false }],
    ['broad-scope', { scopes: ['users:read', 'All'] }],
    ['broad-scope', { scopes: ['*'] }],
    ['expired', { expiresAt: '2026-05-01T00:00:00Z' }],
  ])('finds %s in %j', async (kind, changes) => {
    add('main', changes as Partial<NewToken>);
    expect(await found()).toEqual([`${kind} main`]);
  });

  it('finds what the provider refused, and says nothing else of it', async () => {
    const { id } = add('main', { expiresAt: null, scopes: ['all'] });
    const check = { at: now.toISOString(), outcome: 'refused', identity: null, message: '401' } as const;
    const facts = { check: { ...check, expiresAt: null, scopes: null } };
    tessera.tokens.saveFacts(appId, new Map([[id, facts]]));
    expect(await found()).toEqual(['refused main']);
  });

  it('says of the expiry of what Tessera obtains nothing: it is renewed', async () => {
    putObtained(appId, 'signed in', { accessToken: 'an access token' });
    expect(await found()).toEqual([]);
  });

  it('finds what was not used for 90 days, and not what was', async () => {
    const { id } = add('used', { expiresAt: inDays(400) });
    add('idle', { expiresAt: inDays(400) });
    now = new Date(now.getTime() + 89.9 * DAY);
    expect(await found()).toEqual([]);
    tessera.tokens.usage.note({ appId, tokenId: id });
    now = new Date(now.getTime() + DAY);
    expect(await found()).toEqual(['unused idle']);
  });

  it('says of a compromised token nothing else', async () => {
    const { id } = add('main', { expiresAt: null, scopes: ['all'] });
    tessera.tokens.markCompromised([{ appId, tokenId: id }], true);
    expect(await found()).toEqual(['compromised main']);
  });

  it('finds a replaced token whose overlap is over, and says nothing else of it', async () => {
    const { id } = add('main', { scopes: ['all'] });
    tessera.tokens.rotate({ appId, tokenId: id }, Buffer.from('a new secret'), {
      overlapDays: 7,
      expiresAt: inDays(60),
    });
    expect(await found()).toEqual(['broad-scope main']);
    now = new Date(now.getTime() + 8 * DAY);
    expect(await found()).toEqual([expect.stringMatching(/^retired-overdue main \(/), 'broad-scope main']);
  });

  it('finds where tokens go unencrypted, to any host, or to anybody', async () => {
    tessera.apps.update(appId, {
      allowedOrigins: ['http://127.0.0.1:8080', 'http://billing.internal', 'https://*.example.com'],
    });
    expect(await found()).toEqual(['plaintext-origin', 'wildcard-origin']);
    tessera.apps.setConnection(appId, { ...tessera.apps.get(appId).connection, verifiesCertificates: false });
    expect(await found()).toEqual(['plaintext-origin', 'unverified-certificates', 'wildcard-origin']);
  });

  it('puts the worst first', async () => {
    add('endless', { expiresAt: null });
    add('gone', { expiresAt: '2026-05-01T00:00:00Z' });
    add('a', { secret: 'the very same' });
    add('b', { secret: 'the very same' });
    expect(await found()).toEqual(['same-value a', 'expired gone', 'no-expiry endless']);
  });

  it('goes by app and by token within a kind', async () => {
    const billing = tessera.apps.create({ name: 'Billing' }).id;
    for (const name of ['token 10', 'Token 9', 'a']) add(name, { expiresAt: null });
    add('z', { expiresAt: null }, billing);
    expect(await found()).toEqual(['z', 'a', 'Token 9', 'token 10'].map((name) => `no-expiry ${name}`));
  });

  it('is told of one app alone', async () => {
    const other = tessera.apps.create({ name: 'Other', allowedOrigins: ['http://other.internal'] }).id;
    add('mine', { expiresAt: null });
    add('also mine');
    add('theirs', { expiresAt: null }, other);
    add('a', { secret: 'the very same' });
    add('b', { secret: 'the very same' });
    expect(await tessera.health.report(other)).toMatchObject({
      findings: [{ kind: 'plaintext-origin' }, { kind: 'no-expiry', token: 'theirs' }],
      apps: 1,
      tokens: 1,
    });
    expect(await tessera.health.report(null)).toMatchObject({ apps: 2, tokens: 5 });
  });

  it.each<[FindingKind, Severity]>([
    ['compromised', 'high'],
    ['plaintext-origin', 'high'],
    ['unverified-certificates', 'high'],
    ['same-value', 'high'],
    ['refused', 'high'],
    ['expired', 'medium'],
    ['retired-overdue', 'medium'],
    ['broad-scope', 'medium'],
    ['wildcard-origin', 'low'],
    ['no-expiry', 'low'],
    ['unknown-expiry', 'low'],
    ['unused', 'low'],
  ])('takes %s for %s', (kind, severity) => {
    expect(FINDING_SEVERITY[kind]).toBe(severity);
  });
});

describe('the same value', () => {
  it('is found twice in one app and in two, once for all who have it', async () => {
    const other = tessera.apps.create({ name: 'Other' }).id;
    for (const name of ['a', 'b']) add(name, { secret: 'the very same' });
    add('c', { secret: 'the very same' }, other);
    add('d', { secret: 'the very same!' }, other);
    const [finding] = (await tessera.health.report(null)).findings;
    expect(await found()).toEqual(['same-value a']);
    expect(finding?.title).toBe('a of Phone, b of Phone and c of Other have the same value.');
    expect(finding?.advice).toMatch(/^Give each app a token of its own/);
    expect(await found(other)).toEqual(['same-value a']);
  });

  it('is no longer found when one of them was removed', async () => {
    add('a', { secret: 'the very same' });
    const { id } = add('b', { secret: 'the very same' });
    expect(await found()).toEqual(['same-value a']);
    tessera.tokens.removeSeveral([{ appId, tokenId: id }]);
    expect(await found()).toEqual([]);
  });

  it('is no longer found when one of them was rotated', async () => {
    add('a', { secret: 'the very same' });
    const { id } = add('b', { secret: 'the very same' });
    expect(await found()).toEqual(['same-value a']);
    tessera.tokens.rotate({ appId, tokenId: id }, Buffer.from('another'), { overlapDays: 0 });
    expect(await found()).toEqual([]);
  });

  it('is one finding for two tokens that share several secrets', async () => {
    for (const name of ['a', 'b']) {
      putObtained(appId, name, { accessToken: 'the same access', refreshToken: 'the same refresh' });
    }
    const { findings } = await tessera.health.report(null);
    expect(findings.map(({ title }) => title)).toEqual(['a of Phone and b of Phone have the same value.']);
    expect(findings[0]?.advice).toMatch(/^Keep one of them/);
  });

  it('is no finding within one token', async () => {
    putObtained(appId, 'main', { accessToken: 'the same', refreshToken: 'the same' });
    expect(await found()).toEqual([]);
  });

  it('names a few of many who have it', async () => {
    for (let index = 1; index <= 9; index += 1) add(`t${index}`, { secret: 'the very same' });
    const [finding] = (await tessera.health.report(null)).findings;
    expect(finding?.title).toBe(
      't1 of Phone, t2 of Phone, t3 of Phone, t4 of Phone, t5 of Phone and 4 others have the same value.',
    );
  });

  it('is found beside a token that was damaged on disk', async () => {
    add('a', { secret: 'the very same' });
    add('b', { secret: 'the very same' });
    const { id } = add('broken', { secret: 'the very same' });
    tessera.vault.lock();
    const path = join(home.path, 'apps', `${appId}.json`);
    const document = JSON.parse(readFileSync(path, 'utf8'));
    document.records[id].secret = Buffer.alloc(60).toString('base64');
    writeFileSync(path, JSON.stringify(document));
    await tessera.vault.unlock({ kind: 'passphrase', passphrase: PASSPHRASE });
    const { findings } = await tessera.health.report(null);
    expect(findings.map(({ title }) => title)).toEqual(['a of Phone and b of Phone have the same value.']);
  });

  it('opens secrets once, wipes them, and opens again what was changed alone', async () => {
    add('a', { secret: 'the very same' });
    const { id } = add('b', { secret: 'the very same' });
    const open = vi.spyOn(tessera.tokens.secrets, 'all');
    await tessera.health.report(null);
    await tessera.health.report(null);
    expect(open).toHaveBeenCalledTimes(2);
    tessera.tokens.edit({ appId, tokenId: id }, { notes: 'changed' });
    await tessera.health.report(null);
    expect(open).toHaveBeenCalledTimes(3);
    const opened = open.mock.results.flatMap(({ value }) => value as Buffer[]);
    expect(opened.map((secret) => secret.every((byte) => byte === 0))).toEqual([true, true, true]);
  });

  it('is told by fingerprints that depend on the vault’s key and on what they are for', async () => {
    const bytes = Buffer.from('the very same');
    const mine = tessera.vault.fingerprint('same value', bytes);
    expect(tessera.vault.fingerprint('same value', bytes)).toBe(mine);
    expect(tessera.vault.fingerprint('another purpose', bytes)).not.toBe(mine);
    using elsewhere = new TemporaryHome();
    const { vault } = await elsewhere.create();
    expect(vault.fingerprint('same value', bytes)).not.toBe(mine);
    vault.lock();
    expect(() => vault.fingerprint('same value', bytes)).toThrow(/locked/);
  });

  it('leaves no fingerprint on disk', async () => {
    add('a', { secret: 'the very same' });
    add('b', { secret: 'the very same' });
    await tessera.health.report(null);
    const fingerprint = tessera.vault.fingerprint('same value', Buffer.from('the very same'));
    const files = readdirSync(home.path, { recursive: true, encoding: 'utf8' })
      .map((name) => join(home.path, name))
      .filter((path) => statSync(path).isFile());
    for (const path of files) expect(readFileSync(path, 'utf8')).not.toContain(fingerprint);
  });
});

describe('a finding that is dismissed', () => {
  it('stays so, sealed with its app, until it is taken back', async () => {
    add('main', { expiresAt: null });
    const [finding] = (await tessera.health.report(null)).findings;
    const dismissal = { findings: [{ appId, findingId: finding?.id ?? '' }], isDismissed: true };
    tessera.health.setDismissed(dismissal);
    tessera.health.setDismissed(dismissal);
    expect(await found()).toEqual([]);
    tessera.vault.lock();
    await tessera.vault.unlock({ kind: 'passphrase', passphrase: PASSPHRASE });
    expect((await tessera.health.report(null)).findings.map(({ isDismissed }) => isDismissed)).toEqual([
      true,
    ]);
    expect(readFileSync(join(home.path, 'apps', `${appId}.json`), 'utf8')).not.toContain('no-expiry');
    tessera.health.setDismissed({ ...dismissal, isDismissed: false });
    expect(await found()).toEqual(['no-expiry main']);
  });

  it('is dismissed with others, of several apps, and they are taken back alike', async () => {
    const other = tessera.apps.create({ name: 'Other' }).id;
    add('main', { expiresAt: null });
    add('second', { expiresAt: null });
    add('theirs', { expiresAt: null }, other);
    const { findings } = await tessera.health.report(null);
    const keys = findings.map((finding) => ({ appId: finding.appId, findingId: finding.id }));
    tessera.health.setDismissed({ findings: keys.slice(0, 2), isDismissed: true });
    tessera.health.setDismissed({ findings: keys.slice(2), isDismissed: true });
    expect(await found()).toEqual([]);
    tessera.health.setDismissed({ findings: keys.slice(2), isDismissed: false });
    expect(await found()).toEqual(['no-expiry second']);
  });

  it('is dismissed in its app alone', async () => {
    const other = tessera.apps.create({ name: 'Other', allowedOrigins: ['http://same.internal'] }).id;
    tessera.apps.update(appId, { allowedOrigins: ['http://same.internal'] });
    tessera.health.setDismissed({
      findings: [{ appId: other, findingId: 'plaintext-origin:http://same.internal' }],
      isDismissed: true,
    });
    expect(await found(other)).toEqual([]);
    expect(await found(appId)).toEqual(['plaintext-origin']);
  });

  it('is forgotten with its token once something else of the app is dismissed', async () => {
    add('main', { expiresAt: null });
    add('second', { expiresAt: null });
    tessera.apps.update(appId, { allowedOrigins: ['http://same.internal'] });
    const { findings } = await tessera.health.report(null);
    const dismiss = (wanted: (finding: Finding) => boolean) =>
      tessera.health.setDismissed({
        findings: findings.filter(wanted).map(({ id }) => ({ appId, findingId: id })),
        isDismissed: true,
      });
    dismiss(({ token }) => token !== 'second');
    tessera.tokens.remove({ appId, tokenId: tessera.tokens.find(appId, 'main').id });
    dismiss(({ token }) => token === 'second');
    expect(tessera.apps.get(appId).dismissedFindings).toEqual([
      'plaintext-origin:http://same.internal',
      `no-expiry:${tessera.tokens.find(appId, 'second').id}`,
    ]);
  });

  it('leaves all as they are where an app is not there', async () => {
    add('main', { expiresAt: null });
    const [finding] = (await tessera.health.report(null)).findings;
    const mine = { appId, findingId: finding?.id ?? '' };
    const gone = { appId: randomUUID(), findingId: 'no-expiry:x' };
    expect(() => tessera.health.setDismissed({ findings: [mine, gone], isDismissed: true })).toThrow(
      expect.objectContaining({ code: 'APP_NOT_FOUND' }),
    );
    expect(await found()).toEqual(['no-expiry main']);
  });

  it.each([2, 60])('comes back when one more has the value of the %i', async (count) => {
    for (let index = 0; index < count; index += 1) add(`t${index}`, { secret: 'the very same' });
    const [finding] = (await tessera.health.report(null)).findings;
    const keys = [{ appId, findingId: finding?.id ?? '' }];
    tessera.health.setDismissed({ findings: keys, isDismissed: true });
    expect(await found()).toEqual([]);
    const life = { createdAt: now.toISOString(), expiresAt: inDays(60) };
    tessera.vault.app(appId).put({
      // The last of all ids.
      id: 'ffffffff-ffff-4fff-bfff-ffffffffffff',
      kind: 'token',
      metadata: tokenMetadataSchema.parse({ name: 't', scheme: 'bearer', ...life }),
      secret: Buffer.from('the very same'),
    });
    expect(await found()).toEqual(['same-value t']);
  });
});
