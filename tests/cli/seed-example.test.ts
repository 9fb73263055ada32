import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { HttpRecorder } from '../support/http-recorder.ts';
import {
  COMMAND_SOURCE,
  type CommandResult,
  commandEnvironment,
  TemporaryFolder,
  tessera,
} from '../support/run-command.ts';
import { PASSPHRASE } from '../support/temporary-vault.ts';

const home = new TemporaryFolder();
const practice = spawn(process.execPath, [COMMAND_SOURCE, 'practice', '--port', '0'], {
  env: commandEnvironment({}),
});
let elsewhere: HttpRecorder;
let printed: Readonly<Record<string, string>>;

const run = (args: readonly string[], input = '') => tessera(args, { home: home.path, input });
const send = (...args: string[]): Promise<CommandResult> => run(['send', 'GET', ...args, '--app', 'Phone']);

/** What people copy: "token ID  token-ABC123". */
async function readPractice(): Promise<Record<string, string>> {
  const facts: Record<string, string> = {};
  for await (const line of createInterface({ input: practice.stdout })) {
    const [, name, value] = /^ {2}(base URL|token ID|token) +(\S+)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) facts[name] = value;
    if (name === 'token') break;
  }
  return facts;
}

beforeAll(async () => {
  [printed, elsewhere] = await Promise.all([readPractice(), HttpRecorder.start()]);
});

afterAll(async () => {
  practice.kill('SIGINT');
  await once(practice, 'exit');
  home[Symbol.dispose]();
  elsewhere.close();
});

it('works word for word, from an empty home to the answer', async () => {
  const { 'base URL': baseUrl = '', 'token ID': tokenId = '', token = '' } = printed;
  const init = await run(['vault', 'init']);
  const app = await run(['app', 'add', 'Phone', '--provider', 'sipgate', '--base-url', baseUrl]);
  const options = ['--scheme', 'basic', '--token-id', tokenId, '--secret-stdin', '--expires', '31-01-2037'];
  const added = await run(['token', 'add', 'main', '--app', 'Phone', ...options], token);
  const answer = await send('/account', '--token', 'main');
  expect([init.code, app.code, added.code, answer.code]).toEqual([0, 0, 0, 0]);
  expect(answer.stdout).toMatch(/^Status: 200 OK\nBody: \{"company":".+\}\n$/);
  expect(answer.stderr).toBe('');
});

it('shows 401 and what sipgate means by it where the token is wrong', async () => {
  const { 'token ID': tokenId = '' } = printed;
  const options = ['--scheme', 'basic', '--token-id', tokenId, '--secret-stdin'];
  await run(['token', 'add', 'wrong', '--app', 'Phone', ...options], crypto.randomUUID());
  const answer = await send('/account', '--token', 'wrong');
  expect(answer.stdout).toMatch(/^Status: 401 Unauthorized\nBody: /);
  expect(answer.stderr).toMatch(/^Hint: Token ID or token are wrong/m);
  expect(answer.code).toBe(0);
});

it('exits with 4 for an origin that is not allowed, and sends nothing there', async () => {
  const answer = await send(`${elsewhere.url}/x`, '--token', 'main');
  expect(answer.code).toBe(4);
  expect(answer.stderr).toMatch(/^ORIGIN_NOT_ALLOWED: .*Nothing was sent/);
  expect(elsewhere.requests).toHaveLength(0);
});

it('withholds the credential from another origin after a redirect', async () => {
  const { 'base URL': baseUrl = '', 'token ID': tokenId = '', token = '' } = printed;
  const redirect = new URL(`/redirect-to?url=${encodeURIComponent(`${elsewhere.url}/x`)}`, baseUrl).href;
  const answer = await send(redirect, '--token', 'main');
  expect(answer.stdout).toMatch(/^Status: 200 OK\n/);
  expect(answer.stderr).toContain(`withheld from ${elsewhere.url} (token)`);
  expect(elsewhere.requests).toHaveLength(1);
  expect(elsewhere.requests[0]?.headers).not.toHaveProperty('authorization');
  const basic = Buffer.from(`${tokenId}:${token}`).toString('base64');
  for (const secret of [token, basic, basic.slice(0, 12)]) expect(elsewhere.received).not.toContain(secret);
});

it('leaves nothing readable in the home', () => {
  const { 'token ID': tokenId = '', token = '' } = printed;
  const files = readdirSync(home.path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(home.path, name))
    .filter((path) => statSync(path).isFile());
  expect(files.length).toBeGreaterThanOrEqual(2);
  const contents = Buffer.concat(files.map((path) => readFileSync(path)));
  for (const kept of [token, tokenId, PASSPHRASE, 'Phone']) {
    const bytes = Buffer.from(kept);
    const forms = [bytes, bytes.toString('base64').replace(/=+$/, ''), bytes.toString('hex')];
    for (const form of [...forms, Buffer.from(kept, 'utf16le')]) expect(contents.includes(form)).toBe(false);
  }
});
