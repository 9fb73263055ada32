import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { renewed, retiredName } from '../../../core/tokens/rotation.ts';
import { isOver } from '../../../core/tokens/token-records.ts';
import { NAME_LENGTH } from '../../../shared/name.ts';
import type { NewToken, Token } from '../../../shared/tokens/token.ts';
import { makeToken } from '../../support/sending.ts';
import { TemporaryHome } from '../../support/temporary-vault.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const DAY_MS = 86_400_000;

let home: TemporaryHome;
let opened: Awaited<ReturnType<TemporaryHome['create']>>;
let appId: string;

beforeEach(async () => {
  home = new TemporaryHome();
  opened = await home.create();
  appId = opened.apps.create({ name: 'Phone' }).id;
});
afterEach(() => {
  vi.useRealTimers();
  home[Symbol.dispose]();
});

function add(name: string, fields: Partial<NewToken> = {}) {
  const { id } = opened.tokens.add(appId, { name, scheme: 'bearer', secret: `secret of ${name}`, ...fields });
  return { appId, tokenId: id };
}

describe('a rotated token', () => {
  const before: Token = {
    ...makeToken(),
    expiresAt: '2026-07-01T00:00:00.000Z',
    lastUsedAt: '2026-05-01T00:00:00.000Z',
    retiresAt: '2026-07-01T00:00:00.000Z',
    replacedBy: 'b9b6b0f4-0c39-4f4c-8a39-5f9d3d5c1a22',
    check: { at: '', outcome: 'refused', identity: null, message: '', expiresAt: null, scopes: null },
  };

  it('has nothing of the life of its value before', () => {
    expect(renewed(before, { overlapDays: 7 }, NOW)).toMatchObject({
      rotatedAt: NOW.toISOString(),
      lastUsedAt: null,
      retiresAt: null,
      replacedBy: null,
      check: null,
    });
  });

  it('keeps its expiry and its ID where none are given', () => {
    expect(renewed(before, { overlapDays: 7 }, NOW)).toMatchObject({
      expiresAt: before.expiresAt,
      tokenId: before.tokenId,
    });
    expect(renewed(before, { overlapDays: 7, expiresAt: null, tokenId: 'next' }, NOW)).toMatchObject({
      expiresAt: null,
      isExpiryKnown: true,
      tokenId: 'next',
    });
  });

  it('is one write together with its value before', () => {
    const key = add('main');
    const { revision } = opened.vault.app(appId);
    opened.tokens.rotate(key, Buffer.from('next'));
    expect(opened.vault.app(appId).revision).toBe(revision + 1);
  });

  it('wipes the value before out of memory', () => {
    const key = add('main');
    const old = Buffer.from('secret of main');
    vi.spyOn(opened.tokens.secrets, 'open').mockReturnValue(old);
    opened.tokens.rotate(key, Buffer.from('next'));
    expect(old.every((byte) => byte === 0)).toBe(true);
  });

  it('cannot be one that is got by signing in', () => {
    const key = add('main', {
      scheme: 'oauth2',
      oauth: { grant: 'client-credentials', issuer: 'https://id.example.com', clientId: 'x' },
    } as never);
    expect(() => opened.tokens.rotate(key, Buffer.from('next'))).toThrow(/Connect it again/);
  });

  it('cannot have ended before it was made', () => {
    const key = add('main');
    const rotating = () =>
      opened.tokens.rotate(key, Buffer.from('next'), { expiresAt: '2001-01-01T00:00:00Z' });
    expect(rotating).toThrow(/before the token was created/);
    expect(opened.tokens.secrets.open(key).toString()).toBe('secret of main');
  });

  it('goes on from what another process has written meanwhile', async () => {
    const key = add('main');
    opened.vault.close();
    opened = await home.unlock();
    opened.tokens.list(appId);
    const other = await home.unlock();
    other.tokens.edit(key, { notes: 'from the other' });
    other.vault.close();
    expect(opened.tokens.rotate(key, Buffer.from('next')).token.notes).toBe('from the other');
  });
});

describe('the name of a retired token', () => {
  it('is no longer than names are, and no half of a character', () => {
    for (const pad of ['', 'x']) {
      const name = retiredName(pad + '🔑'.repeat(60).slice(0, NAME_LENGTH), []);
      expect(name.length).toBeLessThanOrEqual(NAME_LENGTH);
      expect(name).toMatch(/ \(retired\)$/);
      expect(name.isWellFormed()).toBe(true);
    }
  });

  it('is none that differs from another by its spelling alone', () => {
    expect(retiredName('main', [{ name: 'MAIN (RETIRED)' }])).toBe('main (retired 2)');
  });
});

describe('a retired token', () => {
  it('is over at the very end of its overlap, not before', () => {
    const token = { ...makeToken(), retiresAt: NOW.toISOString() };
    expect(isOver(token, NOW)).toBe(true);
    expect(isOver(token, new Date(NOW.getTime() - 1))).toBe(false);
  });

  it('stays for as long as another process writes', async () => {
    const key = add('main');
    opened.tokens.rotate(key, Buffer.from('next'), { overlapDays: 1 });
    opened.vault.close();
    const other = await home.unlock();
    other.vault.acquireWriter();
    const later = home.open(() => new Date(Date.now() + 2 * DAY_MS));
    await later.vault.unlock({ kind: 'passphrase', passphrase: 'correct horse battery staple' });
    expect(() => later.tokens.removeRetired()).toThrow(expect.objectContaining({ code: 'VAULT_READ_ONLY' }));
    expect(later.tokens.list(appId)).toHaveLength(2);
    other.vault.close();
    later.tokens.removeRetired();
    expect(later.tokens.list(appId)).toHaveLength(1);
    // It does not stay the one that writes.
    const third = await home.unlock();
    expect(() => third.tokens.edit(key, { notes: 'mine' })).not.toThrow();
  });

  it('that another process has taken out is not taken out again', async () => {
    opened.tokens.rotate(add('main'), Buffer.from('next'), { overlapDays: 1 });
    opened.vault.close();
    const later = () => home.open(() => new Date(Date.now() + 2 * DAY_MS));
    const [one, two] = [later(), later()];
    for (const each of [one, two]) {
      await each.vault.unlock({ kind: 'passphrase', passphrase: 'correct horse battery staple' });
      expect(each.tokens.list(appId)).toHaveLength(2);
    }
    one.tokens.removeRetired();
    expect(() => two.tokens.removeRetired()).not.toThrow();
    expect(two.vault.repair.report().damaged).toEqual([]);
  });
});

describe('the result of a check', () => {
  it('is given up where the vault cannot be written, and stops at other errors', async () => {
    const key = add('main');
    opened.vault.close();
    opened = await home.unlock();
    const found = [{ token: opened.tokens.get(key), changesOf: ({ check }: Token) => ({ check }) as never }];
    const other = await home.unlock();
    other.vault.acquireWriter();
    expect(opened.tokens.keepChecks(appId, found)).toBe(false);
    other.vault.close();
    opened.vault.lock();
    expect(() => opened.tokens.keepChecks(appId, found)).toThrow(
      expect.objectContaining({ code: 'VAULT_LOCKED' }),
    );
  });
});

describe('a removal', () => {
  it('can be undone for ten minutes', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const undoId = opened.tokens.removeSeveral([add('a')]);
    vi.advanceTimersByTime(10 * 60_000 - 1);
    opened.tokens.removed.undo(undoId);
    const again = opened.tokens.removeSeveral([add('b')]);
    vi.advanceTimersByTime(10 * 60_000);
    expect(() => opened.tokens.removed.undo(again)).toThrow(/too late/);
  });
});
