import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { homeWithToken, tessera, tesseraJson } from '../support/run-command.ts';
import type { TemporaryHome } from '../support/temporary-vault.ts';

let home: TemporaryHome;
let folder: string;
const request = (token: string) =>
  `http:\n  url: /ping # as ever\n  auth:\n    type: bearer\n    token: "{{vault.${token}}}"\n`;
const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const edit = (...args: string[]) =>
  tesseraJson(['token', 'edit', 'main', '--app', 'Phone', ...args], { home: home.path });

beforeEach(async () => {
  home = await homeWithToken('http://127.0.0.1:1');
  folder = join(home.path, 'checks');
  mkdirSync(folder);
  writeFileSync(join(folder, 'opencollection.yml'), 'opencollection: 1.0.0\ninfo:\n  name: Checks\n');
  for (const name of ['a.yml', 'b.yml']) writeFileSync(join(folder, name), request('main'));
  writeFileSync(join(folder, 'c.yml'), request('other'));
  const { vault, apps } = await home.unlock();
  apps.setCollections(apps.find('Phone').id, [folder]);
  vault.close();
  return () => home[Symbol.dispose]();
});

describe('token edit --name', () => {
  it('says which requests of the app’s collections name the token, and how to change them', async () => {
    const { code, value, stderr } = await edit('--name', 'first');
    expect(code).toBe(0);
    const left = [join(folder, 'a.yml'), join(folder, 'b.yml')];
    expect(value).toMatchObject({ name: 'first', requests: { changed: [], left, failed: [] } });
    expect(stderr).toMatch(/^Warning: 2 files of its app’s collections name it main and do not find it/m);
    expect(read('a.yml')).toBe(request('main'));

    const command = /`tessera (token edit \S+ --update-requests --renamed-from )"main"`/.exec(stderr)?.[1];
    const args = [...(command ?? '').trim().split(' '), 'main'];
    const later = await tesseraJson(args, { home: home.path });
    expect(later).toMatchObject({ code: 0, value: { name: 'first', requests: { changed: left } } });
    expect([read('a.yml'), read('b.yml'), read('c.yml')]).toEqual([
      request('first'),
      request('first'),
      request('other'),
    ]);
  });

  it('changes them with --update-requests, and says which', async () => {
    const args = ['token', 'edit', 'main', '--app', 'Phone', '--name', 'first', '--update-requests'];
    const { code, stdout, stderr } = await tessera(args, { home: home.path });
    expect([code, stdout]).toEqual([0, 'Changed first of Phone.\n']);
    expect(stderr).toBe(`Changed: 2 files: ${join(folder, 'a.yml')}, ${join(folder, 'b.yml')}.\n`);
    expect([read('a.yml'), read('b.yml')]).toEqual([request('first'), request('first')]);
  });

  it('reports one that cannot be changed, changes the others, and exits with 1', async () => {
    writeFileSync(join(folder, 'a.yml'), `${request('main')}broken: [\n`);
    const { code, value } = await edit('--name', 'first', '--update-requests');
    expect(code).toBe(1);
    expect(value).toMatchObject({
      name: 'first',
      requests: {
        changed: [join(folder, 'b.yml')],
        failed: [{ path: join(folder, 'a.yml'), code: 'COLLECTION_INVALID' }],
      },
    });
    expect(read('a.yml')).toBe(`${request('main')}broken: [\n`);
  });

  it('does not take requests from a token that has the name now', async () => {
    const { vault, apps, tokens } = await home.unlock();
    tokens.add(apps.find('Phone').id, { name: 'other', scheme: 'bearer', secret: 'another' });
    vault.close();
    const { code, value } = await edit('--update-requests', '--renamed-from', 'other');
    expect([code, value]).toEqual([2, { error: expect.objectContaining({ code: 'NAME_TAKEN' }) }]);
    expect(read('c.yml')).toBe(request('other'));
  });

  it('refuses a new name that holds a secret before anything is changed, where requests would hold it then', async () => {
    const { vault, apps, tokens } = await home.unlock();
    tokens.add(apps.find('Phone').id, { name: 'other', scheme: 'bearer', secret: 'name-and-secret' });
    vault.close();
    const { code, value } = await edit('--name', 'name-and-secret', '--update-requests');
    expect([code, value]).toEqual([4, { error: expect.objectContaining({ code: 'SECRET_IN_FILE' }) }]);
    expect(read('a.yml')).toBe(request('main'));
    expect((await edit('--note', 'called main still')).code).toBe(0);

    for (const path of ['a.yml', 'b.yml']) writeFileSync(join(folder, path), request('spare'));
    expect(await edit('--name', 'name-and-secret', '--update-requests')).toMatchObject({ code: 0 });
  });
});
