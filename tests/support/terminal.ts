import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { COMMAND_SOURCE, type CommandOptions, checkForSecrets, commandEnvironment } from './run-command.ts';

/** What is typed, each after the text that it answers has been shown. */
export type Dialogue = readonly (readonly [shown: string, typed: string])[];

/** Runs the command on a terminal of its own, by the program `script` of every Linux. */
export async function tesseraOnTerminal(
  args: readonly string[],
  dialogue: Dialogue,
  { redirection = '', ...options }: CommandOptions & { readonly redirection?: string } = {},
): Promise<{ readonly code: number | null; readonly screen: string }> {
  const quoted = [process.execPath, COMMAND_SOURCE, ...args].map(
    (part) => `'${part.replaceAll("'", "'\\''")}'`,
  );
  const child = spawn(
    'script',
    ['--quiet', '--return', '--command', `${quoted.join(' ')} ${redirection}`, '/dev/null'],
    {
      env: { ...commandEnvironment(options), TERM: 'xterm', SHELL: '/bin/sh' },
      cwd: options.cwd,
    },
  );
  let screen = '';
  let seen = 0;
  const left = [...dialogue];
  child.stdout.on('data', (chunk: Buffer) => {
    screen += chunk.toString();
    const next = left[0];
    if (next === undefined || !screen.slice(seen).includes(next[0])) return;
    seen = screen.length;
    left.shift();
    child.stdin.write(next[1]);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  checkForSecrets(screen);
  return { code, screen };
}
