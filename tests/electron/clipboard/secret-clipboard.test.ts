import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SecretClipboard, type TextClipboard } from '../../../electron/clipboard/secret-clipboard.ts';

/** The system's clipboard is the user's: this one is the test's. */
function memoryClipboard() {
  let text = '';
  return {
    clear: () => {
      text = '';
    },
    readText: async () => text,
    writeText: async (written) => {
      text = written;
    },
  } satisfies TextClipboard;
}

const SECRET = 'a secret that was copied';

describe('a copied secret', () => {
  let system: ReturnType<typeof memoryClipboard>;
  let clipboard: SecretClipboard;
  beforeEach(() => {
    vi.useFakeTimers();
    system = memoryClipboard();
    clipboard = new SecretClipboard(system);
  });
  afterEach(() => vi.useRealTimers());

  it('is taken off the clipboard after the seconds that were set', async () => {
    await clipboard.copy(Buffer.from(SECRET), 30);
    await vi.advanceTimersByTimeAsync(29_999);
    expect(await system.readText()).toBe(SECRET);
    await vi.advanceTimersByTimeAsync(1);
    expect(await system.readText()).toBe('');
  });

  it('is taken off at once when the vault is locked', async () => {
    await clipboard.copy(Buffer.from(SECRET), null);
    await clipboard.clear();
    expect(await system.readText()).toBe('');
  });

  it('is left alone where something else was copied since', async () => {
    await clipboard.copy(Buffer.from(SECRET), 30);
    await system.writeText('a shopping list');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await system.readText()).toBe('a shopping list');
  });

  it('starts its time anew when another is copied', async () => {
    await clipboard.copy(Buffer.from(SECRET), 30);
    await vi.advanceTimersByTimeAsync(20_000);
    await clipboard.copy(Buffer.from('another'), 30);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await system.readText()).toBe('another');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await system.readText()).toBe('');
  });

  it('is not remembered in the clear', async () => {
    await clipboard.copy(Buffer.from(SECRET), 30);
    expect(JSON.stringify(clipboard)).not.toContain(SECRET);
  });
});
