import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../paths.ts';
import { type Command, measure } from './measure.ts';

/** Where the time of a process goes: milliseconds by part of the program, most first. */
export interface ProfileShare {
  /** A folder of ours such as `core/requests`, a package, or a part of Node. */
  readonly part: string;
  readonly ms: number;
}

/** A profile as V8 writes it, as far as it is read here. Times are in microseconds. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
      readonly columnNumber: number;
    };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Runs a command of Node once under the profiler. Its first argument is the program. */
export async function profile(command: Command): Promise<ProfileShare[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-profile-'));
  try {
    const flags = ['--cpu-prof', '--cpu-prof-dir', folder];
    await measure({ ...command, args: [...flags, ...command.args] }, 1);
    const [file = ''] = readdirSync(folder);
    return sharesOf(JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sharesOf({ nodes, samples, timeDeltas }: CpuProfile): ProfileShare[] {
  const partOf = new Map(nodes.map(({ id, callFrame }) => [id, partOfFrame(callFrame)]));
  const times = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const part = partOf.get(id) ?? '';
    times.set(part, (times.get(part) ?? 0) + (timeDeltas[index] ?? 0) / 1000);
  }
  return [...times].map(([part, ms]) => ({ part, ms })).toSorted((left, right) => right.ms - left.ms);
}

function partOfFrame(frame: CpuProfile['nodes'][number]['callFrame']): string {
  const { functionName, url } = frame;
  if (functionName === '(idle)') return 'waiting';
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (!url.startsWith('file:')) return 'Node';
  const source = sourceOf(fileURLToPath(url), frame);
  const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source) ?? [];
  return name ?? dirname(relative(ROOT, source));
}

const maps = new Map<string, SourceMap | null>();

/** The file that a line of a bundle was made of. */
function sourceOf(
  file: string,
  { lineNumber, columnNumber }: { readonly lineNumber: number; readonly columnNumber: number },
): string {
  if (!maps.has(file)) maps.set(file, readMap(file));
  const entry = maps.get(file)?.findEntry(lineNumber, columnNumber);
  return entry !== undefined && 'originalSource' in entry
    ? resolve(dirname(file), entry.originalSource)
    : file;
}

function readMap(file: string): SourceMap | null {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
  } catch {
    return null;
  }
}
