import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openConfDocument } from '../../../core/storage/conf-document.ts';
import { ExpiryMemory } from '../../../core/tokens/expiry-memory.ts';
import { ExpiryWatch } from '../../../core/tokens/expiry-watch.ts';
import { type Settings, settingsSchema } from '../../../shared/settings/settings.ts';
import { tokenState } from '../../../shared/tokens/token-state.ts';
import { PASSPHRASE, TemporaryHome } from '../../support/temporary-vault.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const START = new Date('2026-06-01T12:00:00Z');
const SECOND = 1_000;

/** A watch over a vault with one app, on a clock that stands still until it is moved. */
async function watched(home: TemporaryHome) {
  const { vault, apps, tokens } = await home.create();
  const { id: appId } = apps.create({ name: 'Phone' });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: START });
  let settings: Settings = settingsSchema.parse({});
  const said: string[] = [];
  let looks = 0;
  const path = join(home.path, 'expiry.json');
  const start = () =>
    new ExpiryWatch({
      vault,
      tokens: () =>
        tokens
          .list(null)
          .map((token) => ({ ...token, state: tokenState(token, new Date(), settings.expiryLevels) })),
      removeRetired: () => tokens.removeRetired(),
      settings: () => settings,
      memory: new ExpiryMemory(openConfDocument(path)),
      now: () => new Date(),
      onWarning: (warned) =>
        said.push(
          ...warned.map(
            ({ name, state }) => `${name} ${state.kind === 'expiring' ? state.level : state.kind}`,
          ),
        ),
      onSealedWarning: (count) => said.push(`sealed ${count}`),
      onLook: () => {
        looks += 1;
      },
    });
  return {
    vault,
    tokens,
    path,
    start,
    watch: start(),
    /** What was said since the last time. */
    said: () => said.splice(0),
    looks: () => looks,
    add: (name: string, endsIn: number) =>
      tokens.add(appId, {
        name,
        scheme: 'bearer',
        secret: 'a secret',
        expiresAt: new Date(Date.now() + endsIn).toISOString(),
      }),
    set: (changes: Partial<Settings>) => {
      settings = { ...settings, ...changes };
    },
    appId,
  };
}

let home: TemporaryHome;
beforeEach(() => {
  home = new TemporaryHome();
});
afterEach(() => {
  vi.useRealTimers();
  home[Symbol.dispose]();
});

