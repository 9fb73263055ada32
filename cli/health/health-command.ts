import type { Command } from 'commander';
import type { CommandTarget } from '../command-line.ts';
import type { HealthOptions } from './show-health.ts';

export function addHealthCommand({ program, perform }: CommandTarget): void {
  program
    .command('health')
    .description('what could be better about tokens and apps, and what to do')
    .option('--app <app>', 'what concerns this app only')
    .option('--all', 'with what was dismissed in the window')
    .addHelpText(
      'after',
      `
Values that are kept twice, tokens that are compromised, refused, expired or never expire, broad scopes, tokens that
nobody uses, unencrypted and wildcard origins, certificates that are not verified.
Exits with 1 where a finding is of high or medium severity and was not dismissed; low ones are hints.

Examples:
  tessera health
  tessera health --app Phone --json`,
    )
    .action((options: HealthOptions, command: Command) =>
      perform(command, async (session) => (await import('./show-health.ts')).showHealth(session, options)),
    );
}
