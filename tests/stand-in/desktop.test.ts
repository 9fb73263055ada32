import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RunningApp } from './support/run-app.ts';

let app: RunningApp;
let page: Page;
let folder: string;
let answers: string;
let notifications: string;
let opened: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stand-in-desktop-'));
  answers = join(folder, 'dialogs.json');
  notifications = join(folder, 'notifications');
  opened = join(folder, 'opened');
  app = new RunningApp({
    TESSERA_STAND_IN_COLOR_SCHEME: 'dark',
    TESSERA_STAND_IN_DIALOGS: answers,
    TESSERA_STAND_IN_NOTIFICATIONS: notifications,
    TESSERA_STAND_IN_CLICK_NOTIFICATIONS: '1',
    TESSERA_STAND_IN_OPENED: opened,
  });
  await app.line();
  page = await app.page();
});

beforeEach(() => app.takeNotes());

afterAll(async () => {
  await app.dispose();
  rmSync(folder, { recursive: true, force: true });
});

function pageIsDark(): Promise<boolean> {
  return page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
}

describe('the app', () => {
  it('is named by its package, keeps its data where it is told, and knows that it is not packaged', async () => {
    const about = await app.inMain(({ app: electronApp }) => ({
      name: electronApp.getName(),
      version: electronApp.getVersion(),
      isPackaged: electronApp.isPackaged,
      logs: electronApp.getPath('logs'),
    }));
    expect(about).toEqual({
      name: 'probe',
      version: '7.8.9',
      isPackaged: false,
      logs: join(app.temporary, 'user-data', 'logs'),
    });
  });
});

describe('a notification', () => {
  it('is taken down when it is shown, clicked as asked, and closed once', async () => {
    const isSupported = await app.inMain(({ Notification }) => {
      const { notes } = globalThis as unknown as { notes: unknown[] };
      const notification = new Notification({ title: 'Title', body: 'Body' });
      for (const name of ['show', 'click', 'close'] as const)
        notification.on(name as 'show', () => notes.push(name));
      notification.close();
      notification.show();
      notification.close();
      notification.close();
      return Notification.isSupported();
    });
    expect(isSupported).toBe(true);
    expect(await app.takeNotes()).toEqual(['show', 'close', 'click']);
    expect(JSON.parse(readFileSync(notifications, 'utf8'))).toEqual({ title: 'Title', body: 'Body' });
  });

  it('says by name what it lacks', async () => {
    const reply = app.inMain(({ Notification }) => new Notification().actions);
    await expect(reply).rejects.toThrow('does not implement electron.Notification.actions');
  });
});

describe('an address that is opened outside', () => {
  it('is taken down, and opened nowhere', async () => {
    await app.inMain(async ({ shell }) => {
      await shell.openExternal('https://one.example.com/');
      await shell.openExternal('https://two.example.com/');
    });
    expect(readFileSync(opened, 'utf8')).toBe('https://one.example.com/\nhttps://two.example.com/\n');
  });
});

describe('the theme', () => {
  it("is the system's, until the app has one of its own; the page follows, and listeners hear of it", async () => {
    expect(await app.inMain(({ nativeTheme }) => nativeTheme.shouldUseDarkColors)).toBe(true);
    expect(await pageIsDark()).toBe(true);
    await app.inMain(({ nativeTheme }) => {
      const { notes } = globalThis as unknown as { notes: unknown[] };
      nativeTheme.on('updated', () => notes.push(['updated', nativeTheme.shouldUseDarkColors]));
      nativeTheme.themeSource = 'light';
    });
    await expect.poll(pageIsDark).toBe(false);
    await app.inMain(({ nativeTheme }) => {
      nativeTheme.themeSource = 'system';
    });
    await expect.poll(pageIsDark).toBe(true);
    // What the page has to tell about it is told before this answer.
    await page.evaluate(() => window.probe.invoke('echo'));
    expect(await app.takeNotes()).toEqual([
      ['updated', false],
      ['updated', true],
    ]);
  });
});

