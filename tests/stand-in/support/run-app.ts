import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type Electron from 'electron';
import { type Browser, chromium, type Page } from 'playwright-core';

const REGISTER = new URL('../../../stand-in/register.ts', import.meta.url).href;
const APP = join(import.meta.dirname, '..', 'app');

export type InMain<Value, Argument = undefined> = (
  electron: typeof Electron,
  argument: Argument,
) => Value | Promise<Value>;

interface Reply {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** The tests' own app on the stand-in, headless. */
export class RunningApp {
  readonly child: ChildProcess;
  /** A temporary directory of this app's alone: what it leaves there is left behind. */
  readonly temporary: string;
  readonly lines: Interface;
  #errors = '';
  #browser: Browser | undefined;
  #asked = 0;

  constructor(env: NodeJS.ProcessEnv = {}, script = 'main.ts') {
    this.temporary = mkdtempSync(join(tmpdir(), 'stand-in-test-'));
    this.child = spawn(process.execPath, ['--import', REGISTER, join(APP, script)], {
      cwd: APP,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...process.env,
        TMPDIR: this.temporary,
        TESSERA_STAND_IN_HEADLESS: '1',
        TESSERA_STAND_IN_CDP: join(this.temporary, 'cdp'),
        PROBE_USER_DATA: join(this.temporary, 'user-data'),
        ...env,
      },
    });
    const { stdout, stderr } = this.child;
    if (stdout === null || stderr === null) throw new Error('The app was started without pipes.');
    this.lines = createInterface({ input: stdout });
    stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#errors += text;
    });
  }

  /** What it has written to standard error so far. */
  get errors(): string {
    return this.#errors;
  }

  /** Resolves with its next line on standard output; rejects with its errors where it ends instead. */
  async line(): Promise<string> {
    const line: Promise<string> = once(this.lines, 'line').then(([text]) => String(text));
    const ended = once(this.child, 'exit').then(() => {
      throw new Error(`The app ended: ${this.#errors}`);
    });
    return Promise.race([line, ended]);
  }

  /** The page in its window, driven from outside. */
  async page(): Promise<Page> {
    this.#browser ??= await chromium.connectOverCDP(readFileSync(join(this.temporary, 'cdp'), 'utf8'), {
      noDefaults: true,
    });
    const page = this.#browser.contexts()[0]?.pages()[0];
    if (page === undefined) throw new Error('The window has no page.');
    return page;
  }

  /** Runs a function in the app's main process; it is sent as text and refers to nothing outside itself. */
  async inMain<Value>(run: InMain<Value>): Promise<Value>;
  async inMain<Value, Argument>(run: InMain<Value, Argument>, argument: Argument): Promise<Value>;
  async inMain(run: InMain<unknown, never>, argument?: unknown): Promise<unknown> {
    const id = ++this.#asked;
    const reply = new Promise<Reply>((resolve) => {
      const hear = (message: unknown) => {
        if ((message as Reply).id !== id) return;
        this.child.off('message', hear);
        resolve(message as Reply);
      };
      this.child.on('message', hear);
    });
    this.child.send({ id, source: String(run), argument });
    const { value, error } = await reply;
    if (error !== undefined) throw new Error(error);
    return value;
  }

  /** Takes what the app has noted since the last time. */
  async takeNotes(): Promise<unknown[]> {
    return this.inMain(() => (globalThis as unknown as { notes: unknown[] }).notes.splice(0));
  }

  /** @returns the exit code; `null` where a signal ended it */
  async ended(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
    return this.child.exitCode;
  }

  /** Ends it whatever its state, and removes what it left. */
  async dispose(): Promise<void> {
    await this.#browser?.close().catch(() => undefined);
    this.child.kill('SIGTERM');
    await this.ended();
    rmSync(this.temporary, { recursive: true, force: true, maxRetries: 10 });
  }
}
