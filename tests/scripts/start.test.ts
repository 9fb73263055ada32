import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/paths.ts';

/** Takes Electron's place: notes how it was started, and waits for a signal where it is told to. */
const RECORDER = `#!${process.execPath}
const { writeFileSync } = require('node:fs');
const { TESSERA_HOME, PROBE_CODE, PROBE_WAIT } = process.env;
writeFileSync(process.env.PROBE_RECORD, JSON.stringify({
  args: process.argv.slice(2), cwd: process.cwd(), home: TESSERA_HOME, hasLine: process.channel !== undefined,
}));
if (PROBE_WAIT) {
  const waiting = setInterval(() => {}, 1_000_000);
  process.on('SIGTERM', () => { clearInterval(waiting); process.exitCode = 9; });
  console.log('waiting');
} else process.exitCode = Number(PROBE_CODE ?? 0);
`;

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;

let folder: string;
let record: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-test-'));
  record = join(folder, 'record.json');
  // A script needs no ending to its name only where its first line says what runs it.
  writeFileSync(join(folder, 'electron'), RECORDER);
  chmodSync(join(folder, 'electron'), 0o755);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return spawn(process.execPath, [join(ROOT, 'scripts', 'start.ts'), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      DISPLAY: ':7',
      ELECTRON_OVERRIDE_DIST_PATH: folder,
      PROBE_RECORD: record,
      TESSERA_HOME: folder,
      ...env,
    },
  });
}

describe.runIf(process.platform === 'linux')('npm start, with Electron there', () => {
  it('starts Electron on the app with the arguments and environment it was given', async () => {
    const child = start(['--home', '/some/where']);
    let said = '';
    child.stdout.on('data', (text) => {
      said += text;
    });
    const [code] = await once(child, 'close');
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(record, 'utf8'))).toEqual({
      args: [...(isRoot ? ['--no-sandbox'] : []), ROOT, '--home', '/some/where'],
      cwd: ROOT,
      home: folder,
      hasLine: false,
    });
    expect(said.includes('--no-sandbox')).toBe(isRoot);
  });

  it("ends with Electron's exit code", async () => {
    const [code] = await once(start([], { PROBE_CODE: '7' }), 'close');
    expect(code).toBe(7);
  });

  it('hands signals on', async () => {
    const child = start([], { PROBE_WAIT: '1' });
    let said = '';
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (text) => {
        said += text;
        if (said.includes('waiting')) resolve();
      });
    });
    child.kill('SIGTERM');
    const [code] = await once(child, 'close');
    expect(code).toBe(9);
  });
});
