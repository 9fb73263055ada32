import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { findTokenReferences, renameTokenReferences } from '../../../core/collections/token-references.ts';
import { TemporaryHome } from '../../support/temporary-vault.ts';

let home: TemporaryHome;
let folder: string;
beforeEach(() => {
  home = new TemporaryHome();
  folder = join(home.path, 'checks');
  mkdirSync(join(folder, 'users'), { recursive: true });
  write('opencollection.yml', 'opencollection: 1.0.0\ninfo:\n  name: Checks\n');
  write('ping.yml', request('main'));
  write('other.yml', request('other'));
  write('users/folder.yml', `info:\n  name: Users\n${request('main', 'request')}`);
  write('users/list.yml', request('main'));
  return () => home[Symbol.dispose]();
});

const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const request = (token: string, section = 'http') =>
  `${section}:\n  url: /ping # as ever\n  auth:\n    type: bearer\n    token: "{{vault.${token}}}"\n`;
const find = () => findTokenReferences([folder], 'main');

describe('what names a token', () => {
  it('is found in requests and folders, and nowhere else', async () => {
    for (const skipped of ['node_modules', '.git', 'environments']) {
      mkdirSync(join(folder, skipped));
      write(`${skipped}/main.yml`, request('main'));
    }
    const { files, unread } = await find();
    expect(files.map(({ path }) => path)).toEqual(['ping.yml', 'users/folder.yml', 'users/list.yml']);
    expect(unread).toEqual([]);
  });

  it('is not followed out of the collection', async () => {
    const outside = join(home.path, 'outside.yml');
    writeFileSync(outside, request('main'));
    symlinkSync(outside, join(folder, 'link.yml'));
    symlinkSync(home.path, join(folder, 'all'));
    const { files } = await find();
    expect(files).toHaveLength(3);
  });

  it('is told apart from what cannot be read', async () => {
    write('broken.yml', 'a: [\ntoken: "{{vault.main}}"\n');
    writeFileSync(join(folder, 'bytes.yml'), Buffer.from([0xff, 0xfe, 0x00]));
    const { files, unread } = await findTokenReferences([folder, join(home.path, 'gone')], 'main');
    expect(files).toHaveLength(3);
    expect(unread.map(({ path, problem }) => [path, problem.code])).toEqual([
      ['broken.yml', 'COLLECTION_INVALID'],
      ['bytes.yml', 'COLLECTION_INVALID'],
      ['', 'COLLECTION_NOT_FOUND'],
    ]);
  });
});

describe('files that follow a token', () => {
  it('name it by its new name, and say which they are', async () => {
    const { changed, failed } = renameTokenReferences((await find()).files, 'main', 'first');
    expect(changed.map(({ path }) => path)).toEqual(['ping.yml', 'users/folder.yml', 'users/list.yml']);
    expect(failed).toEqual([]);
    expect(read('ping.yml')).toBe(request('first'));
    expect(read('other.yml')).toBe(request('other'));
    expect((await find()).files).toEqual([]);
  });

  it('keep what somebody has changed in them meanwhile', async () => {
    const { files } = await find();
    const edited = request('main').replace('/ping', '/pong');
    write('ping.yml', edited);
    write('users/list.yml', request('other'));
    rmSync(join(folder, 'users/folder.yml'));
    const { changed, failed } = renameTokenReferences(files, 'main', 'first');
    expect(changed.map(({ path }) => path)).toEqual(['ping.yml']);
    expect(read('ping.yml')).toBe(edited.replace('main', 'first'));
    expect(read('users/list.yml')).toBe(request('other'));
    expect(failed.map(({ path, problem }) => [path, problem.code])).toEqual([
      ['users/folder.yml', 'REQUEST_NOT_FOUND'],
    ]);
  });

  it('do not stop each other: one that cannot be changed is as it was, and is reported', async () => {
    const { files } = await find();
    write('ping.yml', `${request('main')}broken: [\n`);
    const { changed, failed } = renameTokenReferences(files, 'main', 'first');
    expect(changed.map(({ path }) => path)).toEqual(['users/folder.yml', 'users/list.yml']);
    expect(failed).toMatchObject([{ path: 'ping.yml', problem: { code: 'COLLECTION_INVALID' } }]);
    expect(read('ping.yml')).toBe(`${request('main')}broken: [\n`);
  });

  it('are reported where the disk refuses to write them', async () => {
    // The longest path that the system takes: there is no room for the name of a file to be written beside it.
    const part = 'd'.repeat(200);
    let deep = folder;
    while (deep.length + part.length < 4000) deep = join(deep, part);
    deep = join(deep, 'd'.repeat(4060 - deep.length));
    mkdirSync(deep, { recursive: true });
    writeFileSync(join(deep, 'a.yml'), request('main'));
    const { files } = await findTokenReferences([deep], 'main');
    const { changed, failed } = renameTokenReferences(files, 'main', 'first');
    expect(changed).toEqual([]);
    expect(failed).toMatchObject([{ path: 'a.yml', problem: { code: 'WRITE_FAILED' } }]);
    expect(readFileSync(join(deep, 'a.yml'), 'utf8')).toBe(request('main'));
  });
});
