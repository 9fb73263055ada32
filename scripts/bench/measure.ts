import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export interface Figures {
  /** Median of the whole process, in milliseconds. */
  readonly ms: number;
  /** Highest of the most memory that a run had at one time, in MiB; `null` where the system does not tell. */
  readonly peakMiB: number | null;
}

/** How often memory is looked at. */
const LOOK_MS = 10;

/** Runs a whole process several times, one after the other. @throws Error where it does not end with 0 */
export async function measure(command: Command, runs: number): Promise<Figures> {
  const times: number[] = [];
  const peaks: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const { ms, peakMiB } = await runOnce(command);
    times.push(ms);
    if (peakMiB !== null) peaks.push(peakMiB);
  }
  return { ms: median(times), peakMiB: peaks.length === 0 ? null : Math.max(...peaks) };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

async function runOnce({ program, args, env, cwd }: Command): Promise<Figures> {
  const start = performance.now();
  const child = spawn(program, args, {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let peak: number | null = null;
  const looking = setInterval(() => {
    peak = memoryOf(child.pid ?? 0) ?? peak;
  }, LOOK_MS);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  clearInterval(looking);
  if (code !== 0) {
    throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${(stdout + stderr).slice(-2000)}`);
  }
  return { ms: performance.now() - start, peakMiB: peak };
}

/** The most that a process has had at one time, as Linux keeps it. */
function memoryOf(pid: number): number | null {
  try {
    const [, kib] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kib === undefined ? null : Number(kib) / 1024;
  } catch {
    return null;
  }
}
