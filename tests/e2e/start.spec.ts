import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/paths.ts';
import { expect, test } from './support/tessera-test.ts';

/** Runs `npm start` as on a machine without a display. @returns its exit code and what it said */
async function startWithoutDisplay(args: readonly string[], home: string) {
  const child = spawn(process.execPath, [join(ROOT, 'scripts', 'start.ts'), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', TESSERA_HOME: home },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const [code] = await once(child, 'close');
  return { code, said };
}

test('a picture of the window is taken without a display', async ({ home }) => {
  const file = join(home, 'window.png');
  const { code, said } = await startWithoutDisplay(['--headless', '--screenshot', file], home);
  expect(said).toContain(file);
  expect(code).toBe(0);
  const picture = readFileSync(file);
  expect(picture.subarray(1, 4).toString()).toBe('PNG');
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1280, 800]);
});

test('without a display npm start says so, names the command line and gives the tour', async ({ home }) => {
  test.skip(process.platform !== 'linux', 'elsewhere there always is a display');
  const { code, said } = await startWithoutDisplay([], home);
  expect(said).toContain('no display');
  expect(said).toContain('npm run -s tessera -- --help');
  expect(said).toContain('Status: 200 OK');
  expect(code).toBe(0);
  expect(existsSync(join(ROOT, 'tour', '1-create-vault.png'))).toBe(true);
});
