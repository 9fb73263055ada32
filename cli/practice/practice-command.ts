import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { CommandTarget } from '../command-line.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';

export function addPracticeCommand({ program, execute }: CommandTarget): void {
  program
    .command('practice')
    .description('start the practice API on loopback, until Ctrl+C')
    .option('--port <n>', 'port; any free one when left out')
    .action((options: { port?: string }, command) =>
      execute(command.optsWithGlobals(), async (session) => {
        const script = join(import.meta.dirname, '..', 'practice', 'serve.js');
        const args = [
          script,
          ...(options.port === undefined ? [] : ['--port', options.port]),
          ...(session.json ? ['--json'] : []),
        ];
        // With a channel to this process, so that it ends when this process does, however that happens.
        const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
        for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
          process.once(signal, () => child.kill(signal));
        const [code] = (await once(child, 'exit')) as [number | null];
        return code === 0 || code === null
          ? undefined
          : ((code === EXIT.usage ? EXIT.usage : EXIT.unexpected) satisfies ExitCode);
      }),
    );
}
