import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LoopbackServer } from '../support/loopback-server.ts';
import { homeWithToken, TemporaryFolder, tesseraJson } from '../support/run-command.ts';

/** Wants to be asked again in a second, once. */
function busyServer(asked: number[]) {
  return LoopbackServer.start((_request, reply) => {
    asked.push(performance.now());
    if (asked.length === 1) reply.writeHead(429, { 'Retry-After': '1' }).end('busy');
    else reply.end('good');
  });
}

function collection(folder: string, method: string): void {
  writeFileSync(join(folder, 'opencollection.yml'), 'opencollection: 1.0.0\ninfo:\n  name: Checks\n');
  writeFileSync(
    join(folder, 'one.yml'),
    `info:\n  name: one\n  type: http\nhttp:\n  method: ${method}\n  url: /x\n  auth: inherit\n`,
  );
}

test('run --retry tries again when Retry-After has passed, and every report says so', async () => {
  const asked: number[] = [];
  await using server = await busyServer(asked);
  using home = await homeWithToken(server.url);
  using folder = new TemporaryFolder();
  collection(folder.path, 'GET');
  const reporters = ['junit', 'json', 'html'].flatMap((kind) => ['--reporter', `${kind}:report.${kind}`]);
  const args = ['run', '.', '--app', 'Phone', '--retry', '3', ...reporters];
  const { code, value } = await tesseraJson(args, { home: home.path, cwd: folder.path });
  expect(code).toBe(0);
  const results = [{ outcome: 'passed', response: { attempts: [{ status: 429, waitedMs: 1000 }] } }];
  expect(value).toMatchObject({ passed: 1, results });
  const [first = 0, second = 0, ...more] = asked;
  expect(more).toEqual([]);
  // A timer may be a little early.
  expect(second - first).toBeGreaterThan(990);
  const report = (kind: string) => readFileSync(join(folder.path, `report.${kind}`), 'utf8');
  expect(JSON.parse(report('json'))).toMatchObject({ results });
  expect(report('junit')).toContain('<system-out>Tried 2 times: 429 before.</system-out>');
  expect(report('html')).toContain('<small>Tried 2 times: 429 before.</small>');
});

test('run --retry never sends a POST again', async () => {
  const asked: number[] = [];
  await using server = await busyServer(asked);
  using home = await homeWithToken(server.url);
  using folder = new TemporaryFolder();
  collection(folder.path, 'POST');
  const args = ['run', folder.path, '--app', 'Phone', '--retry', '3'];
  const { code, value } = await tesseraJson(args, { home: home.path });
  expect(code).toBe(1);
  expect(value).toMatchObject({ failed: 1, results: [{ response: { status: 429, attempts: [] } }] });
  expect(asked).toHaveLength(1);
});

test('a run without --retry asks once', async () => {
  const asked: number[] = [];
  await using server = await busyServer(asked);
  using home = await homeWithToken(server.url);
  using folder = new TemporaryFolder();
  collection(folder.path, 'GET');
  const { code } = await tesseraJson(['run', folder.path, '--app', 'Phone'], { home: home.path });
  expect(code).toBe(1);
  expect(asked).toHaveLength(1);
});
