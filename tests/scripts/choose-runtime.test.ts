import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseRuntime, findElectron, hasDisplay } from '../../scripts/choose-runtime.ts';

const EXECUTABLE = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };

let folder: string;
let executable: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runtime-test-'));
  executable = join(folder, Reflect.get(EXECUTABLE, process.platform) ?? 'electron');
  mkdirSync(dirname(executable), { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function environment(more: Record<string, string> = {}): Record<string, string> {
  return { ELECTRON_OVERRIDE_DIST_PATH: folder, DISPLAY: ':7', ...more };
}

describe('the runtime', () => {
  it('is Electron where its binary is', async () => {
    writeFileSync(executable, '');
    expect(await chooseRuntime(environment())).toMatchObject({ kind: 'electron', executable });
  });

  it('is the stand-in where it is not, and the reason says where it was looked for', async () => {
    const { kind, reason } = await chooseRuntime(environment());
    expect(kind).toBe('stand-in');
    expect(reason).toContain(folder);
  });

  it('is the stand-in where it is asked for, even with Electron there', async () => {
    writeFileSync(executable, '');
    expect(await chooseRuntime(environment({ TESSERA_RUNTIME: 'stand-in' }))).toMatchObject({
      kind: 'stand-in',
      executable: null,
    });
  });

  it.runIf(process.platform === 'linux')(
    'is the stand-in without a display, which Electron needs',
    async () => {
      writeFileSync(executable, '');
      const { kind, reason } = await chooseRuntime(environment({ DISPLAY: '' }));
      expect(kind).toBe('stand-in');
      expect(reason).toContain('display');
    },
  );

  it('is an error where Electron is demanded and is not there', async () => {
    await expect(chooseRuntime(environment({ TESSERA_RUNTIME: 'electron' }))).rejects.toThrow(
      'TESSERA_RUNTIME asks for Electron',
    );
  });

  it('is an error where an unknown one is asked for', async () => {
    await expect(chooseRuntime(environment({ TESSERA_RUNTIME: 'chrome' }))).rejects.toThrow(
      '"electron" or "stand-in"',
    );
  });

  it('is not downloaded in CI', async () => {
    const { kind, reason } = await chooseRuntime(environment({ CI: '1' }), true);
    expect(kind).toBe('stand-in');
    expect(reason).toContain(folder);
  });
});

describe("Electron's binary", () => {
  it('is looked for in the folder that is named, and nowhere else', () => {
    expect(findElectron(environment())).toBeNull();
    writeFileSync(executable, '');
    expect(findElectron(environment())).toBe(executable);
  });
});

describe('a display', () => {
  it.each([
    ['linux', {}, false],
    ['linux', { DISPLAY: '' }, false],
    ['linux', { DISPLAY: ':0' }, true],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['darwin', {}, true],
    ['win32', {}, true],
  ] as const)('on %s with %o is there: %s', (platform, env, expected) => {
    expect(hasDisplay(env, platform)).toBe(expected);
  });
});
