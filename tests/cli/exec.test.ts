import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  COMMAND_SOURCE,
  type CommandOptions,
  commandEnvironment,
  SECRET,
  TemporaryFolder,
  tessera,
} from '../support/run-command.ts';
import { TemporaryHome } from '../support/temporary-vault.ts';
import { tesseraOnTerminal } from '../support/terminal.ts';

const OTHER_SECRET = 'an0ther-secret/of+the-app';
const home = new TemporaryHome();
const isWindows = process.platform === 'win32';

/** A program that is here on every system. */
const node = (script: string, ...args: string[]) => ['--', process.execPath, '-e', script, ...args];
const exec = (args: readonly string[], options: CommandOptions = {}) =>
  tessera(['exec', '--app', 'Phone', ...args], { home: home.path, ...options });

/** Prints how long the value of each variable is: the values themselves are masked. */
const LENGTHS = 'for (const name of process.argv.slice(1)) console.log(name, process.env[name]?.length)';

beforeAll(async () => {
  const { vault, apps, tokens } = await home.create();
  const phone = apps.create({ name: 'Phone' });
  const one = apps.create({ name: 'One' });
  const common = { scheme: 'bearer', secret: SECRET } as const;
  tokens.add(phone.id, { ...common, name: 'main', scheme: 'basic', tokenId: 'token-ABC123' });
  tokens.add(phone.id, { ...common, name: 'spare', secret: OTHER_SECRET });
  tokens.add(phone.id, { ...common, name: 'old', expiresAt: '2020-01-31T12:00:00Z' });
  const leaked = tokens.add(phone.id, { ...common, name: 'leaked' });
  tokens.markCompromised([{ appId: phone.id, tokenId: leaked.id }], true);
  for (const name of ['unused', 'early']) tokens.add(phone.id, { ...common, name });
  tokens.add(one.id, { ...common, name: 'theirs' });
  apps.update(phone.id, { defaultToken: 'spare' });
  vault.close();
});
afterAll(() => home[Symbol.dispose]());

describe('exec', () => {
  it('puts tokens into the variables that are named, with the public half of a basic one', async () => {
    const { code, stdout } = await exec([
      '--set',
      'A=main',
      '--set',
      'B=spare',
      ...node(`${LENGTHS}; console.log(process.env.A_ID)`, 'A', 'B', 'B_ID', 'TESSERA_TOKEN'),
    ]);
    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      `A ${SECRET.length}`,
      `B ${OTHER_SECRET.length}`,
      'B_ID undefined',
      'TESSERA_TOKEN undefined',
      'token-ABC123',
      '',
    ]);
  });

  it('adds them to the environment that there is, over what stands there', async () => {
    const script = 'console.log(process.env.MINE, process.env.A?.length)';
    const { stdout } = await exec(['--set', 'A=main', ...node(script)], { env: { MINE: 'mine', A: 'mine' } });
    expect(stdout).toBe(`mine ${SECRET.length}\n`);
  });

  it('shows the end of an output that looks like the beginning of a secret', async () => {
    const start = SECRET.slice(0, 7);
    expect((await exec(node(`process.stdout.write(${JSON.stringify(start)})`))).stdout).toBe(start);
  });

  it('is done with the vault before the program runs', async () => {
    const written = Promise.withResolvers<string | null>();
    await exec(['--set', 'A=early', ...node('console.log("up"); process.stdin.resume()')], {
      onStart: (child) => {
        const end = child.stdin?.end.bind(child.stdin);
        if (child.stdin !== null) child.stdin.end = () => child.stdin as never;
        // Its last act is to write down the use.
        child.stdout?.once('data', async () => {
          const { vault, apps, tokens } = await home.unlock();
          written.resolve(tokens.find(apps.find('Phone').id, 'early').lastUsedAt);
          vault.close();
          end?.();
        });
      },
    });
    expect(await written.promise).not.toBeNull();
  });

  it('without --set gives the token that requests use, as TESSERA_TOKEN', async () => {
    const { stdout } = await exec(node(LENGTHS, 'TESSERA_TOKEN'));
    expect(stdout).toBe(`TESSERA_TOKEN ${OTHER_SECRET.length}\n`);
  });

  it('keeps the passphrase from the program, and the tokens out of every argument list', async () => {
    const script = `
      console.log(process.env.TESSERA_PASSPHRASE);
      console.log(JSON.stringify(process.argv.concat(process.execArgv)).includes(process.env.A));`;
    const { stdout } = await exec(['--set', 'A=main', ...node(script)]);
    expect(stdout).toBe('undefined\nfalse\n');
  });

  // That no secret comes through, the helper checks as well.
  it('masks every secret of the app in both outputs, also in parts and encoded', async () => {
    const script = `
      const { A, B } = process.env;
      const [first, second] = [A.slice(0, 7), A.slice(7)];
      process.stdout.write('out ' + first);
      process.stderr.write('err ' + Buffer.from('id:' + A).toString('base64') + '\\n');
      setTimeout(() => process.stdout.write(second + ' and ' + encodeURIComponent(B) + '\\n'), 50);`;
    const { code, stdout, stderr } = await exec(['--set', 'A=main', '--set', 'B=spare', ...node(script)]);
    expect(code).toBe(0);
    expect(stdout).toBe('out •••• and ••••\n');
    expect(stderr).toMatch(/^err .{1,6}••••.{0,4}\n$/);
  });

  it('shows a prompt before it is answered, and passes the answer on', async () => {
    const script = `
      process.stdout.write('Sure? ');
      process.stdin.once('data', (answer) => { console.log('said ' + answer); process.exit(); });`;
    let screen = '';
    const { stdout } = await exec(node(script), {
      onStart: ({ stdin, stdout: output }) => {
        const end = stdin?.end.bind(stdin);
        // The helper ends the input at once: here it waits for the question.
        if (stdin !== null) stdin.end = () => stdin;
        output?.on('data', (chunk: Buffer) => {
          screen += chunk.toString();
          if (screen === 'Sure? ') end?.('yes');
        });
      },
    });
    expect(stdout).toBe('Sure? said yes\n');
  });

  it('hands on what the program reads, to the last byte', async () => {
    const input = Buffer.alloc(300_000, 'x');
    const script =
      'let n = 0; process.stdin.on("data", (d) => { n += d.length }).on("end", () => console.log(n))';
    expect((await exec(node(script), { input })).stdout).toBe('300000\n');
  });

  it('passes arguments on as they are, its own options among them', async () => {
    const script = 'console.log(JSON.stringify(process.argv.slice(1)))';
    const { stdout } = await exec(node(script, '--', '--json', '--app', 'a b', '$HOME', '*'));
    expect(JSON.parse(stdout)).toEqual(['--json', '--app', 'a b', '$HOME', '*']);
  });

  it('is a use of the token', async () => {
    await exec(['--set', 'A=unused', ...node('')]);
    const { vault, apps, tokens } = await home.unlock();
    const { lastUsedAt } = tokens.find(apps.find('Phone').id, 'unused');
    vault.close();
    expect(lastUsedAt).not.toBeNull();
  });

  it('answers with the program’s exit code', async () => {
    for (const code of [0, 1, 42, 255]) {
      expect((await exec(node(`process.exit(${code})`))).code).toBe(code);
    }
  });
});

