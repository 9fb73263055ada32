import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AutoLock } from '../../../core/vault/auto-lock.ts';
import { PASSPHRASE, TemporaryHome } from '../../support/temporary-vault.ts';

const MINUTE = 60_000;

describe('a vault that nobody uses', () => {
  let home: TemporaryHome;
  let vault: Awaited<ReturnType<TemporaryHome['create']>>['vault'];
  beforeEach(async () => {
    home = new TemporaryHome();
    ({ vault } = await home.create());
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
    home[Symbol.dispose]();
  });

  /** Opened while its watch looks on, as in the window. */
  async function watched(minutes: () => number | null): Promise<AutoLock> {
    vault.lock();
    const autoLock = new AutoLock(vault, minutes);
    vi.useRealTimers();
    await vault.unlock({ kind: 'passphrase', passphrase: PASSPHRASE });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    autoLock.touch();
    autoLock.reset();
    return autoLock;
  }

  it('locks itself after the minutes that were set', async () => {
    await watched(() => 5);
    vi.advanceTimersByTime(5 * MINUTE - 1);
    expect(vault.status().state).toBe('unlocked');
    vi.advanceTimersByTime(1);
    expect(vault.status().state).toBe('locked');
  });

  it('has all of its minutes from when it was opened, however long it was locked before', async () => {
    vault.lock();
    new AutoLock(vault, () => 5);
    vi.advanceTimersByTime(60 * MINUTE);
    await vault.unlock({ kind: 'passphrase', passphrase: PASSPHRASE });
    vi.advanceTimersByTime(5 * MINUTE - 1);
    expect(vault.status().state).toBe('unlocked');
    vi.advanceTimersByTime(1);
    expect(vault.status().state).toBe('locked');
  });

  it('stays open while it is used', async () => {
    const autoLock = await watched(() => 5);
    for (let minutes = 0; minutes < 20; minutes += 4) {
      vi.advanceTimersByTime(4 * MINUTE);
      autoLock.touch();
    }
    expect(vault.status().state).toBe('unlocked');
    vi.advanceTimersByTime(5 * MINUTE);
    expect(vault.status().state).toBe('locked');
  });

  it('never locks itself where that is what was set', async () => {
    await watched(() => null);
    vi.advanceTimersByTime(24 * 60 * MINUTE);
    expect(vault.status().state).toBe('unlocked');
  });

  it('minds a setting that is changed, at once', async () => {
    let minutes: number | null = 60;
    const autoLock = await watched(() => minutes);
    vi.advanceTimersByTime(10 * MINUTE);
    minutes = 5;
    autoLock.reset();
    expect(vault.status().state).toBe('locked');
  });
});
