import type { Command } from 'commander';
import type { CommandTarget } from '../command-line.ts';

export function addSettingsCommands({ program, perform }: CommandTarget): void {
  const settings = program.command('settings').description('what you prefer; needs no passphrase');
  settings
    .command('list')
    .description('all settings and their values')
    .addHelpText('after', '\nExample:\n  tessera settings list --json')
    .action((_options: object, command: Command) =>
      perform(command, async (session) => (await import('./settings.ts')).listSettings(session)),
    );
  settings
    .command('set <name> <value>')
    .description('change one')
    .addHelpText(
      'after',
      `
Settings:
  autoLockMinutes      1 to 720, or never
  clipboardSeconds     5 to 600, or never
  confirmationMinutes  0 to 15
  contentProtection    true or false
  expiryLevels         days before a token's end to warn at, such as 30,7,1
  expiryNotifications  true or false
  theme                system, light or dark

Example:
  tessera settings set autoLockMinutes 5`,
    )
    .action((name: string, value: string, _options: object, command: Command) =>
      perform(command, async (session) => (await import('./settings.ts')).setSetting(session, name, value)),
    );
}
