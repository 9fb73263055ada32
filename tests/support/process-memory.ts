import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

/** Where one of `patterns` stands in the memory of a process, by the name of the pattern. Linux only. */
export function findInMemory(
  pid: number,
  patterns: Readonly<Record<string, Buffer>>,
): Readonly<Record<string, number>> {
  const found: Record<string, number> = Object.fromEntries(Object.keys(patterns).map((name) => [name, 0]));
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  try {
    for (const { start, length } of writableRanges(pid)) {
      const bytes = readRange(memory, start, length);
      for (const [name, pattern] of Object.entries(patterns)) {
        for (let at = bytes.indexOf(pattern); at !== -1; at = bytes.indexOf(pattern, at + 1)) {
          found[name] = (found[name] ?? 0) + 1;
        }
      }
    }
    return found;
  } finally {
    closeSync(memory);
  }
}

function writableRanges(pid: number) {
  return readFileSync(`/proc/${pid}/maps`, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, from, to, mode] = /^([0-9a-f]+)-([0-9a-f]+) (\S+)/.exec(line) ?? [];
      if (from === undefined || to === undefined || mode?.startsWith('rw') !== true) return [];
      const start = Number.parseInt(from, 16);
      return [{ start, length: Number.parseInt(to, 16) - start }];
    });
}

/** A range that cannot be read, or goes away meanwhile, holds nothing to be found. */
function readRange(memory: number, start: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  try {
    return bytes.subarray(0, readSync(memory, bytes, 0, length, start));
  } catch {
    return Buffer.alloc(0);
  }
}
