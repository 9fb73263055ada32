import { beforeEach, describe, expect, it } from 'vitest';
import type { Rotation } from '../../../shared/tokens/rotation.ts';
import type { NewToken } from '../../../shared/tokens/token.ts';
import { TemporaryHome } from '../../support/temporary-vault.ts';

const DAY_MS = 86_400_000;
const errorWith = (code: string, message?: RegExp) =>
  expect.objectContaining({
    code,
    ...(message === undefined ? {} : { message: expect.stringMatching(message) }),
  });

let home: TemporaryHome;
let opened: Awaited<ReturnType<TemporaryHome['create']>>;
let appId: string;

beforeEach(async () => {
  home = new TemporaryHome();
  opened = await home.create();
  appId = opened.apps.create({ name: 'Phone', provider: 'sipgate' }).id;
  return () => home[Symbol.dispose]();
});

function add(name: string, fields: Partial<NewToken> = {}) {
  const { id } = opened.tokens.add(appId, { name, scheme: 'bearer', secret: `secret of ${name}`, ...fields });
  return { appId, tokenId: id };
}

/** As another process would read it from the disk. */
async function fromDisk() {
  opened.vault.close();
  opened = await home.unlock();
  return opened.tokens;
}

const secretOf = (key: { appId: string; tokenId: string }) => opened.tokens.secrets.open(key).toString();

describe('a token that is looked for', () => {
  it('is the one of that name before the one of that id, as in a request', () => {
    const { tokenId } = add('z');
    const named = add(tokenId);
    expect(opened.tokens.find(appId, tokenId).id).toBe(named.tokenId);
    opened.tokens.remove(named);
    expect(opened.tokens.find(appId, tokenId).name).toBe('z');
    add('a');
    opened.tokens.edit({ appId, tokenId }, { name: opened.tokens.find(appId, 'a').id });
    expect(opened.tokens.find(appId, opened.tokens.find(appId, 'a').id).id).toBe(tokenId);
  });
});

describe('editing a token', () => {
  it('changes what is given, leaves the rest and the secret, and is there after the vault was closed', async () => {
    const key = add('main', { scopes: ['a'], notes: 'old' });
    opened.tokens.edit(key, { notes: 'new', actsAs: 'bot' });
    expect((await fromDisk()).get(key)).toMatchObject({ notes: 'new', actsAs: 'bot', scopes: ['a'] });
    expect(secretOf(key)).toBe('secret of main');
  });

  it('knows when it expires once that was said, be it never', () => {
    const key = add('main', { isExpiryKnown: false });
    expect(opened.tokens.edit(key, { notes: 'new' })).toMatchObject({ isExpiryKnown: false });
    expect(opened.tokens.edit(key, { expiresAt: null })).toMatchObject({ isExpiryKnown: true });
    expect(opened.tokens.edit(key, { expiresAt: null, isExpiryKnown: false }).isExpiryKnown).toBe(false);
  });

  it('takes the app’s default token along under its new name', () => {
    const key = add('main');
    add('other');
    opened.apps.update(appId, { defaultToken: 'Main' });
    opened.tokens.edit(key, { name: 'first' });
    expect(opened.apps.get(appId).defaultToken).toBe('first');
  });

  it('lets a token keep its own name in another spelling', () => {
    const key = add('main');
    expect(opened.tokens.edit(key, { name: 'MAIN' }).name).toBe('MAIN');
  });

  it.each([
    ['another token’s name', { name: 'OTHER' }, 'NAME_TAKEN', /"OTHER" already/],
    ['a name of 1 MB', { name: 'x'.repeat(1_000_000) }, 'INVALID_INPUT', /at most 100 characters/],
    ['an empty name', { name: ' ' }, 'INVALID_INPUT', /a name is needed/],
    ['a scheme without what it needs', { scheme: 'basic' }, 'INVALID_INPUT', /needs a token ID/],
    ['a kept token made one that signs in', { scheme: 'oauth2' }, 'INVALID_INPUT', /cannot become/],
    [
      'an expiry before creation',
      { expiresAt: '2001-01-01T00:00:00Z' },
      'INVALID_INPUT',
      /before the token was created/,
    ],
    ['an expiry that is no date', { expiresAt: 'soon' }, 'INVALID_INPUT', /an expiry is a date/],
    ['a scope with a space', { scopes: ['a b'] }, 'INVALID_INPUT', /no spaces/],
  ] as const)('refuses %s and changes nothing', async (_what, changes, code, message) => {
    const key = add('main');
    add('other');
    const before = opened.tokens.get(key);
    expect(() => opened.tokens.edit(key, changes as never)).toThrow(errorWith(code, message));
    expect((await fromDisk()).get(key)).toEqual(before);
  });

  it('keeps HTML in a name as the text that it is', () => {
    const name = '<img src=x onerror=alert(1)>';
    expect(opened.tokens.edit(add('main'), { name }).name).toBe(name);
  });

  it('goes on from what another process has written meanwhile', async () => {
    const key = add('main');
    opened.vault.close();
    opened = await home.unlock();
    const other = await home.unlock();
    other.tokens.edit(key, { notes: 'from the other' });
    other.vault.close();
    opened.tokens.edit(key, { actsAs: 'bot' });
    expect(opened.tokens.get(key)).toMatchObject({ notes: 'from the other', actsAs: 'bot' });
  });
});

