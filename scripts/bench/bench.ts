import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binary, ROOT } from '../paths.ts';
import { runProcess } from '../run-process.ts';
import { measureAddToken } from './add-token.ts';
import { measurePipeline, measureRedaction } from './in-process.ts';
import { measureLargeAnswers } from './large-answers.ts';
import { type Command, type Figures, measure } from './measure.ts';
import {
  bruCommand,
  installPeers,
  newmanCommand,
  undiciCommand,
  type Workload,
  writeCollection,
} from './peers.ts';
import { type ProfileShare, profile } from './profile.ts';
import { tokenWindowRows } from './token-window.ts';

/** One line of the table: what was measured, and by how much it may differ. */
interface Row {
  readonly work: string;
  readonly ours: string;
  readonly against: string;
  readonly bar: string;
  readonly met: boolean;
}

const COMMAND = join(ROOT, 'dist', 'cli', 'tessera.js');
const FOLDER = join(ROOT, '.cache', 'bench');
const RUNS = 5;
/** What does not grow with the other apps may still differ by this much from one measurement to the next. */
const MOST_GROWTH = 1.15;
/** Parts of a profile below this are summed up. */
const SMALL_MS = 5;
const PASSPHRASE = 'correct horse battery staple';

/** `npm run bench`: Tessera beside newman, bru, curl and plain undici, in one run on one machine. */
await runProcess(binary('vite'), ['build', '--app', '--logLevel', 'warn'], { cwd: ROOT });
const peers = await installPeers(join(FOLDER, 'peers'));
const home = mkdtempSync(join(tmpdir(), 'tessera-bench-'));
const server = spawn(process.execPath, [join(import.meta.dirname, 'server.ts')], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [announced] = (await once(server.stdout, 'data')) as [Buffer];
const url = announced.toString('utf8').trim();
const rows: Row[] = [];
const raw: Record<string, unknown> = {};
const profiles: Record<string, readonly ProfileShare[]> = {};
try {
  prepareVault();
  rows.push(
    ...(await oneSend()),
    ...(await manyRequests()),
    ...(await oneBigAnswer()),
    ...(await inProcess()),
    await addToken(),
    ...(await inWindow()),
    ...(await tokenWindowRows()).map((row) => ({ ...row, against: '' })),
  );
} finally {
  server.kill();
  rmSync(home, { recursive: true, force: true });
}
print();

function tessera(...args: string[]): Command {
  return {
    program: process.execPath,
    args: [COMMAND, ...args],
    env: { TESSERA_HOME: home, TESSERA_PASSPHRASE: PASSPHRASE },
  };
}

/** With the full cost of Argon2id, as everybody has it. */
function prepareVault(): void {
  const run = (args: readonly string[], input = '') => {
    const { program, args: all, env } = tessera(...args);
    const { status, stderr } = spawnSync(program, all, {
      input,
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });
    if (status !== 0) throw new Error(stderr);
  };
  run(['vault', 'init']);
  run(['app', 'add', 'Bench', '--base-url', url]);
  run(
    ['token', 'add', 'main', '--app', 'Bench', '--scheme', 'bearer', '--secret-stdin'],
    'a-token-of-the-benchmark',
  );
}

async function compare(workload: Workload, ours: Command) {
  const commands: Readonly<Record<string, Command>> = {
    tessera: ours,
    newman: newmanCommand(peers.newman, FOLDER, url, workload),
    bru: bruCommand(peers.bru, FOLDER, url, workload),
    undici: undiciCommand(url, workload),
    curl: { program: 'curl', args: ['-sS', '-o', join(FOLDER, 'curl.out'), `${url}${workload.path}`] },
  };
  const figures: Record<string, Figures> = {};
  for (const [name, command] of Object.entries(commands)) {
    if (name === 'curl' && workload.requests > 1) continue;
    figures[name] = await measure(command, RUNS);
    console.log(`  ${workload.name}, ${name}: ${show(figures[name])}`);
  }
  raw[workload.name] = figures;
  profiles[workload.name] = await profile(ours);
  return (name: string): Figures => figures[name] ?? { ms: Number.NaN, peakMiB: null };
}

async function oneSend(): Promise<Row[]> {
  const workload = { name: 'one request', requests: 1, path: '/small' } as const;
  const of = await compare(workload, tessera('send', 'GET', '/small', '--app', 'Bench'));
  return [
    ratio('one send with a vault token', of('tessera'), of('newman'), 'newman', 0.5),
    ratio('one send with a vault token', of('tessera'), of('bru'), 'bru', 0.25),
  ];
}

async function manyRequests(): Promise<Row[]> {
  const workload = { name: '1,000 requests', requests: 1000, path: '/small' } as const;
  const collection = join(FOLDER, 'thousand');
  writeCollection(collection, url, workload, 'inherit');
  const report = join(FOLDER, 'thousand.xml');
  const of = await compare(
    workload,
    tessera('run', collection, '--app', 'Bench', '--reporter', `junit:${report}`),
  );
  const work = 'run of 1,000 requests with a check and JUnit';
  return [
    ratio(work, of('tessera'), of('newman'), 'newman', 0.07),
    ratio(work, of('tessera'), of('bru'), 'bru', 0.15),
    ratio(work, of('tessera'), of('undici'), 'undici', 2.5),
    memory(`${work}: memory`, of('tessera'), Math.min(peak(of('newman')), peak(of('bru'))), 'the peers'),
  ];
}

async function oneBigAnswer(): Promise<Row[]> {
  const field = { index: 399_999, value: 399_999 };
  const workload = { name: '50 MB', requests: 1, path: '/big', field } as const;
  const collection = join(FOLDER, 'big');
  writeCollection(collection, url, workload, 'inherit');
  const of = await compare(workload, tessera('run', collection, '--app', 'Bench'));
  return [
    ratio('50 MB of JSON with two checks', of('tessera'), of('bru'), 'bru', 0.3),
    memory('50 MB of JSON: memory', of('tessera'), 300, '300 MiB'),
  ];
}

async function inProcess(): Promise<Row[]> {
  const { undici, pipeline } = await measurePipeline(url);
  const redaction = measureRedaction();
  raw.pipeline = { undici, pipeline };
  raw.redaction = redaction;
  return [
    {
      work: 'pipeline a request, in process',
      ours: `${pipeline.toFixed(0)} µs`,
      against: `undici ${undici.toFixed(0)} µs: ${(pipeline / undici).toFixed(2)} ×`,
      bar: '≤ 2 ×',
      met: pipeline <= 2 * undici,
    },
    {
      work: 'redaction of 50 MB, 200 secrets',
      ours: `${redaction.toFixed(0)} MB/s`,
      against: '',
      bar: '≥ 200 MB/s',
      met: redaction >= 200,
    },
  ];
}

async function addToken(): Promise<Row> {
  const { alone, amongTen } = await measureAddToken();
  const is = amongTen / alone;
  return {
    work: 'one token added to an app of 1,000, in a vault of 10,000',
    ours: `${amongTen.toFixed(1)} ms`,
    against: `in a vault of that app alone ${alone.toFixed(1)} ms: ${is.toFixed(2)} ×`,
    bar: `≤ ${MOST_GROWTH} ×`,
    met: is <= MOST_GROWTH,
  };
}

async function inWindow(): Promise<Row[]> {
  const all = await measureLargeAnswers();
  raw.window = all;
  return all.flatMap((figures) => {
    const { name, firstLinesMs, longestTaskMs, searchMs, heapGrowthMb } = figures;
    const row = (work: string, value: number, unit: string, most: number): Row => ({
      work: `${name} in the window: ${work}`,
      ours: `${value.toFixed(0)} ${unit}`,
      against: '',
      bar: `≤ ${most} ${unit}`,
      met: value <= most,
    });
    return [
      row('first lines after the last byte', firstLinesMs, 'ms', 1000),
      row('longest task while scrolling', longestTaskMs, 'ms', 50),
      row('search of all of it', searchMs, 'ms', 1000),
      row('growth of the window’s memory', heapGrowthMb, 'MB', 150),
    ];
  });
}

function ratio(work: string, ours: Figures, theirs: Figures, name: string, bar: number): Row {
  const is = ours.ms / theirs.ms;
  return {
    work,
    ours: show(ours),
    against: `${name} ${show(theirs)}: ${is.toFixed(3)} ×`,
    bar: `≤ ${bar} ×`,
    met: is <= bar,
  };
}

function memory(work: string, ours: Figures, most: number, name: string): Row {
  return {
    work,
    ours: `${peak(ours).toFixed(0)} MiB`,
    against: `${name}: ${most.toFixed(0)} MiB`,
    bar: `≤ ${most.toFixed(0)} MiB`,
    met: peak(ours) <= most,
  };
}

function peak({ peakMiB }: Figures): number {
  return peakMiB ?? Number.NaN;
}

function show({ ms, peakMiB }: Figures): string {
  const time = ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(2)} s`;
  return peakMiB === null ? time : `${time} (${peakMiB.toFixed(0)} MiB)`;
}

function printProfile(name: string, shares: readonly ProfileShare[]): void {
  const rest = shares.filter(({ ms }) => ms < SMALL_MS).reduce((sum, { ms }) => sum + ms, 0);
  const large = shares.filter(({ ms }) => ms >= SMALL_MS);
  console.log(`\nWhere the time of Tessera goes, ${name} (under the profiler):`);
  for (const { part, ms } of [...large, { part: 'all else', ms: rest }]) {
    console.log(`  ${ms.toFixed(0).padStart(6)} ms  ${part}`);
  }
}

function print(): void {
  mkdirSync(FOLDER, { recursive: true });
  const results = join(FOLDER, 'results.json');
  writeFileSync(results, `${JSON.stringify({ node: process.version, rows, raw, profiles }, null, 2)}\n`);
  console.log('\n| Work | Tessera | Beside it | Bar | |\n|---|---|---|---|---|');
  for (const { work, ours, against, bar, met } of rows) {
    console.log(`| ${work} | ${ours} | ${against} | ${bar} | ${met ? 'met' : '**missed**'} |`);
  }
  for (const [name, shares] of Object.entries(profiles)) printProfile(name, shares);
  console.log(`\nAs JSON: ${results}`);
  process.exitCode = rows.every(({ met }) => met) ? 0 : 1;
}
