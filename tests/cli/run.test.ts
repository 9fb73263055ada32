import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordingServer } from '../support/recording-server.ts';
import { TesseraCommand } from '../support/tessera-command.ts';

function request(name: string, seq: number, path: string, status: number): string {
  return [
    'info:',
    `  name: ${name}`,
    '  type: http',
    `  seq: ${seq}`,
    'http:',
    '  method: GET',
    `  url: ${path}`,
    '  auth:',
    '    type: bearer',
    '    token: "{{vault.main}}"',
    'runtime:',
    '  assertions:',
    '    - expression: res.status',
    '      operator: eq',
    `      value: "${status}"`,
    '',
  ].join('\n');
}

describe('a run', () => {
  it('sends all requests in order with their token, and fails where a check does not hold', async () => {
    await using server = await recordingServer((_request, response) => {
      response.end('{}');
    });
    using tessera = new TesseraCommand();
    await tessera.run(['vault', 'init']);
    await tessera.run(['app', 'add', 'Mine', '--base-url', server.url]);
    await tessera.run(['token', 'add', 'main', '--app', 'Mine', '--scheme', 'bearer', '--secret-stdin'], {
      input: 'tok-123456',
    });
    const folder = join(tessera.home, 'mine');
    mkdirSync(folder);
    writeFileSync(join(folder, 'opencollection.yml'), 'opencollection: "1.0.0"\ninfo:\n  name: Mine\n');
    writeFileSync(join(folder, 'z.yml'), request('first', 1, '/one', 200));
    writeFileSync(join(folder, 'a.yml'), request('second', 2, '/two', 404));

    const result = await tessera.run(['run', folder, '--app', 'Mine']);
    expect(result.code).toBe(1);
    expect(result.stdout).toMatch(/✓ GET first {2}200.*\n✗ GET second {2}200/);
    expect(result.stdout).toContain('1 passed, 1 failed, 0 without an answer');
    expect(server.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/one', 'Bearer tok-123456'],
      ['/two', 'Bearer tok-123456'],
    ]);

    const json = JSON.parse((await tessera.run(['run', folder, '--app', 'Mine', '--json', '--bail'])).stdout);
    expect(json).toMatchObject({ collection: 'Mine', passed: 1, failed: 1, errors: 0, cancelled: false });
  });
});