describe('a copy of a token', () => {
  it('has its parameters and a secret of its own', () => {
    const key = add('main', { scheme: 'header', field: 'X-Api-Key', scopes: ['a', 'b'], actsAs: 'bot' });
    const copy = opened.tokens.duplicate(key, { name: 'second', secret: 'another' });
    expect(copy).toMatchObject({ scheme: 'header', field: 'X-Api-Key', scopes: ['a', 'b'], actsAs: 'bot' });
    expect(secretOf({ appId, tokenId: copy.id })).toBe('another');
    expect(copy.lastUsedAt).toBeNull();
  });

  it('needs a name of its own', () => {
    expect(() => opened.tokens.duplicate(add('main'), { name: 'main', secret: 'x' })).toThrow(
      errorWith('NAME_TAKEN'),
    );
  });
});

describe('rotating a token', () => {
  it('puts the new secret under the same name and id, and keeps the old one as retired', async () => {
    const key = add('main', { scopes: ['a'] });
    const { token, retired } = opened.tokens.rotate(key, Buffer.from('next'), { overlapDays: 3 });
    expect(token).toMatchObject({
      id: key.tokenId,
      name: 'main',
      scopes: ['a'],
      rotatedAt: expect.any(String),
    });
    expect(retired).toMatchObject({ name: 'main (retired)', replacedBy: key.tokenId });
    expect(Date.parse(retired?.retiresAt ?? '') - Date.now()).toBeCloseTo(3 * DAY_MS, -4);
    await fromDisk();
    expect(secretOf(key)).toBe('next');
    expect(secretOf({ appId, tokenId: retired?.id ?? '' })).toBe('secret of main');
  });

  it('knows no more of the new value’s end than was known of the one before, or is said', () => {
    const key = add('main', { isExpiryKnown: false });
    const rotate = (secret: string, rotation: Rotation) =>
      opened.tokens.rotate(key, Buffer.from(secret), { overlapDays: 0, ...rotation }).token;
    expect(rotate('second', {})).toMatchObject({ expiresAt: null, isExpiryKnown: false });
    expect(rotate('third', { expiresAt: null })).toMatchObject({ expiresAt: null, isExpiryKnown: true });
    expect(rotate('fourth', { expiresAt: null, isExpiryKnown: false }).isExpiryKnown).toBe(false);
  });

  it('counts the retired ones of the same name', () => {
    const key = add('main');
    opened.tokens.rotate(key, Buffer.from('second'));
    expect(opened.tokens.rotate(key, Buffer.from('third')).retired?.name).toBe('main (retired 2)');
  });

  it('keeps nothing without an overlap', () => {
    const key = add('main');
    expect(opened.tokens.rotate(key, Buffer.from('next'), { overlapDays: 0 }).retired).toBeNull();
    expect(opened.tokens.list(appId)).toHaveLength(1);
  });

  it('is of a new token: not compromised, not used, not checked', () => {
    const key = add('main');
    opened.tokens.markCompromised([key], true);
    opened.tokens.usage.note(key);
    const { token, retired } = opened.tokens.rotate(key, Buffer.from('next'));
    expect(token).toMatchObject({ compromisedAt: null, lastUsedAt: null, check: null });
    expect(retired?.compromisedAt).not.toBeNull();
  });

  it('refuses the secret that is there already, and an overlap that is none', () => {
    const key = add('main');
    expect(() => opened.tokens.rotate(key, Buffer.from('secret of main'))).toThrow(
      errorWith('INVALID_INPUT', /has already/),
    );
    expect(() => opened.tokens.rotate(key, Buffer.from('next'), { overlapDays: -1 })).toThrow(
      errorWith('INVALID_INPUT', /an overlap is/),
    );
    expect(opened.tokens.list(appId)).toHaveLength(1);
  });

  it('gives up retired tokens once their overlap has ended', () => {
    const key = add('main');
    opened.tokens.rotate(key, Buffer.from('next'), { overlapDays: 1 });
    opened.tokens.removeRetired();
    expect(opened.tokens.list(appId)).toHaveLength(2);
    const later = home.open(() => new Date(Date.now() + DAY_MS + 1000));
    opened.vault.close();
    return later.vault.unlock({ kind: 'passphrase', passphrase: 'correct horse battery staple' }).then(() => {
      later.tokens.removeRetired();
      expect(later.tokens.list(appId).map(({ name }) => name)).toEqual(['main']);
    });
  });
});

