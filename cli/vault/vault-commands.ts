import type { Command } from 'commander';
import type { CommandTarget } from '../command-line.ts';
import type { ChangePassphraseOptions } from './change-passphrase.ts';
import { addKeyCommands } from './key-commands.ts';
import type { RestoreOptions } from './restore-vault.ts';
import type { VerifyOptions } from './verify-vault.ts';

export function addVaultCommands({ program, perform }: CommandTarget): void {
  const vault = program.command('vault').description('the encrypted store');
  vault
    .command('init')
    .description('make a new vault')
    .addHelpText(
      'after',
      `
The passphrase comes from TESSERA_PASSPHRASE, --passphrase-file or a prompt. Nobody can tell you a forgotten one:
\`tessera vault key add recovery\` makes a code for that day.

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
  declareVerify(vault, perform);
  vault
    .command('change-passphrase')
    .description('give the vault another passphrase, or the same another cost')
    .option('--cost <name>', 'standard (64 MiB), high (256 MiB) or highest (1 GiB)')
    .addHelpText(
      'after',
      `
The new one comes from TESSERA_NEW_PASSPHRASE or a prompt. With TESSERA_RECOVERY_CODE in place of the old one,
a forgotten passphrase is replaced.

Example:
  tessera vault change-passphrase --cost high`,
    )
    .action((options: ChangePassphraseOptions, command: Command) =>
      perform(command, async (session) =>
        (await import('./change-passphrase.ts')).changePassphrase(session, options),
      ),
    );
  addKeyCommands(vault, { program, perform });
  declareBackup(vault, perform);
}

function declareVerify(vault: Command, perform: CommandTarget['perform']): void {
  vault
    .command('verify')
    .description('open everything in the vault; exits with 1 where something is damaged')
    .option('--set-aside', 'move what is damaged out of the vault, into a file of its own')
    .addHelpText('after', '\nExample:\n  tessera vault verify --json')
    .action((options: VerifyOptions, command: Command) =>
      perform(command, async (session) => (await import('./verify-vault.ts')).verifyVault(session, options)),
    );
}

function declareBackup(vault: Command, perform: CommandTarget['perform']): void {
  vault
    .command('backup <file>')
    .description('everything in one sealed file')
    .addHelpText(
      'after',
      `
It has a passphrase of its own: TESSERA_BACKUP_PASSPHRASE or a prompt; without either, the vault's.

Example:
  tessera vault backup tokens.tessera`,
    )
    .action((file: string, _options: object, command: Command) =>
      perform(command, async (session) => (await import('./back-up-vault.ts')).backUpVault(session, file)),
    );
  vault
    .command('restore [file]')
    .description('take in a backup, or an app that somebody exported')
    .option('--dry-run', 'say what would change, and change nothing')
    .option('--replace', 'make the vault what the backup is, instead of adding what is missing')
    .option('--undo', 'go back to what was there before the last restore')
    .addHelpText(
      'after',
      `
In a home without a vault it makes one, which the backup's passphrase opens.

Examples:
  tessera vault restore tokens.tessera --dry-run
  tessera vault restore tokens.tessera
  tessera vault restore --undo`,
    )
    .action((file: string | undefined, options: RestoreOptions, command: Command) =>
      perform(command, async (session) =>
        (await import('./restore-vault.ts')).restoreVault(session, file, options),
      ),
    );
}
