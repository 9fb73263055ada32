import { resolve } from 'node:path';
import type { RunResult, RunSummary } from '../../shared/collections/run.ts';
import type { CommandTarget } from '../command-line.ts';
import { EXIT } from '../exit-code.ts';
import { printable } from '../terminal.ts';

export function addRunCommand({ program, execute }: CommandTarget): void {
  program
    .command('run <dir>')
    .description('run a collection, request after request, with its checks')
    .requiredOption('--app <app>', 'whose tokens may be used')
    .option('--bail', 'stop at the first request that does not pass')
    .action((folder: string, options: { app: string; bail?: boolean }, command) =>
      execute(command.optsWithGlobals(), async (session) => {
        const tessera = await session.unlocked();
        const summary = await tessera.run(tessera.apps.find(options.app).id, resolve(folder), {
          bail: options.bail ?? false,
          onResult: (result) => {
            if (!session.json) process.stdout.write(`${line(result)}\n`);
          },
        });
        session.print(summary, totals(summary));
        return summary.failed + summary.errors > 0 ? EXIT.failed : EXIT.done;
      }),
    );
}

function line({ outcome, method, name, response, error, durationMs }: RunResult): string {
  const mark = outcome === 'passed' ? '✓' : '✗';
  const status = response === null ? (error?.code ?? '') : String(response.status);
  const failures =
    response?.assertions
      .filter(({ passed }) => !passed)
      .map(({ message }) => `\n    ${printable(message)}`) ?? [];
  const reason = error === null ? '' : `\n    ${printable(error.message)}`;
  return `${mark} ${method} ${printable(name)}  ${status}  ${Math.round(durationMs)} ms${failures.join('')}${reason}`;
}

function totals({ passed, failed, errors, durationMs }: RunSummary): string {
  return `\n${passed} passed, ${failed} failed, ${errors} without an answer in ${Math.round(durationMs)} ms`;
}
