import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { isAlive, runtimeFolder } from './runtime-folder.ts';

/** What a second instance tells the first before it leaves. */
export interface SecondInstance {
  readonly argv: string[];
  readonly cwd: string;
  readonly data: unknown;
}

interface Holder {
  readonly pid: number;
  /** When the process started, in the kernel's ticks: tells it from a later one of the same number. */
  readonly started: string;
  readonly address: string;
}

/** One instance for one folder: a lock file, and a socket on which the first instance hears of others. */
export class SingleInstanceLock {
  #file: string | undefined;
  #told: Promise<void> = Promise.resolve();

  get isHeld(): boolean {
    return this.#file !== undefined;
  }

  /** @returns whether this process is the first; otherwise the first is told about `self` */
  request(folder: string, self: SecondInstance, onSecond: (second: SecondInstance) => void): boolean {
    if (this.#file !== undefined) return true;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, 'stand-in.lock');
    const holder: Holder = { pid: process.pid, started: startOf(process.pid), address: socketAddress() };
    for (let attempt = 0; attempt < 2; attempt += 1) {
      if (take(file, holder)) {
        this.#file = file;
        listen(holder.address, onSecond);
        process.on('exit', () => this.release());
        return true;
      }
      const other = read(file);
      if (other !== undefined && isAlive(other.pid) && startOf(other.pid) === other.started) {
        this.#told = tell(other.address, self);
        return false;
      }
      rmSync(file, { force: true });
    }
    return false;
  }

  release(): void {
    if (this.#file !== undefined) rmSync(this.#file, { force: true });
    this.#file = undefined;
  }

  /** Resolves when the first instance has been told, or cannot be. */
  async settled(): Promise<void> {
    await this.#told;
  }
}

/** Written beside and linked, so that whoever finds the file never reads half of it. */
function take(file: string, holder: Holder): boolean {
  const written = `${file}.${holder.pid}`;
  writeFileSync(written, JSON.stringify(holder), { mode: 0o600 });
  try {
    linkSync(written, file);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(written, { force: true });
  }
}

function read(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** Empty where the system does not tell. */
function startOf(pid: number): string {
  try {
    // Behind the command's name, which may hold anything, the start time is the 20th field.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return fields[19] ?? '';
  } catch {
    return '';
  }
}

function socketAddress(): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\tessera-stand-in-${process.pid}`;
  return join(runtimeFolder(), 'instance.sock');
}

function listen(address: string, onSecond: (second: SecondInstance) => void): void {
  const server = createServer((socket) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (part) => {
      text += part;
    });
    socket.on('end', () => {
      socket.end();
      try {
        onSecond(JSON.parse(text) as SecondInstance);
      } catch {
        // Not one of ours.
      }
    });
    socket.on('error', () => undefined);
  });
  server.on('error', () => undefined);
  server.listen(address).unref();
}

function tell(address: string, self: SecondInstance): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.on('connect', () => socket.end(JSON.stringify(self)));
    socket.on('error', () => resolve());
    socket.on('close', () => resolve());
    socket.resume();
  });
}
