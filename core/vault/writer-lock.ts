import { randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/app-error.ts';
import { isRunning } from '../storage/is-running.ts';
import { systemCode } from '../system-error.ts';

const holderSchema = z.object({
  pid: z.int().positive(),
  startedAt: z.string().nullable(),
  nonce: z.string(),
});
type Holder = z.infer<typeof holderSchema>;

/** Held by this process, and released with it: one listener for however many vaults it has open. */
const heldLocks = new Set<WriterLock>();
process.once('exit', () => {
  for (const lock of heldLocks) lock.release();
});

/**
 * One process writes to a vault at a time. The lock is a file that names its holder; one whose holder is
 * gone is taken over. It is looked at before each write, because a file can be deleted by anyone.
 */
export class WriterLock {
  readonly #path: string;
  readonly #self: Holder = { pid: process.pid, startedAt: startOf(process.pid), nonce: randomUUID() };

  constructor(path: string) {
    this.#path = path;
  }

  /** Process id of another holder; `null` where the lock is free, stale or ours. */
  otherHolder(): number | null {
    const holder = this.#read();
    return holder === null || holder.nonce === this.#self.nonce || !isAlive(holder) ? null : holder.pid;
  }

  /**
   * Takes the lock, or makes sure that it is still ours.
   *
   * @returns whether it was taken just now: others may have written before
   * @throws AppError `VAULT_READ_ONLY`
   */
  acquire(): boolean {
    const holder = this.#read();
    if (holder?.nonce === this.#self.nonce) return false;
    if (holder !== null && isAlive(holder)) throw busy(holder.pid);
    if (existsSync(this.#path)) this.#takeAway(holder);
    this.#create();
    heldLocks.add(this);
    return true;
  }

  release(): void {
    if (!heldLocks.delete(this)) return;
    if (this.#read()?.nonce === this.#self.nonce) rmSync(this.#path, { force: true });
  }

  /** A finished file is linked into place: the lock never exists without its content. */
  #create(): void {
    const draft = `${this.#path}.${this.#self.nonce}`;
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
    writeFileSync(draft, JSON.stringify(this.#self), { mode: 0o600 });
    try {
      linkSync(draft, this.#path);
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
      throw busy(this.#read()?.pid ?? 0);
    } finally {
      rmSync(draft, { force: true });
    }
  }

  /** Moves a stale lock aside, and looks again at what was moved: another process may have been quicker. */
  #takeAway(stale: Holder | null): void {
    const aside = `${this.#path}.stale-${this.#self.nonce}`;
    try {
      renameSync(this.#path, aside);
    } catch {
      return;
    }
    const moved = parseHolder(aside);
    if (moved !== null && moved.nonce !== stale?.nonce) {
      renameSync(aside, this.#path);
      throw busy(moved.pid);
    }
    rmSync(aside, { force: true });
  }

  #read(): Holder | null {
    return parseHolder(this.#path);
  }
}

function parseHolder(path: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}

function isAlive({ pid, startedAt }: Holder): boolean {
  if (!isRunning(pid)) return false;
  const start = startOf(pid);
  return start === null || startedAt === null || start === startedAt;
}

/** When a process started, in the kernel's ticks: tells a reused process id from the holder. Linux only. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function busy(pid: number): AppError {
  return new AppError(
    'VAULT_READ_ONLY',
    `Another Tessera (process ${pid}) has this vault open for writing. Close it, or lock its vault, and try again.`,
    { pid },
  );
}
