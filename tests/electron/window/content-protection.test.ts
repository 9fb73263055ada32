import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ContentProtection } from '../../../electron/window/content-protection.ts';

describe('the window', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function prepare(isAlwaysOn: boolean) {
    const setContentProtection = vi.fn<(enable: boolean) => void>();
    const protection = new ContentProtection(
      () => ({ setContentProtection }),
      () => isAlwaysOn,
    );
    return { protection, isOn: () => setContentProtection.mock.lastCall?.[0] };
  }

  it('can be seen in screenshots where nothing else was set', () => {
    const { protection, isOn } = prepare(false);
    protection.apply();
    expect(isOn()).toBe(false);
  });

  it('is kept out of them while a secret is shown', () => {
    const { protection, isOn } = prepare(false);
    protection.protectFor(30);
    expect(isOn()).toBe(true);
    vi.advanceTimersByTime(20_000);
    protection.protectFor(30);
    vi.advanceTimersByTime(29_000);
    expect(isOn()).toBe(true);
    vi.advanceTimersByTime(1_000);
    expect(isOn()).toBe(false);
  });

  it('is always kept out of them where the user wants it so', () => {
    const { protection, isOn } = prepare(true);
    protection.protectFor(1);
    vi.advanceTimersByTime(1_000);
    expect(isOn()).toBe(true);
  });
});
