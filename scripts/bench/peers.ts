import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProcess } from '../run-process.ts';
import type { Command } from './measure.ts';

const PACKAGES = ['newman@6.2', '@usebruno/cli@4.1'] as const;

/** What is sent: the same by everyone. */
export interface Workload {
  /** Names its folder. */
  readonly name: string;
  readonly requests: number;
  readonly path: '/small' | '/big';
  /** Value of one field, checked beside the status; left out: the status alone. */
  readonly field?: { readonly index: number; readonly value: number };
}

/** The peers, in a folder of their own. */
export async function installPeers(
  folder: string,
): Promise<{ readonly newman: string; readonly bru: string }> {
  const bin = join(folder, 'node_modules', '.bin');
  const programs = { newman: join(bin, 'newman'), bru: join(bin, 'bru') };
  if (existsSync(programs.newman) && existsSync(programs.bru)) return programs;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  console.log(`Installing ${PACKAGES.join(' and ')} into ${folder} …`);
  const code = await runProcess(
    'npm',
    ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...PACKAGES],
    {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  if (code !== 0) throw new Error('The peers could not be installed.');
  return programs;
}

export function newmanCommand(program: string, folder: string, url: string, workload: Workload): Command {
  const file = join(folder, `${workload.name}.postman.json`);
  const { field } = workload;
  const tests = [
    "pm.test('status', () => pm.response.to.have.status(200));",
    ...(field === undefined
      ? []
      : [`pm.test('field', () => pm.expect(pm.response.json()[${field.index}].id).to.eql(${field.value}));`]),
  ];
  const item = Array.from({ length: workload.requests }, (_, index) => ({
    name: `request ${index}`,
    event: [{ listen: 'test', script: { type: 'text/javascript', exec: tests } }],
    request: {
      method: 'GET',
      header: [{ key: 'Authorization', value: 'Bearer a-token-of-the-benchmark' }],
      url: `${url}${workload.path}`,
    },
  }));
  const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
  writeFileSync(file, JSON.stringify({ info: { name: workload.name, schema }, item }));
  const report = join(folder, `${workload.name}.newman.xml`);
  return {
    program: process.execPath,
    args: [program, 'run', file, '--reporters', 'junit', '--reporter-junit-export', report],
  };
}

export function bruCommand(program: string, folder: string, url: string, workload: Workload): Command {
  const collection = join(folder, `${workload.name}.bru`);
  writeCollection(collection, url, workload, 'bearer');
  const report = join(folder, `${workload.name}.bru.xml`);
  return {
    program: process.execPath,
    args: [program, 'run', '--reporter-junit', report],
    cwd: collection,
  };
}

/** The same checks by plain undici: what no tool can be faster than by much. */
export function undiciCommand(url: string, { requests, path, field }: Workload): Command {
  const program = join(import.meta.dirname, 'plain-undici.ts');
  const check = field === undefined ? [] : [String(field.index), String(field.value)];
  return { program: process.execPath, args: [program, `${url}${path}`, String(requests), ...check] };
}

/** An OpenCollection folder; `inherit`: with the app's own token. */
export function writeCollection(
  folder: string,
  url: string,
  { name, requests, path, field }: Workload,
  auth: 'bearer' | 'inherit',
): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'opencollection.yml'), `opencollection: 1.0.0\ninfo:\n  name: ${name}\n`);
  const written = auth === 'inherit' ? ' inherit' : '\n    type: bearer\n    token: a-token-of-the-benchmark';
  const checks = [
    ['res.status', 200] as const,
    ...(field === undefined ? [] : [[`res.body[${field.index}].id`, field.value] as const]),
  ];
  for (let index = 0; index < requests; index += 1) {
    const lines = [
      `info:\n  name: request ${index}\n  type: http\n  seq: ${index + 1}`,
      `http:\n  method: GET\n  url: ${url}${path}\n  auth:${written}`,
      'runtime:\n  assertions:',
      ...checks.map(
        ([expression, value]) =>
          `    - expression: ${expression}\n      operator: eq\n      value: "${value}"`,
      ),
    ];
    writeFileSync(join(folder, `request ${index}.yml`), `${lines.join('\n')}\n`);
  }
}
