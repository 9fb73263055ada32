import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Collections } from '../../../core/collections/collections.ts';
import { requestSchema } from '../../../shared/requests/request.ts';

const APP = 'app';
let home: string;
let folders: readonly string[];
let collections: Collections;
const options = { secretIn: () => null, tokenShape: () => ({ scheme: 'basic', field: null }) as const };

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tessera-collections-'));
  folders = [];
  collections = new Collections(home, {
    folders: () => folders,
    setFolders: (_appId, next) => {
      folders = next;
    },
  });
});
afterEach(() => rmSync(home, { recursive: true }));

const request = requestSchema.parse({
  method: 'POST',
  url: '/things?x=1',
  headers: [{ name: 'X-A', value: '1', enabled: false }],
  body: { kind: 'json', text: '{"a": 1}' },
  auth: { kind: 'token', name: 'main' },
  assertions: [{ expression: 'res.status', operator: 'eq', value: '201' }],
});

function saveNew(name = 'Make a thing') {
  const { id: collectionId } = collections.create(APP, 'Mine');
  const saved = collections.save(
    APP,
    { collectionId, path: null, folder: '', name, request, version: null },
    options,
  );
  return { collectionId, saved, file: join(collectionId, saved.path) };
}

describe('a saved request', () => {
  it('reads back as it was', () => {
    const { collectionId, saved } = saveNew();
    expect(collections.read(APP, collectionId, saved.path)).toMatchObject({
      name: 'Make a thing',
      request,
      notices: [],
    });
  });

  it('names its token in the standard fields and holds no value', () => {
    const { file } = saveNew();
    expect(readFileSync(file, 'utf8')).toContain('password: "{{vault.main}}"');
  });

  it('keeps comments, order and what it does not know, and touches only what changed', () => {
    const { collectionId, saved, file } = saveNew();
    const written = `# mine\n${readFileSync(file, 'utf8')}other:\n  tool: [1,   2] # theirs\n`;
    writeFileSync(file, written);
    const opened = collections.read(APP, collectionId, saved.path);
    const save = (url: string, version: string) =>
      collections.save(
        APP,
        {
          collectionId,
          path: saved.path,
          folder: '',
          name: opened.name,
          request: { ...opened.request, url },
          version,
        },
        options,
      );
    save(opened.request.url, opened.version);
    expect(readFileSync(file, 'utf8')).toBe(written);
    save('/other', opened.version);
    const after = readFileSync(file, 'utf8');
    expect(after).toMatch(/^# mine\n/);
    expect(after).toContain('# theirs');
    expect(after).toContain('url: /other');
  });

  it('says in its settings that it does without cookies or is tried again, and nothing where not', () => {
    const { collectionId, saved, file } = saveNew();
    expect(readFileSync(file, 'utf8')).not.toContain('settings');
    const change = (cookies: boolean, retries = 0) => {
      const { version } = collections.read(APP, collectionId, saved.path);
      const next = { ...request, cookies, retries };
      collections.save(
        APP,
        { collectionId, path: saved.path, folder: '', name: saved.name, request: next, version },
        options,
      );
      expect(collections.read(APP, collectionId, saved.path).request).toEqual(next);
      return readFileSync(file, 'utf8');
    };
    expect(change(false)).toContain('settings:\n  sendCookies: false\n');
    expect(change(true)).not.toContain('sendCookies');
    expect(change(true, 3)).toContain('retries: 3');
    expect(change(true)).not.toContain('retries');
  });

  it('that changed on disk meanwhile is not written over: both are kept', () => {
    const { collectionId, saved, file } = saveNew();
    writeFileSync(file, readFileSync(file, 'utf8').replace('POST', 'PUT'));
    const attempt = () =>
      collections.save(
        APP,
        { collectionId, path: saved.path, folder: '', name: 'Mine now', request, version: saved.version },
        options,
      );
    expect(attempt).toThrow(expect.objectContaining({ code: 'COLLECTION_CONFLICT' }));
    expect(readFileSync(file, 'utf8')).toContain('PUT');
    expect(readFileSync(join(collectionId, 'Make a thing (conflict).yml'), 'utf8')).toContain('Mine now');
  });

  it('is refused where it would hold a secret', () => {
    const { id: collectionId } = collections.create(APP, 'Mine');
    const save = { collectionId, path: null, folder: '', name: 'x', request, version: null };
    expect(() =>
      collections.save(APP, save, { ...options, secretIn: () => ({ kind: 'token', name: 'main' }) }),
    ).toThrow(expect.objectContaining({ code: 'SECRET_IN_FILE' }));
  });

  it.each(['../outside.yml', '/etc/passwd', 'a/../../b.yml', 'C:\\x.yml'])('cannot be at %s', (path) => {
    const { collectionId } = saveNew();
    expect(() => collections.read(APP, collectionId, path)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
  });

  it.each([
    ['elsewhere', () => join(home, 'outside')],
    ['beside it, where the name begins like its own', (collectionId: string) => `${collectionId} too`],
  ])('is not read or written through a link that leads out: %s', (_where, folder) => {
    const { collectionId } = saveNew();
    const outside = folder(collectionId);
    mkdirSync(outside);
    writeFileSync(join(outside, 'x.yml'), 'http:\n  url: /\n');
    symlinkSync(outside, join(collectionId, 'link'));
    expect(() => collections.read(APP, collectionId, 'link/x.yml')).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
  });

  it.each([
    'con',
    'a/b',
    '..',
    '<x>:|?*',
    'ü 名前',
    ' . ',
  ])('named %j gets a file that every system takes', async (name) => {
    const { collectionId, saved } = saveNew(name);
    expect(saved.path).toMatch(/^[\p{L}\p{N}_-][\p{L}\p{N} ._-]*\.yml$/u);
    expect((await collections.tree(APP, collectionId)).map((item) => item.name)).toEqual([name]);
  });
});

describe('a collection’s tree', () => {
  it('has folders first, then requests in the order of their seq', async () => {
    const { id: collectionId } = collections.create(APP, 'Mine');
    const write = (path: string, seq: number) =>
      writeFileSync(
        join(collectionId, path),
        `info:\n  name: ${path}\n  seq: ${seq}\nhttp:\n  method: GET\n  url: /\n`,
      );
    write('b.yml', 1);
    write('a.yml', 2);
    mkdirSync(join(collectionId, 'folder'));
    write('folder/c.yml', 1);
    const tree = await collections.tree(APP, collectionId);
    expect(tree.map(({ path }) => path)).toEqual(['folder', 'b.yml', 'a.yml']);
    expect(tree[0]?.items.map(({ path }) => path)).toEqual(['folder/c.yml']);
  });

  it('of a folder that the app does not list is refused', async () => {
    await expect(collections.tree(APP, '/etc')).rejects.toThrow(
      expect.objectContaining({ code: 'COLLECTION_NOT_FOUND' }),
    );
  });

  it.each([
    ['http: [', 'COLLECTION_INVALID'],
    ['http:\n  url: /\nhttp:\n  url: /two\n', 'COLLECTION_INVALID'],
    ['just text', 'COLLECTION_INVALID'],
    [
      'a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n',
      'COLLECTION_INVALID',
    ],
  ])('says by code that %j is no request', (text, code) => {
    const { collectionId } = saveNew();
    writeFileSync(join(collectionId, 'bad.yml'), text);
    expect(() => collections.read(APP, collectionId, 'bad.yml')).toThrow(expect.objectContaining({ code }));
  });
});
