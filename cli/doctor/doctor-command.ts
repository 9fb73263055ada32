import type { Command } from 'commander';
import type { CommandTarget } from '../command-line.ts';

export function addDoctorCommand({ program, perform }: CommandTarget): void {
  program
    .command('doctor')
    .description('what works on this machine, and what to do where it does not')
    .addHelpText(
      'after',
      '\nChanges nothing, and needs no passphrase. Exits with 1 where Tessera cannot be used.\n\nExample:\n  tessera doctor --json',
    )
    .action((_options: object, command: Command) =>
      perform(command, async (session) => (await import('./doctor.ts')).doctor(session)),
    );
}
