import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { goneWith, processesWith } from './support/processes.ts';
import { RunningApp } from './support/run-app.ts';

const WAITING_CHILD = join(import.meta.dirname, 'app', 'waiting-child.ts');

const started: RunningApp[] = [];

afterEach(async () => {
  for (const app of started.splice(0)) await app.dispose();
});

async function start(env: NodeJS.ProcessEnv = {}): Promise<RunningApp> {
  const app = new RunningApp(env);
  started.push(app);
  await app.line();
  return app;
}

/** The folders that the stand-in keeps while it runs. */
function runtimeFolders({ temporary }: RunningApp): string[] {
  return readdirSync(temporary).filter((name) => name.startsWith('tessera-stand-in-'));
}

/** A utility process of the app, named by its argument. */
async function forkWaiting(app: RunningApp, name: string): Promise<void> {
  await app.inMain(
    ({ utilityProcess }, [script, argument]) =>
      new Promise<void>((resolve) => {
        utilityProcess
          .fork(script, [argument], { stdio: ['ignore', 'pipe', 'ignore'] })
          .stdout?.once('data', () => resolve());
      }),
    [WAITING_CHILD, name] as const,
  );
}

// What runs is read from /proc.
describe.runIf(process.platform === 'linux')('the end of the app', () => {
  it.each([
    'SIGTERM',
    'SIGINT',
    'SIGHUP',
  ] as const)('by %s leaves no browser, no child and no file', async (signal) => {
    const app = await start();
    const child = `--child-of-${app.child.pid}`;
    await forkWaiting(app, child);
    expect(processesWith(app.temporary).length).toBeGreaterThan(0);
    expect(processesWith(child)).toHaveLength(1);
    app.child.kill(signal);
    expect(await app.ended()).toBe(0);
    await goneWith(app.temporary);
    await goneWith(child);
    expect(runtimeFolders(app)).toEqual([]);
  });

  it('by force leaves no browser and no child, and the next start removes its files', async () => {
    const app = await start();
    const child = `--child-of-${app.child.pid}`;
    await forkWaiting(app, child);
    app.child.kill('SIGKILL');
    await app.ended();
    await goneWith(app.temporary);
    await goneWith(child);
    const left = runtimeFolders(app);
    expect(left).toHaveLength(1);
    await start({ TMPDIR: app.temporary });
    expect(runtimeFolders(app)).not.toEqual(expect.arrayContaining(left));
  });

  it('comes when whoever started it is gone', async () => {
    const app = await start();
    app.child.disconnect();
    expect(await app.ended()).toBe(0);
    await goneWith(app.temporary);
  });

  it('comes with its last window, closed from outside', async () => {
    const app = await start();
    const page = await app.page();
    await page.close();
    expect(await app.ended()).toBe(0);
    await goneWith(app.temporary);
  });

  it('is announced in order, and every listener may refuse', async () => {
    const app = await start();
    const order = await app.inMain(({ app: electronApp, BrowserWindow }) => {
      const seen: string[] = [];
      const refuse = (name: string) => (event: { preventDefault(): void }) => {
        seen.push(name);
        event.preventDefault();
      };
      electronApp.once('before-quit', refuse('before-quit'));
      electronApp.quit();
      electronApp.on('before-quit', () => seen.push('asked'));
      BrowserWindow.getAllWindows()[0]?.once('close', refuse('close'));
      electronApp.quit();
      return [...seen, `windows ${BrowserWindow.getAllWindows().length}`];
    });
    expect(order).toEqual(['before-quit', 'asked', 'close', 'windows 1']);
  });

  it('closes windows, then asks will-quit, then ends with the code of exit', async () => {
    const app = await start();
    const lines: string[] = [];
    app.lines.on('line', (line) => lines.push(line));
    // What it wrote last may be read after it has ended.
    const everythingRead = once(app.lines, 'close');
    await app.inMain(({ app: electronApp, BrowserWindow }) => {
      const write = (text: string) => void process.stdout.write(`${text}\n`);
      BrowserWindow.getAllWindows()[0]?.once('closed', () => write('closed'));
      electronApp.once('will-quit', () => write('will-quit'));
      electronApp.once('quit', () => write('quit'));
      setImmediate(() => electronApp.quit());
    });
    expect(await app.ended()).toBe(0);
    await everythingRead;
    expect(lines).toEqual(['closed', 'will-quit', 'quit']);
  });

  it('by exit gives that code', async () => {
    const app = await start();
    await app.inMain(({ app: electronApp }) => void setImmediate(() => electronApp.exit(3)));
    expect(await app.ended()).toBe(3);
    await goneWith(app.temporary);
  });

  it('comes at once, with the reason, where there is no browser', async () => {
    const app = new RunningApp({ TESSERA_CHROMIUM: '/nowhere/chromium' });
    started.push(app);
    expect(await app.ended()).toBe(1);
    expect(app.errors).toContain('the window could not be opened');
    expect(existsSync(join(app.temporary, 'cdp'))).toBe(false);
  });
});

describe('a second instance on the same data', () => {
  it('leaves, and the first hears of it', async () => {
    const first = await start({ PROBE_SINGLE: '1' });
    const met = first.line();
    const second = new RunningApp({
      PROBE_SINGLE: '1',
      PROBE_USER_DATA: join(first.temporary, 'user-data'),
    });
    started.push(second);
    expect(await second.line()).toBe('second');
    expect(await second.ended()).toBe(0);
    expect(await met).toBe('met');
  });

  it.runIf(process.platform === 'linux')(
    'starts where the lock names a process that has nothing to do with it',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'stand-in-lock-'));
      // This very process, as if it had been given the number of a first instance long gone.
      const stale = { pid: process.pid, started: '1', address: join(folder, 'gone.sock') };
      writeFileSync(join(folder, 'stand-in.lock'), JSON.stringify(stale));
      const app = new RunningApp({ PROBE_SINGLE: '1', PROBE_USER_DATA: folder });
      started.push(app);
      expect(await app.line()).toBe('ready');
      rmSync(folder, { recursive: true, force: true });
    },
  );

  it('starts where the first was killed', async () => {
    const first = await start({ PROBE_SINGLE: '1' });
    first.child.kill('SIGKILL');
    await first.ended();
    const second = new RunningApp({
      PROBE_SINGLE: '1',
      PROBE_USER_DATA: join(first.temporary, 'user-data'),
    });
    started.push(second);
    expect(await second.line()).toBe('ready');
  });
});