describe('removing several', () => {
  it('takes them out in one write an app, and undo brings all of them back with their secrets', async () => {
    const keys = ['a', 'b', 'c'].map((name) => add(name));
    add('stays');
    const { revision } = opened.vault.app(appId);
    const undoId = opened.tokens.removeSeveral(keys);
    expect(opened.vault.app(appId).revision).toBe(revision + 1);
    expect(opened.tokens.list(appId).map(({ name }) => name)).toEqual(['stays']);
    opened.tokens.removed.undo(undoId);
    const tokens = await fromDisk();
    expect(tokens.list(appId).map(({ name }) => name)).toEqual(['a', 'b', 'c', 'stays']);
    expect(keys.map(secretOf)).toEqual(['secret of a', 'secret of b', 'secret of c']);
    expect(opened.vault.repair.report().damaged).toEqual([]);
  });

  it('removes none where one is not there', () => {
    const key = add('a');
    const missing = { appId, tokenId: '00000000-0000-4000-8000-000000000000' };
    expect(() => opened.tokens.removeSeveral([key, missing])).toThrow(errorWith('TOKEN_NOT_FOUND'));
    expect(opened.tokens.list(appId)).toHaveLength(1);
  });

  it('cannot be undone twice, nor once it is forgotten', () => {
    const undoId = opened.tokens.removeSeveral([add('a')]);
    opened.tokens.removed.undo(undoId);
    expect(() => opened.tokens.removed.undo(undoId)).toThrow(errorWith('TOKEN_NOT_FOUND', /too late/));
    const second = opened.tokens.removeSeveral([add('b')]);
    opened.tokens.removed.forget(second);
    expect(() => opened.tokens.removed.undo(second)).toThrow(errorWith('TOKEN_NOT_FOUND'));
  });

  it('cannot be undone after the vault was locked', async () => {
    const undoId = opened.tokens.removeSeveral([add('a')]);
    opened.vault.lock();
    await opened.vault.unlock({ kind: 'passphrase', passphrase: 'correct horse battery staple' });
    expect(() => opened.tokens.removed.undo(undoId)).toThrow(errorWith('TOKEN_NOT_FOUND'));
  });

  it('is not undone over a new token of the same name', () => {
    const undoId = opened.tokens.removeSeveral([add('a'), add('b')]);
    add('A');
    expect(() => opened.tokens.removed.undo(undoId)).toThrow(errorWith('NAME_TAKEN'));
    expect(opened.tokens.list(appId).map(({ name }) => name)).toEqual(['A']);
  });
});

describe('the tokens that requests of an app choose from', () => {
  it('are its own, whatever others have', () => {
    add('main');
    const other = opened.apps.create({ name: 'Other' });
    const { id } = opened.tokens.add(other.id, { name: 'theirs', scheme: 'bearer', secret: 'not yours' });
    const { tokens, isOfOtherApp } = opened.tokens.ofApp(opened.apps.get(appId));
    expect(tokens.map(({ name }) => name)).toEqual(['main']);
    expect([isOfOtherApp('theirs'), isOfOtherApp(id), isOfOtherApp('main')]).toEqual([true, true, false]);
  });
});

