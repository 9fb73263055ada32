import type { Command } from 'commander';
import type { CommandTarget } from '../command-line.ts';

export function addVaultCommands({ program, perform }: CommandTarget): void {
  const vault = program.command('vault').description('the encrypted store');
  vault
    .command('init')
    .description('make a new vault')
    .addHelpText(
      'after',
      `
The passphrase comes from TESSERA_PASSPHRASE, --passphrase-file or a prompt. Nobody can recover it.

Examples:
  tessera vault init
  tessera vault init --home ./vault --passphrase-file ./passphrase`,
    )
    .action((_options: object, command: Command) =>
      perform(command, async (session) => (await import('./init-vault.ts')).initVault(session)),
    );
  vault
    .command('status')
    .description('whether there is a vault, where, and who is writing to it')
    .addHelpText('after', '\nNeeds no passphrase.\n\nExample:\n  tessera vault status --json')
    .action((_options: object, command: Command) =>
      perform(command, async (session) => (await import('./show-status.ts')).showStatus(session)),
    );
}
