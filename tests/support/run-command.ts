import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { vi } from 'vitest';
import { PASSPHRASE, TemporaryHome } from './temporary-vault.ts';

// Several processes a test, each with a vault to open: a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ROOT = join(import.meta.dirname, '..', '..');
export const COMMAND_SOURCE = join(ROOT, 'cli', 'tessera.ts');

/** What the tests keep in vaults. No output of any command may hold it, in plain or in Base64. */
export const SECRET = 'S3cret-0f-the-te5ts-d41d8cd98f00';

export interface CommandOptions {
  readonly home?: string;
  readonly input?: string | Buffer;
  /** `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** The program; left out: the source. */
  readonly program?: string;
  readonly nodeOptions?: readonly string[];
  /** Called with the process as soon as it runs. */
  readonly onStart?: (child: ChildProcess) => void;
}

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An environment of its own: what is set on this machine must not decide how a test ends. */
export function commandEnvironment({ home, env = {} }: CommandOptions): Record<string, string> {
  const { PATH = '', SystemRoot } = process.env;
  const all = {
    PATH,
    SystemRoot,
    HOME: tmpdir(),
    NODE_COMPILE_CACHE: join(ROOT, '.cache', 'compile'),
    TESSERA_PASSPHRASE: PASSPHRASE,
    TESSERA_HOME: home,
    ...env,
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** Runs the command as a process of its own, as a shell would. */
export async function tessera(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const program = options.program ?? COMMAND_SOURCE;
  const child = spawn(process.execPath, [...(options.nodeOptions ?? []), program, ...args], {
    env: commandEnvironment(options),
    cwd: options.cwd ?? tmpdir(),
  });
  options.onStart?.(child);
  // The command may have said no before it has read everything.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  checkForSecrets(stdout + stderr);
  return { code, stdout, stderr };
}

/** @throws where the output of a command holds what must never be shown */
export function checkForSecrets(output: string): void {
  for (const secret of [SECRET, PASSPHRASE]) {
    const base64 = Buffer.from(secret).toString('base64').slice(0, -4);
    if (output.includes(secret) || output.includes(base64))
      throw new Error(`A secret stands in the output of the command: ${output.slice(0, 500)}`);
  }
}

/** With `--json`: the one value on standard output. */
export async function tesseraJson(
  args: readonly string[],
  options: CommandOptions = {},
): Promise<{ readonly code: number | null; readonly value: unknown; readonly stderr: string }> {
  const { code, stdout, stderr } = await tessera([...args, '--json'], options);
  return { code, value: JSON.parse(stdout), stderr };
}

/** A folder of a test's own. */
export class TemporaryFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'tessera-command-'));

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** A vault that costs little to open, with one app and its one token `main`. */
export async function homeWithToken(baseUrl: string): Promise<TemporaryHome> {
  const home = new TemporaryHome();
  const { vault, apps, tokens } = await home.create();
  const { id } = apps.create({ name: 'Phone', provider: 'sipgate', baseUrl });
  tokens.add(id, { name: 'main', scheme: 'bearer', secret: SECRET });
  vault.close();
  return home;
}