describe('an app whose default token goes', () => {
  const defaultToken = () => opened.apps.get(appId).defaultToken;
  let main: { appId: string; tokenId: string };
  beforeEach(() => {
    main = add('main');
    add('spare');
    opened.apps.update(appId, { defaultToken: 'MAIN' });
  });

  it('has none from then on, in the same write, and has it again where that is undone', async () => {
    const { revision } = opened.vault.app(appId);
    const undoId = opened.tokens.removeSeveral([main]);
    expect(opened.vault.app(appId).revision).toBe(revision + 1);
    expect(defaultToken()).toBeNull();
    opened.tokens.removed.undo(undoId);
    expect(opened.vault.app(appId).revision).toBe(revision + 2);
    await fromDisk();
    expect(defaultToken()).toBe('MAIN');
    expect(opened.vault.repair.report().damaged).toEqual([]);
  });

  it('has none on the disk either', async () => {
    opened.tokens.remove(main);
    await fromDisk();
    expect(defaultToken()).toBeNull();
  });

  it('keeps the one that was chosen since where the removal is undone', () => {
    const undoId = opened.tokens.removeSeveral([main]);
    opened.apps.update(appId, { defaultToken: 'spare' });
    opened.tokens.removed.undo(undoId);
    expect(defaultToken()).toBe('spare');
  });

  it('keeps its default where another token goes', () => {
    opened.tokens.remove({ appId, tokenId: opened.tokens.find(appId, 'spare').id });
    expect(defaultToken()).toBe('MAIN');
  });

  it('has none once a retired one that was its default is taken out', async () => {
    const { retired } = opened.tokens.rotate(main, Buffer.from('next'), { overlapDays: 1 });
    opened.apps.update(appId, { defaultToken: retired?.name ?? '' });
    opened.vault.close();
    const later = home.open(() => new Date(Date.now() + 2 * DAY_MS));
    await later.vault.unlock({ kind: 'passphrase', passphrase: 'correct horse battery staple' });
    later.tokens.removeRetired();
    expect(later.apps.get(appId).defaultToken).toBeNull();
    later.vault.close();
  });
});

describe('the last use of a token', () => {
  it('is seen at once, and written once however often it is used', () => {
    const key = add('main');
    const { revision } = opened.vault.app(appId);
    for (let use = 0; use < 1000; use += 1) opened.tokens.usage.note(key);
    expect(opened.vault.app(appId).revision).toBe(revision);
    expect(opened.tokens.list(appId)[0]?.lastUsedAt).not.toBeNull();
    opened.tokens.usage.flush();
    expect(opened.vault.app(appId).revision).toBe(revision + 1);
  });

  it('is written before the vault is locked', async () => {
    const key = add('main');
    opened.tokens.usage.note(key);
    expect((await fromDisk()).get(key).lastUsedAt).not.toBeNull();
    expect(secretOf(key)).toBe('secret of main');
  });

  it('is not written by a process that may not write, which says nothing', async () => {
    const key = add('main');
    const reader = await home.unlock();
    reader.tokens.usage.note(key);
    reader.vault.close();
    expect((await fromDisk()).get(key).lastUsedAt).toBeNull();
  });

  it('does not keep the right to write', async () => {
    const key = add('main');
    opened.vault.close();
    const reader = await home.unlock();
    reader.tokens.usage.note(key);
    reader.tokens.usage.flush();
    opened = await home.unlock();
    expect(opened.tokens.get(key).lastUsedAt).not.toBeNull();
    expect(() => add('another')).not.toThrow();
  });
});

describe('a token that is marked as compromised', () => {
  it('stays so until it is marked as not compromised', async () => {
    const keys = [add('a'), add('b')];
    opened.tokens.markCompromised(keys, true);
    expect((await fromDisk()).list(appId).every(({ compromisedAt }) => compromisedAt !== null)).toBe(true);
    opened.tokens.markCompromised(keys.slice(0, 1), false);
    expect((await fromDisk()).list(appId).map(({ compromisedAt }) => compromisedAt === null)).toEqual([
      true,
      false,
    ]);
  });
});
