import { randomUUID } from 'node:crypto';
import { mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning } from '../storage/is-running.ts';

/**
 * Where bodies are spooled. A file's name is taken away as soon as it is open, so that nothing is left of it
 * however the process ends; what could not be taken away (Windows) is when the body is closed, or by the next
 * process that spools.
 */
export class SpoolFolder {
  readonly path: string;
  #isClean = false;

  constructor(path: string) {
    this.path = path;
  }

  /** An empty file for this process alone. @throws the system's error */
  open(): { readonly descriptor: number; readonly remove: () => void } {
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
    this.#removeLeftovers();
    const path = join(this.path, `${process.pid}-${randomUUID()}`);
    const descriptor = openSync(path, 'wx+', 0o600);
    const remove = () => removeFile(path);
    remove();
    return { descriptor, remove };
  }

  /** Of processes that are no more. */
  #removeLeftovers(): void {
    if (this.#isClean) return;
    this.#isClean = true;
    for (const name of readdirSync(this.path)) {
      const pid = /^(\d+)-[\da-f-]{36}$/.exec(name)?.[1];
      if (pid !== undefined && !isRunning(Number(pid))) removeFile(join(this.path, name));
    }
  }
}

function removeFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // In use, on Windows: removed later.
  }
}
