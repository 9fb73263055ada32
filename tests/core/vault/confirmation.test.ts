import { describe, expect, it } from 'vitest';
import { Confirmation } from '../../../core/vault/confirmation.ts';
import { PASSPHRASE, TemporaryHome } from '../../support/temporary-vault.ts';

const key = { kind: 'passphrase', passphrase: PASSPHRASE } as const;
const needed = expect.objectContaining({ code: 'CONFIRMATION_NEEDED' });
const MINUTE = 60_000;

async function prepare(home: TemporaryHome, minutes: number) {
  const { vault } = await home.create();
  const clock = { now: 1_000_000 };
  const confirmation = new Confirmation(
    vault,
    () => minutes,
    () => clock.now,
  );
  return { vault, confirmation, clock };
}

describe('a confirmation', () => {
  it('is needed even though the vault was unlocked a moment ago', async () => {
    using home = new TemporaryHome();
    const { confirmation } = await prepare(home, 5);
    expect(() => confirmation.require()).toThrow(needed);
  });

  it('holds for the minutes that were set, and not longer', async () => {
    using home = new TemporaryHome();
    const { confirmation, clock } = await prepare(home, 5);
    await confirmation.confirm(key);
    clock.now += 5 * MINUTE - 1;
    confirmation.require();
    confirmation.require();
    clock.now += 1;
    expect(() => confirmation.require()).toThrow(needed);
  });

  it('set to hold for none is for one action, which follows at once', async () => {
    using home = new TemporaryHome();
    const { confirmation, clock } = await prepare(home, 0);
    await confirmation.confirm(key);
    confirmation.require();
    expect(() => confirmation.require()).toThrow(needed);
    await confirmation.confirm(key);
    clock.now += MINUTE;
    expect(() => confirmation.require()).toThrow(needed);
  });

  it('takes the recovery code too', async () => {
    using home = new TemporaryHome();
    const { vault, confirmation } = await prepare(home, 5);
    await confirmation.confirm({ kind: 'recovery', code: await vault.setRecoveryCode() });
    confirmation.require();
  });

  it('is not given for a wrong passphrase, which does not lock the vault either', async () => {
    using home = new TemporaryHome();
    const { vault, confirmation } = await prepare(home, 5);
    await expect(confirmation.confirm({ kind: 'passphrase', passphrase: 'wrong' })).rejects.toThrow(
      expect.objectContaining({ code: 'WRONG_PASSPHRASE' }),
    );
    expect(() => confirmation.require()).toThrow(needed);
    expect(vault.status().state).toBe('unlocked');
  });

  it('ends with a lock', async () => {
    using home = new TemporaryHome();
    const { vault, confirmation } = await prepare(home, 15);
    await confirmation.confirm(key);
    vault.lock();
    await vault.unlock(key);
    expect(() => confirmation.require()).toThrow(needed);
  });
});
