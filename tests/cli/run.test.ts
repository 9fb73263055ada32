import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HttpRecorder } from '../support/http-recorder.ts';
import {
  checkForSecrets,
  homeWithToken,
  TemporaryFolder,
  tessera,
  tesseraJson,
} from '../support/run-command.ts';
import type { TemporaryHome } from '../support/temporary-vault.ts';

let server: HttpRecorder;
let home: TemporaryHome;
const folder = new TemporaryFolder();
const run = (dir: string, ...options: string[]) =>
  tessera(['run', dir, '--app', 'Phone', ...options], { home: home.path, cwd: folder.path });

function write(name: string, seq: number, url: string, expected: number): void {
  const request = `info:
  name: ${name}
  type: http
  seq: ${seq}
http:
  method: GET
  url: ${url}
  auth: inherit
runtime:
  assertions:
    - expression: res.status
      operator: eq
      value: "${expected}"
`;
  writeFileSync(join(folder.path, `${name}.yml`), request);
}

beforeAll(async () => {
  server = await HttpRecorder.start();
  home = await homeWithToken(server.url);
  writeFileSync(join(folder.path, 'opencollection.yml'), 'opencollection: 1.0.0\ninfo:\n  name: Checks\n');
  write('first', 1, '/there', 200);
  write('second', 2, '/missing', 200);
  write('third', 3, '/there', 200);
});
beforeEach(() => {
  server.answer = (request, response) =>
    response.writeHead(request.url === '/missing' ? 404 : 200).end('{"ok":true}');
});
afterAll(() => {
  server.close();
  home[Symbol.dispose]();
  folder[Symbol.dispose]();
});

describe('run', () => {
  it('prints a line a request and what did not hold, and exits with 1', async () => {
    const { code, stdout } = await run('.');
    expect(code).toBe(1);
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^✓ GET first 200 \d+ ms$/);
    expect(lines[1]).toMatch(/^✗ GET second 404 \d+ ms$/);
    expect(lines[2]).toMatch(/^ {4}\S.*404/);
    expect(stdout).toMatch(/\n2 passed, 1 failed, 0 without an answer in \d+ ms\n$/);
    expect(server.requests.every(({ headers }) => headers.authorization !== undefined)).toBe(true);
  });

  it('stops at the first that does not pass with --bail', async () => {
    const { code, stdout } = await run('.', '--bail');
    expect(code).toBe(1);
    expect(stdout).not.toContain('third');
  });

  it('prints one summary with --json', async () => {
    const { code, value } = await tesseraJson(['run', folder.path, '--app', 'Phone'], { home: home.path });
    expect(code).toBe(1);
    expect(value).toMatchObject({ collection: 'Checks', passed: 2, failed: 1, errors: 0, cancelled: false });
  });

  it('says so where there is no collection', async () => {
    const { code, stderr } = await run('nowhere');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^COLLECTION_NOT_FOUND: .*opencollection\.yml/);
  });

  it('says first that the passphrase is wrong', async () => {
    const { code, stderr } = await tessera(['run', 'nowhere', '--app', 'Phone'], {
      home: home.path,
      cwd: folder.path,
      env: { TESSERA_PASSPHRASE: 'not the passphrase' },
    });
    expect(code).toBe(3);
    expect(stderr).not.toContain('COLLECTION_NOT_FOUND');
  });

  it.skipIf(process.platform === 'win32')('ends on Ctrl+C with what it had, and 130', async () => {
    let interrupt = () => {};
    server.answer = () => interrupt();
    const { code, stdout } = await tessera(['run', '.', '--app', 'Phone'], {
      home: home.path,
      cwd: folder.path,
      onStart: (child) => {
        interrupt = () => child.kill('SIGINT');
      },
    });
    expect(code).toBe(130);
    expect(stdout).toMatch(/✗ GET first CANCELLED/);
    expect(stdout).toMatch(/\nInterrupted: 0 passed/);
    expect(stdout).not.toContain('second');
  });
});

describe('run --reporter', () => {
  it('writes JUnit, JSON and HTML reports that say the same', async () => {
    const files = ['report.xml', 'report.json', 'report.html'];
    const reporters = ['junit', 'json', 'html'].flatMap((kind, index) => [
      '--reporter',
      `${kind}:${files[index]}`,
    ]);
    expect((await run('.', ...reporters)).code).toBe(1);
    const [xml = '', json = '', html = ''] = files.map((file) =>
      readFileSync(join(folder.path, file), 'utf8'),
    );
    expect(xml).toContain('<testsuite name="Checks" tests="3" failures="1" errors="0"');
    expect(xml).toContain('message="expected res.status to be 200, and it was 404"');
    expect(JSON.parse(json)).toMatchObject({ passed: 2, failed: 1, errors: 0 });
    expect(html).toContain('2 passed, 1 failed, 0 without an answer');
    for (const text of [xml, json, html]) checkForSecrets(text);
  });

  it.each([
    'pdf:report.pdf',
    'junit',
    'junit:',
    ':report.xml',
  ])('refuses %s before anything is sent', async (target) => {
    const before = server.requests.length;
    expect((await run('.', '--reporter', target)).code).toBe(2);
    expect(server.requests).toHaveLength(before);
  });

  it('refuses a file that cannot be written before anything is sent', async () => {
    const before = server.requests.length;
    expect((await run('.', '--reporter', 'junit:no/such/folder/report.xml')).code).toBe(2);
    expect(server.requests).toHaveLength(before);
  });
});