describe('the keys of the menu', () => {
  beforeAll(async () => {
    await app.inMain(({ Menu }) => {
      const { notes } = globalThis as unknown as { notes: unknown[] };
      const item = (accelerator: string) => ({
        label: accelerator,
        accelerator,
        click: () => void notes.push(accelerator),
      });
      const keys = ['CmdOrCtrl+S', 'CmdOrCtrl+Shift+S', 'Alt+P', 'F5', 'CmdOrCtrl+Enter', 'CmdOrCtrl+Plus'];
      Menu.setApplicationMenu(Menu.buildFromTemplate([{ label: '&File', submenu: keys.map(item) }]));
    });
    // The menu goes to the page first, and this answer after it.
    await page.evaluate(() => window.probe.invoke('echo'));
  });

  it.each([
    ['ControlOrMeta+s', 'CmdOrCtrl+S'],
    ['ControlOrMeta+Shift+S', 'CmdOrCtrl+Shift+S'],
    ['Alt+p', 'Alt+P'],
    ['F5', 'F5'],
    ['ControlOrMeta+Enter', 'CmdOrCtrl+Enter'],
    ['ControlOrMeta+Shift++', 'CmdOrCtrl+Plus'],
  ])('%s click the item with %s', async (pressed, accelerator) => {
    await page.keyboard.press(pressed);
    await expect.poll(() => app.takeNotes()).toEqual([accelerator]);
  });

  it('are the page’s first: what it handles itself reaches no item', async () => {
    await page.evaluate(() => {
      document.addEventListener('keydown', function handle(event) {
        if (event.key !== 's') return;
        event.preventDefault();
        document.removeEventListener('keydown', handle);
      });
    });
    await page.keyboard.press('ControlOrMeta+s');
    await page.keyboard.press('F5');
    await expect.poll(() => app.takeNotes()).toEqual(['F5']);
  });

  it('leave plain typing alone', async () => {
    await page.fill('#field', '');
    await page.focus('#field');
    await page.keyboard.type('sS+p');
    expect(await page.inputValue('#field')).toBe('sS+p');
    expect(await app.takeNotes()).toEqual([]);
  });
});

describe('dialogs', () => {
  function ask() {
    return app.inMain(async ({ dialog }) => [
      (await dialog.showOpenDialog({})).filePaths,
      (await dialog.showSaveDialog({})).filePath,
      (await dialog.showMessageBox({ message: 'Sure?', buttons: ['Yes', 'No'], cancelId: 1 })).response,
    ]);
  }

  it('answer what the file of answers holds, one after the other', async () => {
    writeFileSync(answers, JSON.stringify(['/a/b', '/c/d', 0]));
    expect(await ask()).toEqual([['/a/b'], '/c/d', 0]);
    expect(JSON.parse(readFileSync(answers, 'utf8'))).toEqual([]);
  });

  it('are cancelled where there is no answer', async () => {
    rmSync(answers, { force: true });
    expect(await ask()).toEqual([[], '', 1]);
    expect(existsSync(answers)).toBe(false);
  });
});

describe('a window', () => {
  it('has the size it was asked for, and takes another', async () => {
    const size = () => page.evaluate(() => [innerWidth, innerHeight]);
    expect(await size()).toEqual([800, 600]);
    await app.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(640, 480));
    await expect.poll(size).toEqual([640, 480]);
  });

  it('gives a picture of its page', async () => {
    const picture = await app.inMain(async ({ BrowserWindow }) =>
      (await BrowserWindow.getAllWindows()[0]?.webContents.capturePage())?.toPNG().toString('base64'),
    );
    expect(
      Buffer.from(picture ?? '', 'base64')
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
  });

  it('is found by its contents, and its contents know its address', async () => {
    const found = await app.inMain(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0];
      if (window === undefined) return undefined;
      return [BrowserWindow.fromWebContents(window.webContents) === window, window.webContents.getURL()];
    });
    expect(found).toEqual([true, 'app://probe/index.html']);
  });
});

describe('the clipboard', () => {
  it('gives back what was written, until it is cleared', async () => {
    const read = await app.inMain(async ({ clipboard }) => {
      await clipboard.writeText('a value');
      const before = await clipboard.readText();
      await clipboard.clear();
      return [before, await clipboard.readText()];
    });
    expect(read).toEqual(['a value', '']);
  });
});
