import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningApp } from './support/run-app.ts';

interface Probe {
  invoke(channel: string, ...values: unknown[]): Promise<unknown>;
  send(channel: string, ...values: unknown[]): void;
  on(channel: string, listener: (...values: unknown[]) => void): () => void;
  readonly list: readonly string[];
  missing(): void;
  requireNode(): void;
}

declare global {
  interface Window {
    probe: Probe;
    heard: unknown[];
    atStart: { hasProbe: string; names: string[] };
    names: string[];
    inlineRan?: boolean;
  }
}

let app: RunningApp;
let page: Page;

/** What a call in the page answers, or the message with which it fails. */
function invoke(channel: string, ...values: unknown[]): Promise<unknown> {
  return page.evaluate(
    ([name, list]) => window.probe.invoke(name, ...list).catch((error: Error) => error.message),
    [channel, values] as const,
  );
}

beforeAll(async () => {
  app = new RunningApp();
  expect(await app.line()).toBe('ready');
  page = await app.page();
});

afterAll(() => app.dispose());

describe('calls from the page', () => {
  it('reach the handler and bring back its answer, as structured clones', async () => {
    const kept = await page.evaluate(async () => {
      const value = {
        date: new Date(5),
        map: new Map([['a', new Set([1n])]]),
        bytes: new Uint8Array([1, 2]),
      };
      const [got] = (await window.probe.invoke('echo', value, undefined)) as [typeof value];
      return [
        got.date instanceof Date && got.date.getTime(),
        got.map.get('a')?.has(1n),
        got.bytes instanceof Uint8Array && [...got.bytes],
        got !== value,
      ];
    });
    expect(kept).toEqual([5, true, [1, 2], true]);
  });

  it('carry a megabyte of any text', async () => {
    const length = await page.evaluate(async () => {
      const [text] = (await window.probe.invoke('echo', 'ä'.repeat(1_000_000))) as [string];
      return text.length;
    });
    expect(length).toBe(1_000_000);
  });

  it('fail with the message Electron gives where the handler throws', async () => {
    expect(await invoke('fail')).toBe("Error invoking remote method 'fail': TypeError: no such thing");
  });

  it('fail where nobody handles the channel', async () => {
    expect(await invoke('nobody')).toBe(
      "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
    );
  });

  it('fail where the answer cannot be cloned', async () => {
    expect(await invoke('answer-function')).toContain('An object could not be cloned.');
  });

  it('fail before they leave where the input cannot be cloned', async () => {
    const message = await page.evaluate(() =>
      window.probe.invoke('echo', { call: () => 1 }).catch((error: Error) => error.message),
    );
    expect(message).toBe('An object could not be cloned.');
  });

  it('show the handler who asks, under the address that the app knows', async () => {
    expect(await invoke('sender')).toEqual({
      url: 'app://probe/index.html',
      origin: 'app://probe',
      isTop: true,
    });
  });

  it('reach listeners too, where no answer is wanted', async () => {
    await page.evaluate(() => window.probe.send('note', { a: [1] }));
    await invoke('echo');
    expect(await app.takeNotes()).toEqual([{ a: [1] }]);
  });
});

describe('events to the page', () => {
  it('arrive in order, and no longer once unsubscribed', async () => {
    await page.evaluate(() => {
      window.heard = [];
      const stop = window.probe.on('tick', (number) => {
        window.heard.push(number);
        if (number === 99) stop();
      });
    });
    await app.inMain(({ BrowserWindow }) => {
      for (let number = 0; number < 120; number += 1) {
        BrowserWindow.getAllWindows()[0]?.webContents.send('tick', number);
      }
    });
    await invoke('echo');
    expect(await page.evaluate(() => window.heard)).toEqual(Array.from({ length: 100 }, (_, at) => at));
  });

  it('cannot hold functions', async () => {
    const message = app.inMain(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.send('tick', () => 1),
    );
    await expect(message).rejects.toThrow('An object could not be cloned.');
  });
});

describe('what the preload exposes', () => {
  it('is there before the first script of the page, and the way to it is not', async () => {
    const { hasProbe, names } = await page.evaluate(() => window.atStart);
    expect(hasProbe).toBe('object');
    const plain = await page.evaluate(() => {
      const frame = document.querySelector('iframe')?.contentWindow as Window | null;
      return frame?.names ?? [];
    });
    expect(names.filter((name) => !plain.includes(name)).sort()).toEqual(['probe']);
    // The way itself has a name that nobody can guess, in every frame.
    expect([...names, ...plain].filter((name) => /^_[0-9a-f]{8,}$/.test(name))).toEqual([]);
  });

  it('cannot be changed or replaced by the page', async () => {
    const changed = await page.evaluate(() => {
      const attempts = [
        () => Object.assign(window.probe, { invoke: null }),
        () => Object.assign(window.probe.list, { 0: 'changed' }),
        () => Object.defineProperty(window, 'probe', { value: null }),
      ];
      return attempts.filter((attempt) => {
        try {
          attempt();
          return true;
        } catch {
          return false;
        }
      }).length;
    });
    expect(changed).toBe(0);
  });

  it('is not there in frames', async () => {
    const found = await page.evaluate(
      () => 'probe' in (document.querySelector('iframe')?.contentWindow ?? {}),
    );
    expect(found).toBe(false);
  });

  it('has no Node', async () => {
    const message = await page.evaluate(() => {
      try {
        return String(window.probe.requireNode());
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(message).toContain('module not found: node:fs');
  });
});

describe('a member that the stand-in lacks', () => {
  it('of the module is named', async () => {
    const missing = app.inMain((electron) => Reflect.get(electron, 'levitate'));
    await expect(missing).rejects.toThrow('the stand-in does not implement electron.levitate');
  });

  it.each([
    'app',
    'clipboard',
    'dialog',
    'ipcMain',
    'nativeTheme',
    'powerMonitor',
    'protocol',
    'session',
    'shell',
    'utilityProcess',
  ])('of %s is named', async (name) => {
    const missing = app.inMain((electron, key) => Reflect.get(Reflect.get(electron, key), 'levitate'), name);
    await expect(missing).rejects.toThrow(`the stand-in does not implement electron.${name}.levitate`);
  });

  it('of a window, and of its contents, is named', async () => {
    const window = app.inMain(({ BrowserWindow }) =>
      Reflect.get(Object(BrowserWindow.getAllWindows()[0]), 'levitate'),
    );
    await expect(window).rejects.toThrow('electron.BrowserWindow.levitate');
    const contents = app.inMain(({ BrowserWindow }) =>
      Reflect.get(Object(BrowserWindow.getAllWindows()[0]?.webContents), 'levitate'),
    );
    await expect(contents).rejects.toThrow('electron.WebContents.levitate');
  });

  it('of the preload is named', async () => {
    const message = await page.evaluate(() => {
      try {
        return String(window.probe.missing());
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(message).toBe('the stand-in does not implement electron.ipcRenderer.sendToHost');
  });
});
