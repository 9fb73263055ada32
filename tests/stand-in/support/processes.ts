import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** The ids of running processes whose command line holds `text`. Linux only: elsewhere nothing is known. */
export function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => commandLine(pid).includes(text))
    .map(Number);
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** Resolves when no process holds `text` any more; the test's own time limit ends the wait. */
export async function goneWith(text: string): Promise<void> {
  while (processesWith(text).length > 0) await pause(20);
}
