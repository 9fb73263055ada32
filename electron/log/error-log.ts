import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const LOG_BYTES = 1_000_000;

/**
 * Notes failures that nobody foresaw: an id, the place, the kind of error and where in the code it arose.
 * Never the message, which may quote input; nothing in the log can hold a secret.
 */
export class ErrorLog {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** @returns the id under which the failure stands in the log */
  report(error: unknown, place: string): string {
    const id = randomUUID().slice(0, 8);
    const line = `${new Date().toISOString()} ${id} ${place} ${describe(error)}\n`;
    try {
      mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
      this.#rotate();
      appendFileSync(this.#path, line, { mode: 0o600 });
    } catch {
      // A log that cannot be written must not turn one failure into two.
    }
    return id;
  }

  /** One older file is kept, so that the log never grows past twice its size. */
  #rotate(): void {
    if ((statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES) {
      renameSync(this.#path, `${this.#path}.1`);
    }
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  return `${error.name}${code}${stackFrames(error)}`;
}

/** The lines of a stack that name places; its first lines repeat the message. */
function stackFrames(error: Error): string {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return frames.map((frame) => ` | ${frame.trim()}`).join('');
}
