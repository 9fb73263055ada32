import type { Command } from 'commander';
import type { CommandTarget } from '../command-line.ts';

/** `tessera vault key …`: the ways to open the vault. */
export function addKeyCommands(vault: Command, { perform }: CommandTarget): void {
  const key = vault.command('key').description('the ways to open the vault');
  key
    .command('list')
    .description('all ways to open it; needs no passphrase')
    .addHelpText('after', '\nExample:\n  tessera vault key list --json')
    .action((_options: object, command: Command) =>
      perform(command, async (session) => (await import('./keys.ts')).listKeys(session)),
    );
  key
    .command('add <kind>')
    .description('keychain: this computer’s keychain · recovery: a code to keep on paper')
    .addHelpText(
      'after',
      `
A recovery code is printed once, takes the place of an earlier one, and is given in TESSERA_RECOVERY_CODE.

Examples:
  tessera vault key add keychain
  tessera vault key add recovery`,
    )
    .action((kind: string, _options: object, command: Command) =>
      perform(command, async (session) => (await import('./keys.ts')).addKey(session, kind)),
    );
  key
    .command('remove <id>')
    .description('one way less; never the last that can be typed')
    .addHelpText('after', '\nExample:\n  tessera vault key remove 7d9f1c9e-6a1e-4c52-9a53-0f8a4f0a2f11')
    .action((id: string, _options: object, command: Command) =>
      perform(command, async (session) => (await import('./keys.ts')).removeKey(session, id)),
    );
}
