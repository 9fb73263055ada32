import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openConfDocument } from '../../../core/storage/conf-document.ts';
import { Tessera } from '../../../core/tessera.ts';
import { systemKeychain } from '../../../core/vault/system-keychain.ts';
import type { NewToken } from '../../../shared/tokens/token.ts';
import { CHEAP_KDF, PASSPHRASE, TemporaryHome } from '../../support/temporary-vault.ts';

const DAY = 86_400_000;
let now = new Date('2026-06-01T12:00:00Z');
let home: TemporaryHome;
let tessera: Tessera;
let appId: string;
let secrets = 0;

beforeEach(async () => {
  now = new Date('2026-06-01T12:00:00Z');
  home = new TemporaryHome();
  tessera = new Tessera({
    home: home.path,
    openDocument: openConfDocument,
    keychain: systemKeychain,
    kdf: CHEAP_KDF,
    now: () => now,
  });
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

  it('finds a replaced token whose overlap is over', async () => {
    const { id } = add('main');
    tessera.tokens.rotate({ appId, tokenId: id }, Buffer.from('a new secret'), {
      overlapDays: 7,
      expiresAt: inDays(60),
    });
    expect(await found()).toEqual([]);
    now = new Date(now.getTime() + 8 * DAY);
    expect(await found()).toEqual([expect.stringMatching(/^retired-overdue /)]);
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

  it('is no longer found when one of them was changed or removed', async () => {
    add('a', { secret: 'the very same' });
    const { id } = add('b', { secret: 'the very same' });
    expect(await found()).toEqual(['same-value a']);
    tessera.tokens.removeSeveral([{ appId, tokenId: id }]);
    expect(await found()).toEqual([]);
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
});