/** Reads a little of the output and closes it, as `| head` does. */
async function codeWithoutReader(args: readonly string[]): Promise<number | null> {
  const child = spawn(process.execPath, [COMMAND_SOURCE, 'exec', '--app', 'Phone', ...args], {
    env: commandEnvironment({ home: home.path }),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  child.stdout.once('data', () => child.stdout.destroy());
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

describe.skipIf(isWindows)('a program whose output nobody reads any more', () => {
  it('goes on to its end, which gives the exit code', async () => {
    using folder = new TemporaryFolder();
    const end = join(folder.path, 'end');
    // Tells of its end in a file; what it prints meets a closed pipe.
    const script = `
      process.stdout.on('error', () => {
        require('node:fs').writeFileSync(process.argv[1], 'reached');
        process.exit(42);
      });
      setInterval(() => console.log('more'), 5);`;
    expect(await codeWithoutReader(node(script, end))).toBe(42);
    expect(readFileSync(end, 'utf8')).toBe('reached');
  });
});

describe.skipIf(isWindows)('a program that leaves another one with its outputs', () => {
  it('is waited for no longer than until exec is told to end, and has given the exit code', async () => {
    const script = `
      const { pid } = require('node:child_process').spawn(
        process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'inherit' });
      console.log(process.pid + ' ' + pid);
      process.exit(3);`;
    const { code, stdout } = await exec(node(script), {
      onStart: (child) =>
        child.stdout?.once('data', async (line: Buffer) => {
          await vi.waitUntil(() => !isRunning(Number.parseInt(line.toString(), 10)), { timeout: 30_000 });
          child.kill('SIGHUP');
        }),
    });
    process.kill(Number(stdout.split(' ')[1]));
    expect(code).toBe(3);
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe.skipIf(isWindows)('a program that is told to end', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('by %s ends by it, and exec with %d', async (signal, expected) => {
    const { code } = await exec(node('console.log("up"); setInterval(() => {}, 1000)'), {
      onStart: whenUp((child) => child.kill(signal)),
    });
    expect(code).toBe(expected);
  });

  it('may end in its own way', async () => {
    const script =
      'process.on("SIGTERM", () => { console.log("tidy"); process.exit(7) }); console.log("up"); setInterval(() => {}, 1000)';
    const { code, stdout } = await exec(node(script), { onStart: whenUp((child) => child.kill('SIGTERM')) });
    expect([code, stdout]).toEqual([7, 'up\ntidy\n']);
  });

  // In a session of its own, the program has Ctrl+C from nobody but whoever passes it on.
  it.each([
    '',
    '</dev/null',
  ])('has Ctrl+C from its terminal, not from exec as well: %s', async (redirection) => {
    const script = `
      process.on("SIGINT", () => console.log("passed on"));
      console.log("up");
      setTimeout(() => console.log("over"), 1500);`;
    const { screen } = await tesseraOnTerminal(
      ['exec', '--app', 'Phone', '--', 'setsid', ...node(script).slice(1)],
      [['up', '\x03']],
      { home: home.path, redirection },
    );
    expect(screen).toMatch(/up[\s\S]*\^C[\s\S]*over/);
    expect(screen).not.toContain('passed on');
  });

  it('gets Ctrl+C on a terminal', async () => {
    const script = `
      process.on("SIGINT", () => { console.log("tidy"); process.exit(7); });
      console.log("up");
      setInterval(() => {}, 1000);`;
    const { screen } = await tesseraOnTerminal(
      ['exec', '--app', 'Phone', ...node(script)],
      [['up', '\x03']],
      { home: home.path },
    );
    expect(screen).toContain('tidy');
  });
});

/** Does `act` as soon as the program has said "up". */
function whenUp(act: (child: ChildProcess) => void): (child: ChildProcess) => void {
  return (child) => child.stdout?.once('data', () => act(child));
}

describe('exec says no', () => {
  it.each([
    ['another app’s token', ['--set', 'A=theirs'], 4, 'TOKEN_OF_OTHER_APP'],
    ['an expired token', ['--set', 'A=old'], 4, 'TOKEN_EXPIRED'],
    ['a compromised token', ['--set', 'A=leaked'], 4, 'TOKEN_COMPROMISED'],
    ['a token that is not there', ['--set', 'A=nobody'], 2, 'TOKEN_NOT_FOUND'],
    ['a variable without a token', ['--set', 'A='], 2, 'INVALID_INPUT'],
    ['a token without a variable', ['--set', '=main'], 2, 'INVALID_INPUT'],
    ['a name that no variable has', ['--set', 'A-B=main'], 2, 'INVALID_INPUT'],
    ['a variable for two tokens', ['--set', 'A=main', '--set', 'a=spare'], 2, 'INVALID_INPUT'],
    [
      'a variable that the ID of another token needs',
      ['--set', 'A=main', '--set', 'A_ID=spare'],
      2,
      'INVALID_INPUT',
    ],
  ])('to %s', async (_what, args, expected, errorCode) => {
    const { code, stdout, stderr } = await exec([...args, ...node('console.log("ran")')]);
    expect([code, stdout]).toEqual([expected, '']);
    expect(stderr).toMatch(new RegExp(`^${errorCode}: `));
  });

  it('to an app with several tokens and no default', async () => {
    using mine = new TemporaryHome();
    const { vault, apps, tokens } = await mine.create();
    const { id } = apps.create({ name: 'Phone' });
    for (const name of ['a', 'b']) tokens.add(id, { name, scheme: 'bearer', secret: SECRET });
    vault.close();
    const { code, stderr } = await exec(node(''), { home: mine.path });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^TOKEN_NOT_FOUND: .*--set VAR=TOKEN/);
  });

  it('as JSON with --json, which the program’s own --json does not ask for', async () => {
    const { code, stdout } = await exec(['--json', '--set', 'A=theirs', ...node('')]);
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'TOKEN_OF_OTHER_APP' } });
    const plain = await exec(['--set', 'A=theirs', '--', 'x', '--json']);
    expect(plain.stderr).toMatch(/^TOKEN_OF_OTHER_APP: /);
  });

  it('passes an expired or compromised token on when told to', async () => {
    const { stdout } = await exec(['--send-expired', '--set', 'A=old', ...node(LENGTHS, 'A')]);
    expect(stdout).toBe(`A ${SECRET.length}\n`);
    const leaked = await exec(['--send-compromised', '--set', 'A=leaked', ...node(LENGTHS, 'A')]);
    expect(leaked.stdout).toBe(stdout);
  });

  it('says of a token that it keeps back that the program was not started', async () => {
    for (const name of ['old', 'leaked']) {
      const { stderr } = await exec(['--set', `A=${name}`, ...node('')]);
      expect(stderr).toMatch(/The program was not started\. .* with --send-(expired|compromised)\.\n$/);
      expect(stderr).not.toContain('Nothing was sent');
    }
  });

  it('to a program without a name', async () => {
    const { code, stderr } = await exec(['--', '']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^INVALID_INPUT: The program has no name/);
  });

  it('with 127 to a program that is not there', async () => {
    const { code, stderr } = await exec(['--', 'tessera-no-such-program']);
    expect(code).toBe(127);
    expect(stderr).toMatch(/^PROGRAM_NOT_FOUND: /);
  });

  it.skipIf(isWindows)('with 126 to a file that is no program', async () => {
    using folder = new TemporaryFolder();
    const path = join(folder.path, 'notes.txt');
    writeFileSync(path, 'no program');
    const { code, stderr } = await exec(['--', path]);
    expect(code).toBe(126);
    expect(stderr).toMatch(/^PROGRAM_NOT_EXECUTABLE: /);
  });
});
