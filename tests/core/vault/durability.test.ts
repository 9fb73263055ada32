import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { TemporaryHome } from '../../support/temporary-vault.ts';

const PROGRAMS = join(import.meta.dirname, '..', '..', 'programs');
const WRITER = join(PROGRAMS, 'keep-writing.ts');

/** What the writer's vault holds after so many changes, by names. */
function stateAfter(changes: number): {
  readonly apps: readonly string[];
  readonly tokens: readonly string[];
} {
  const step = changes % 4;
  return {
    apps: step === 2 ? ['Base', 'Other'] : ['Base'],
    tokens: step === 0 ? [] : ['main'],
  };
}

/** Lets the writer work and kills it at some moment. @returns the number of the last change that it said was done */
async function writeAndKill(home: TemporaryHome, code: string): Promise<number> {
  const child = spawn(process.execPath, [WRITER, home.path, code], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const ended = once(child, 'close');
  await once(child.stdout, 'data');
  await sleep(Math.random() * 60);
  child.kill('SIGKILL');
  await ended;
  return Number(output.trimEnd().split('\n').at(-1));
}

async function openedBy(home: TemporaryHome, code: string) {
  const opened = home.open();
  await opened.vault.unlock({ kind: 'recovery', code });
  return opened;
}

describe('a process that is killed while it writes', () => {
  it('leaves the state before or after the change, two hundred times', { timeout: 300_000 }, async () => {
    const chain = async (kills: number) => {
      using home = new TemporaryHome();
      const made = await home.create();
      made.apps.create({ name: 'Base' });
      const code = await made.vault.setRecoveryCode();
      made.vault.close();
      for (let kill = 0; kill < kills; kill += 1) {
        const done = await writeAndKill(home, code);
        const { vault, apps, tokens } = await openedBy(home, code);
        expect(vault.repair.report().damaged).toEqual([]);
        const state = {
          apps: apps.list().map(({ name }) => name),
          tokens: tokens.list(null).map(({ name }) => name),
        };
        expect([stateAfter(done), stateAfter(done + 1)]).toContainEqual(state);
        vault.close();
      }
      // What the killed ones had half written is cleared away by the next that writes.
      const { vault } = await openedBy(home, code);
      vault.acquireWriter();
      const files = readdirSync(home.path, { recursive: true, encoding: 'utf8' });
      expect(files.filter((name) => name.endsWith('.tmp'))).toEqual([]);
      vault.close();
    };
    await Promise.all([chain(70), chain(70), chain(60)]);
  });
});

/** Runs a program that adds tokens to `home` under a limit, and gives what it printed. */
function addTokensUnder(limit: string, home: TemporaryHome, code: string, uid?: number) {
  const program = join(PROGRAMS, 'add-tokens.ts');
  const { stdout, stderr } = spawnSync(
    '/bin/sh',
    ['-c', `${limit} exec "$0" "$@"`, process.execPath, program, home.path, code],
    { encoding: 'utf8', ...(uid === undefined ? {} : { uid }) },
  );
  return { printed: stdout.trim().split('\n'), stderr };
}

async function vaultWithApp() {
  const home = new TemporaryHome();
  const { vault, apps } = await home.create();
  apps.create({ name: 'Base' });
  const code = await vault.setRecoveryCode();
  vault.close();
  return { home, code };
}

describe.skipIf(process.platform === 'win32')('a disk that takes no more', () => {
  it('is called so, and what was saved before stays', async () => {
    const { home, code } = await vaultWithApp();
    using _home = home;
    const { printed } = addTokensUnder('ulimit -f 16;', home, code);
    const saved = Number(printed.at(-2));
    expect(saved).toBeGreaterThan(2);
    expect(printed.at(-1)).toMatch(/^WRITE_FAILED .*a file may not grow that large here, EFBIG/);
    const { vault, tokens } = await openedBy(home, code);
    expect(vault.repair.report().damaged).toEqual([]);
    expect(tokens.list(null)).toHaveLength(saved);
  });

  it.skipIf(process.getuid?.() !== 0)('such as one that is really full', async () => {
    const { home, code } = await vaultWithApp();
    using _home = home;
    const apps = join(home.path, 'apps');
    const [name = ''] = readdirSync(apps);
    const content = readFileSync(join(apps, name));
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=32k,mode=700', 'tmpfs', apps]);
    if (mounted.status !== 0)
      return expect(mounted.status, 'this system lets nobody mount').toBe(mounted.status);
    try {
      spawnSync('/bin/sh', ['-c', 'cat > "$0"', join(apps, name)], { input: content });
      const { printed } = addTokensUnder('', home, code);
      expect(printed.at(-1)).toMatch(/^WRITE_FAILED .*the disk is full, ENOSPC/);
      const { vault, tokens } = await openedBy(home, code);
      expect(vault.repair.report().damaged).toEqual([]);
      expect(tokens.list(null)).toHaveLength(Number(printed.at(-2)));
    } finally {
      spawnSync('umount', [apps]);
    }
  });

  it('or one that may only be read can be looked at, and is left as it is', async () => {
    const { home, code } = await vaultWithApp();
    using _home = home;
    const apps = join(home.path, 'apps');
    for (const path of [home.path, apps]) chmodSync(path, 0o555);
    for (const path of [
      join(home.path, 'vault.json'),
      ...readdirSync(apps).map((name) => join(apps, name)),
    ]) {
      chmodSync(path, 0o444);
    }
    // The superuser writes where nobody may: then somebody else looks.
    const uid = process.getuid?.() === 0 ? 65_534 : undefined;
    const before = readFileSync(join(home.path, 'vault.json'), 'utf8');
    const { printed } = addTokensUnder('', home, code, uid);
    expect(printed[0]).toBe('0');
    expect(printed.at(-1)).toMatch(/^WRITE_FAILED .*you may not write there/);
    expect(readFileSync(join(home.path, 'vault.json'), 'utf8')).toBe(before);
    for (const path of [home.path, apps]) chmodSync(path, 0o755);
  });
});
