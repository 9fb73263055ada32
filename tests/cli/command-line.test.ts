import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { everyCommand } from '../support/every-command.ts';
import {
  COMMAND_SOURCE,
  commandEnvironment,
  SECRET,
  TemporaryFolder,
  tessera,
  tesseraJson,
} from '../support/run-command.ts';
import { TemporaryHome } from '../support/temporary-vault.ts';

const home = new TemporaryHome();

beforeAll(async () => {
  const { vault, apps } = await home.create();
  for (const name of ['Billing', 'Phone']) apps.create({ name, baseUrl: 'https://api.example.com' });
  vault.close();
});
afterAll(() => home[Symbol.dispose]());

describe('the command line', () => {
  it('prints the version', async () => {
    expect(await tessera(['--version'])).toEqual({
      code: 0,
      stdout: `${packageJson.version}\n`,
      stderr: '',
    });
  });

  it.each([
    [['--help'], 'Exit codes:'],
    [['send', '--help'], 'tessera send GET /account'],
    [['token', 'add', '--help'], '--secret-stdin'],
    [['help', 'run'], 'Usage: tessera run'],
  ])('shows help with examples for %j', async (args, part) => {
    const { code, stdout, stderr } = await tessera(args);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(part);
    expect(stdout).not.toMatch(/--secret(?!-stdin)/);
  });

  it.each(
    everyCommand().map(({ name, command }) => [name, command] as const),
  )('says what %s does, with an example', (name, command) => {
    let help = '';
    command
      .configureOutput({
        writeOut: (text) => {
          help += text;
        },
      })
      .outputHelp();
    expect(command.description()).not.toBe('');
    expect(help).toMatch(new RegExp(`\\nExamples?:\\n(.*\\n)*?.*tessera ${name}\\b`));
    for (const option of command.options) {
      if (!option.hidden) expect([option.flags, option.description]).not.toEqual([option.flags, '']);
    }
  });

  it('without a command shows help on standard error and exits with 2', async () => {
    const { code, stdout, stderr } = await tessera([]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^Usage: tessera/);
  });

  it.each([
    [['tokn', 'list'], /unknown command 'tokn' \(Did you mean token\?\)/],
    [['token', 'lst'], /unknown command 'lst' \(Did you mean list\?\)/],
    [['app', 'list', '--jsn'], /unknown option '--jsn' \(Did you mean --json\?\)/],
    [['app', 'add'], /missing required argument 'name'/],
    [['send', '/x'], /required option '--app <app>' not specified/],
  ])('exits with 2 and a sentence for %j', async (args, sentence) => {
    const { code, stdout, stderr } = await tessera(args, { home: home.path });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^INVALID_INPUT: /);
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('prints errors as one JSON value on standard output with --json', async () => {
    const usage = await tesseraJson(['tokn']);
    expect(usage).toMatchObject({ code: 2, value: { error: { code: 'INVALID_INPUT' } }, stderr: '' });
    const missing = await tesseraJson([]);
    expect(missing).toMatchObject({ code: 2, value: { error: { code: 'INVALID_INPUT' } }, stderr: '' });
    const notFound = await tesseraJson(['app', 'show', 'Nobody'], { home: home.path });
    expect(notFound).toMatchObject({ code: 2, value: { error: { code: 'APP_NOT_FOUND' } }, stderr: '' });
  });

  it('takes global options before and after the command', async () => {
    const before = await tessera(['--home', home.path, '--json', 'app', 'list']);
    const after = await tessera(['app', 'list', '--json', '--home', home.path]);
    expect(before.code).toBe(0);
    expect(JSON.parse(before.stdout)).toHaveLength(2);
    expect(after).toEqual(before);
  });

  it('prefers --home to TESSERA_HOME', async () => {
    using other = new TemporaryFolder();
    const { value } = await tesseraJson(['vault', 'status', '--home', other.path], { home: home.path });
    expect(value).toMatchObject({ home: other.path, state: 'missing' });
  });

  it('does not repeat what was put where a secret does not belong', async () => {
    for (const args of [
      ['token', 'add', 'main', SECRET, '--app', 'Phone', '--scheme', 'bearer'],
      ['token', 'add', 'main', `--secert=${SECRET}`, '--app', 'Phone', '--scheme', 'bearer'],
      ['token', 'add', 'main', '--secert', SECRET, '--app', 'Phone', '--scheme', 'bearer'],
    ]) {
      // The output is searched for the secret by the helper itself.
      expect((await tessera(args, { home: home.path })).code).toBe(2);
    }
  });

  it('colours only where colours are wanted', async () => {
    const plain = await tessera(['app', 'list'], { home: home.path });
    expect(plain.stdout).not.toContain('\x1b');
    const forced = await tessera(['app', 'list'], { home: home.path, env: { FORCE_COLOR: '1' } });
    expect(forced.stdout).toContain('\x1b[1m');
    const off = await tessera(['app', 'list', '--no-color'], { home: home.path, env: { FORCE_COLOR: '1' } });
    expect(off.stdout).toBe(plain.stdout);
  });
});

describe('an unexpected error', () => {
  // Sorting two apps by name calls this. The secret is put together there, as a place names the script.
  const [half, rest] = [SECRET.slice(0, 9), SECRET.slice(9)];
  const thrown = `const secret = '${half}' + '${rest}'; throw new TypeError(secret + '\\n    at ' + secret);`;
  const broken = `data:text/javascript,Object.defineProperty(Intl.Collator.prototype, 'compare', { get: () => { ${thrown} } });`;
  const options = { home: home.path, nodeOptions: ['--import', broken] };

  it('exits with 70 and an id, without message or stack', async () => {
    const { code, stdout, stderr } = await tessera(['app', 'list'], options);
    expect([code, stdout]).toEqual([70, '']);
    expect(stderr).toMatch(/^UNEXPECTED: .* \([\da-f]{8}\)\. TESSERA_DEBUG=1 shows where\.\n$/);
  });

  it('gives the id as a detail with --json', async () => {
    const { code, value } = await tesseraJson(['app', 'list'], options);
    expect(code).toBe(70);
    expect(value).toMatchObject({
      error: { code: 'UNEXPECTED', details: { id: expect.stringMatching(/^[\da-f]{8}$/) } },
    });
  });

  it('shows kind and places with TESSERA_DEBUG=1, and no secret', async () => {
    const { stderr } = await tessera(['app', 'list'], { ...options, env: { TESSERA_DEBUG: '1' } });
    expect(stderr).toMatch(/^[\da-f]{8} TypeError\n {4}at /);
    expect(stderr).toContain('apps.ts');
  });
});

describe('a reader that has had enough', () => {
  it('ends the command quietly', async () => {
    const child = spawn(process.execPath, [COMMAND_SOURCE, 'send', '--help'], {
      env: commandEnvironment({}),
      cwd: tmpdir(),
    });
    child.stdout.destroy();
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    await once(child, 'exit');
    expect(complaint).toBe('');
  });
});
