import type { Command } from 'commander';
import type { CommandTarget } from '../command-line.ts';
import { repeated } from '../repeated-option.ts';
import type { RunOptions } from './run.ts';

export function addRunCommand({ program, perform }: CommandTarget): void {
  program
    .command('run <dir>')
    .description('run a collection, request after request, with its checks')
    .requiredOption('--app <app>', 'whose tokens may be used')
    .option('--reporter <kind:file>', 'write a report: junit, json or html; repeatable', repeated)
    .option('--bail', 'stop at the first request that does not pass')
    .option(
      '--retry <n>',
      'further tries of each request after 429, 502, 503, 504 or a failed connection (0)',
    )
    .addHelpText(
      'after',
      `
DIR holds an opencollection.yml. A request without checks passes below 400. Exits with 1 where one does not pass.

Examples:
  tessera run ./api-checks --app Phone
  tessera run ./api-checks --app Phone --bail --json
  tessera run ./api-checks --app Phone --reporter junit:report.xml --reporter html:report.html`,
    )
    .action((folder: string, options: RunOptions, command: Command) =>
      perform(command, async (session) => (await import('./run.ts')).run(session, folder, options)),
    );
}
