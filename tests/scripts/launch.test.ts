import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseRuntime } from '../../scripts/choose-runtime.ts';
import { launchCommand } from '../../scripts/launch.ts';
import { ROOT, STAND_IN_REGISTER } from '../../scripts/paths.ts';
import { runProcess } from '../../scripts/run-process.ts';

const EXECUTABLE =
  { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform as string] ??
  'electron';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tessera-electron-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('starting the app', () => {
  it('runs the Electron that is there, with the app and its arguments', async () => {
    const executable = join(folder, EXECUTABLE);
    mkdirSync(dirname(executable), { recursive: true });
    writeFileSync(
      executable,
      `#!/bin/sh\nprintf '%s\\n' "$@" > "${folder}/arguments"\nenv > "${folder}/environment"\nexit 7\n`,
    );
    chmodSync(executable, 0o755);
    const runtime = await chooseRuntime({ ELECTRON_OVERRIDE_DIST_PATH: folder, DISPLAY: ':7' });
    expect(runtime).toMatchObject({ kind: 'electron', executable });
    const { command, args } = launchCommand(runtime, ['--home', '/some/where']);
    const code = await runProcess(command, args, { env: { ...process.env, TESSERA_MARK: 'given' } });
    expect(code).toBe(7);
    const given = readFileSync(join(folder, 'arguments'), 'utf8').trim().split('\n');
    const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
    expect(given).toEqual([...(asRoot ? ['--no-sandbox'] : []), ROOT, '--home', '/some/where']);
    expect(readFileSync(join(folder, 'environment'), 'utf8')).toContain('TESSERA_MARK=given');
  });

  it('falls back to the stand-in, and says why, where there is no Electron', async () => {
    const runtime = await chooseRuntime({ ELECTRON_OVERRIDE_DIST_PATH: folder, DISPLAY: ':7' });
    expect(runtime).toMatchObject({
      kind: 'stand-in',
      executable: null,
      reason: expect.stringContaining('not here'),
    });
    expect(launchCommand(runtime, ['--x']).args).toEqual([
      '--import',
      STAND_IN_REGISTER,
      join(ROOT, 'dist', 'main', 'main.js'),
      '--x',
    ]);
  });

  it('refuses the stand-in where Electron was asked for', async () => {
    await expect(
      chooseRuntime({ ELECTRON_OVERRIDE_DIST_PATH: folder, TESSERA_RUNTIME: 'electron' }),
    ).rejects.toThrow('not here');
  });
});
