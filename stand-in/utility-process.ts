import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';
import type Electron from 'electron';
import { refusing, throwWhenMissing } from './unimplemented.ts';

const CHILD_HOOK = new URL('utility-child.ts', import.meta.url).href;

/** A Node process of its own; it ends with this one, however this one ends. */
class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;

  constructor(child: ChildProcess) {
    super();
    this.#child = child;
    child.once('spawn', () => this.emit('spawn'));
    child.once('exit', (code) => this.emit('exit', code ?? 1));
    child.on('error', () => undefined);
    process.once('exit', () => child.kill());
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get stdout(): Readable | null {
    return this.#child.stdout;
  }

  get stderr(): Readable | null {
    return this.#child.stderr;
  }

  kill(): boolean {
    return this.#child.kill();
  }
}

throwWhenMissing(UtilityProcess, 'electron.UtilityProcess');

export const utilityProcess = refusing(
  {
    fork(path: string, args: string[] = [], options: Electron.ForkOptions = {}): UtilityProcess {
      const [, stdout = 'inherit', stderr = 'inherit'] = Array.isArray(options.stdio) ? options.stdio : [];
      // Without this process's own hooks: the child is no main process.
      const child = fork(path, args, {
        stdio: ['ignore', stdout, stderr, 'ipc'],
        execArgv: [...(options.execArgv ?? []), '--import', CHILD_HOOK],
      });
      return new UtilityProcess(child);
    },
  },
  'electron.utilityProcess',
);
