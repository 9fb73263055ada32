import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WriterLock } from '../../../core/vault/writer-lock.ts';
import { TemporaryHome } from '../../support/temporary-vault.ts';

test('however many locks are held, the end of the process has one listener for them', () => {
  using home = new TemporaryHome();
  const before = process.listenerCount('exit');
  const locks = Array.from({ length: 20 }, (_, index) => new WriterLock(join(home.path, `${index}.lock`)));
  for (const lock of locks) lock.acquire();
  expect(process.listenerCount('exit')).toBe(before);
  for (const lock of locks) lock.release();
});

test('a process that ends releases every lock that it held', () => {
  using home = new TemporaryHome();
  const paths = ['a.lock', 'b.lock'].map((name) => join(home.path, name));
  const module = new URL('../../../core/vault/writer-lock.ts', import.meta.url).href;
  const program = `
    import { existsSync, writeFileSync } from 'node:fs';
    import { WriterLock } from ${JSON.stringify(module)};
    for (const path of ${JSON.stringify(paths)}) {
      new WriterLock(path).acquire();
      console.log(existsSync(path));
    }
    process.exit(3);`;
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', program]);
  expect([status, stdout.toString()]).toEqual([3, 'true\ntrue\n']);
  expect(paths.filter(existsSync)).toEqual([]);
});

test.runIf(process.platform === 'linux')(
  'a holder that is gone is not taken for the process that has its number now',
  () => {
    using home = new TemporaryHome();
    const path = join(home.path, 'a.lock');
    const lock = new WriterLock(path);
    writeFileSync(path, JSON.stringify({ pid: process.ppid, startedAt: null, nonce: 'of another' }));
    expect(lock.otherHolder()).toBe(process.ppid);
    writeFileSync(
      path,
      JSON.stringify({ pid: process.ppid, startedAt: 'another time', nonce: 'of another' }),
    );
    expect(lock.otherHolder()).toBeNull();
    expect(lock.acquire()).toBe(true);
    lock.release();
  },
);
