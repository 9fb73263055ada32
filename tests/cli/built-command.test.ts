import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createBuilder } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HttpRecorder } from '../support/http-recorder.ts';
import { homeWithToken, tessera, tesseraJson } from '../support/run-command.ts';

const ROOT = join(import.meta.dirname, '..', '..');
// Inside the project, whose packages with native parts are not in the bundle.
mkdirSync(join(ROOT, '.cache'), { recursive: true });
const folder = mkdtempSync(join(ROOT, '.cache', 'built-command-'));
const program = join(folder, 'cli', 'tessera.js');

beforeAll(async () => {
  const builder = await createBuilder({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'warn' });
  for (const name of ['cli', 'practice'] as const) {
    const environment = builder.environments[name];
    if (environment === undefined) throw new Error(`There is no ${name} to build.`);
    environment.config.build.outDir = join(folder, name);
    await builder.build(environment);
  }
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the built command', () => {
  it('sends a request with a token', async () => {
    const server = await HttpRecorder.start();
    using home = await homeWithToken(server.url);
    const answer = await tessera(['send', '/x', '--app', 'Phone'], { home: home.path, program });
    expect(answer).toEqual({ code: 0, stdout: 'Status: 200 OK\nBody: {"ok":true}\n', stderr: '' });
    expect(server.requests[0]?.headers.authorization).toMatch(/^Bearer /);
    server.close();
  });

  it('finds the practice API beside it', async () => {
    const { value } = await tesseraJson(['practice', '--port', 'none'], { program });
    expect(value).toMatchObject({
      error: { code: 'INVALID_INPUT', message: expect.stringMatching(/A port/) },
    });
  });

  it('looks at the machine', async () => {
    const { code, stderr } = await tessera(['doctor'], { home: folder, program });
    expect([code, stderr]).toEqual([0, '']);
  });
});