describe('the watch over expiry', () => {
  it('tells of each level once, at its time', async () => {
    const { add, said } = await watched(home);
    add('main', 31 * DAY);
    vi.advanceTimersByTime(SECOND);
    expect(said()).toEqual([]);
    vi.advanceTimersByTime(DAY + SECOND);
    expect(said()).toEqual(['main 30']);
    vi.advanceTimersByTime(22 * DAY);
    expect(said()).toEqual([]);
    vi.advanceTimersByTime(DAY + SECOND);
    expect(said()).toEqual(['main 7']);
    vi.advanceTimersByTime(6 * DAY);
    expect(said()).toEqual(['main 1']);
    vi.advanceTimersByTime(DAY);
    expect(said()).toEqual(['main expired']);
    vi.advanceTimersByTime(400 * DAY);
    expect(said()).toEqual([]);
  });

  it('tells only the last of the levels that were passed unseen', async () => {
    const { add, said, watch } = await watched(home);
    add('main', 31 * DAY);
    vi.advanceTimersByTime(SECOND);
    // Asleep: the clock moves on, and the timers do not.
    vi.setSystemTime(START.getTime() + 30.5 * DAY);
    watch.look();
    expect(said()).toEqual(['main 1']);
  });

  it('notices a clock that was set ahead within the hour, and says nothing twice when it is set back', async () => {
    const { add, said } = await watched(home);
    add('main', 31 * DAY);
    vi.advanceTimersByTime(SECOND);
    vi.setSystemTime(START.getTime() + 25 * DAY);
    vi.advanceTimersByTime(HOUR);
    expect(said()).toEqual(['main 7']);
    vi.setSystemTime(START);
    vi.advanceTimersByTime(24 * DAY + 2 * HOUR);
    expect(said()).toEqual([]);
    vi.advanceTimersByTime(6 * DAY);
    expect(said()).toEqual(['main 1']);
  });

  it('remembers over a restart what it told, without names or dates', async () => {
    const { add, said, start, path, watch } = await watched(home);
    const { expiresAt, id } = add('main', 5 * DAY);
    vi.advanceTimersByTime(SECOND);
    expect(said()).toEqual(['main 7']);
    watch.stop();
    start().look();
    expect(said()).toEqual([]);
    const file = readFileSync(path, 'utf8');
    for (const known of ['main', id, expiresAt ?? '', '2026']) expect(file).not.toContain(known);
  });

  it('tells anew of a token that was renewed', async () => {
    const { add, said, tokens, appId } = await watched(home);
    const { id } = add('main', 5 * DAY);
    vi.advanceTimersByTime(SECOND);
    said();
    tokens.remove({ appId, tokenId: id });
    add('main', 6 * DAY);
    vi.advanceTimersByTime(SECOND);
    expect(said()).toEqual(['main 7']);
  });

  it('tells a number and no names while the vault is locked, and not again when it is opened', async () => {
    const { add, said, vault } = await watched(home);
    add('main', 8 * DAY);
    add('other', 8 * DAY);
    vi.advanceTimersByTime(SECOND);
    said();
    vault.lock();
    vi.advanceTimersByTime(DAY + SECOND);
    expect(said()).toEqual(['sealed 2']);
    await vault.unlock({ kind: 'passphrase', passphrase: PASSPHRASE });
    vi.advanceTimersByTime(SECOND);
    expect(said()).toEqual([]);
  });

  it('says nothing of what has no end to come: retired or compromised tokens', async () => {
    const { add, said, tokens, appId } = await watched(home);
    const { id } = add('leaked', DAY);
    tokens.markCompromised([{ appId, tokenId: id }], true);
    vi.advanceTimersByTime(3 * DAY);
    expect(said()).toEqual([]);
  });

  it('takes out what is retired when its overlap ends, not before', async () => {
    const { tokens, add, looks, appId } = await watched(home);
    const { id } = add('main', 400 * DAY);
    tokens.rotate({ appId, tokenId: id }, Buffer.from('the next secret'), { overlapDays: 1 });
    // From here on, the hourly looks are at other times than the end of the overlap.
    vi.advanceTimersByTime(HOUR / 2);
    tokens.edit({ appId, tokenId: id }, { notes: 'edited' });
    vi.advanceTimersByTime(DAY - HOUR / 2 - 30 * SECOND);
    expect(tokens.list(appId).map(({ name }) => name)).toEqual(['main', 'main (retired)']);
    const before = looks();
    vi.advanceTimersByTime(31 * SECOND);
    expect(tokens.list(appId).map(({ name }) => name)).toEqual(['main']);
    expect(looks()).toBe(before + 1);
  });

  it('goes by the levels that are set, and is silent where it should be', async () => {
    const { add, said, set } = await watched(home);
    set({ expiryLevels: [14] });
    add('main', 13 * DAY);
    vi.advanceTimersByTime(SECOND);
    expect(said()).toEqual(['main 14']);
    set({ expiryNotifications: false });
    vi.advanceTimersByTime(20 * DAY);
    expect(said()).toEqual([]);
  });

  it('does not say that lists are out of date when the vault is opened, but for what is written then', async () => {
    const { vault, add, looks } = await watched(home);
    vi.advanceTimersByTime(SECOND);
    vault.lock();
    vi.advanceTimersByTime(SECOND);
    const before = looks();
    await vault.unlock({ kind: 'passphrase', passphrase: PASSPHRASE });
    vi.advanceTimersByTime(SECOND);
    expect(looks()).toBe(before);
    vault.lock();
    await vault.unlock({ kind: 'passphrase', passphrase: PASSPHRASE });
    add('main', 90 * DAY);
    vi.advanceTimersByTime(SECOND);
    expect(looks()).toBe(before + 1);
    add('other', 90 * DAY);
    vault.lock();
    await vault.unlock({ kind: 'passphrase', passphrase: PASSPHRASE });
    vi.advanceTimersByTime(SECOND);
    expect(looks()).toBe(before + 2);
  });

  it('looks at a boundary, after changes and hourly, and rests otherwise', async () => {
    const { add, looks } = await watched(home);
    vi.advanceTimersByTime(SECOND);
    const before = looks();
    for (const name of ['a', 'b', 'c']) add(name, 90 * DAY);
    vi.advanceTimersByTime(SECOND);
    expect(looks()).toBe(before + 1);
    vi.advanceTimersByTime(10 * HOUR);
    expect(looks()).toBe(before + 11);
    expect(vi.getTimerCount()).toBe(1);
  });

  it('tells of an end that was moved away and comes again', async () => {
    const { add, said, tokens, appId } = await watched(home);
    const { id } = add('main', 5 * DAY);
    vi.advanceTimersByTime(SECOND);
    expect(said()).toEqual(['main 7']);
    tokens.edit({ appId, tokenId: id }, { expiresAt: new Date(Date.now() + 6 * DAY).toISOString() });
    vi.advanceTimersByTime(SECOND);
    expect(said()).toEqual(['main 7']);
  });

  it('does nothing any more once it was stopped', async () => {
    const { add, watch, said, looks } = await watched(home);
    add('main', 5 * DAY);
    watch.stop();
    expect(vi.getTimerCount()).toBe(0);
    watch.lookSoon();
    vi.advanceTimersByTime(2 * HOUR);
    expect([said(), looks()]).toEqual([[], 0]);
  });

  it('is silent under a lock too, where it should be', async () => {
    const { add, said, set, vault } = await watched(home);
    add('main', 8 * DAY);
    vi.advanceTimersByTime(SECOND);
    said();
    set({ expiryNotifications: false });
    vault.lock();
    vi.advanceTimersByTime(2 * DAY);
    expect(said()).toEqual([]);
  });

  it('remembers over a restart what it told under a lock', async () => {
    const { add, said, vault, watch, start } = await watched(home);
    add('main', 8 * DAY);
    vi.advanceTimersByTime(SECOND);
    said();
    vault.lock();
    vi.advanceTimersByTime(2 * DAY);
    expect(said()).toEqual(['sealed 1']);
    watch.stop();
    await vault.unlock({ kind: 'passphrase', passphrase: PASSPHRASE });
    start().look();
    expect(said()).toEqual([]);
  });

  it('keeps ends in mind over a lock for two months before their first level, and no longer', async () => {
    const { add, said, vault } = await watched(home);
    add('soon', 90 * DAY);
    add('later', 91 * DAY);
    vi.advanceTimersByTime(SECOND);
    vault.lock();
    vi.advanceTimersByTime(62 * DAY);
    expect(said()).toEqual(['sealed 1']);
  });

  it('forgets what it told of tokens that are gone', async () => {
    const { add, said, tokens, appId, path } = await watched(home);
    const { id } = add('main', 5 * DAY);
    vi.advanceTimersByTime(SECOND);
    tokens.remove({ appId, tokenId: id });
    add('other', 5 * DAY);
    vi.advanceTimersByTime(SECOND);
    expect(said()).toEqual(['main 7', 'other 7']);
    expect(Object.keys(JSON.parse(readFileSync(path, 'utf8')).told)).toHaveLength(1);
  });

  it('goes on where its memory can be neither read nor written', async () => {
    const { add, said, path, watch, start } = await watched(home);
    watch.stop();
    writeFileSync(path, '{"told":"nothing"}');
    start();
    add('main', 5 * DAY);
    vi.advanceTimersByTime(SECOND);
    expect(said()).toEqual(['main 7']);
    const blocked = new ExpiryMemory(openConfDocument(join(path, 'below-a-file.json')));
    blocked.note('a', 7);
    expect(() => blocked.save()).not.toThrow();
    expect(blocked.knows('a', 7)).toBe(true);
  });
});
