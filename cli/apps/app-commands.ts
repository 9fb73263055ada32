import type { Command } from 'commander';
import { PROVIDER_IDS } from '../../shared/providers/provider.ts';
import type { CommandTarget } from '../command-line.ts';
import { addConnectionCommand } from '../connections/connection-commands.ts';
import { repeated } from '../repeated-option.ts';
import { printable } from '../terminal.ts';
import type { AddAppOptions } from './add-app.ts';
import { appTable, describeApp } from './describe-app.ts';
import type { EditAppOptions } from './edit-app.ts';

const CHECK_OPTION =
  'request that tells whether a token works, such as "GET /me"; the provider’s when left out';

export function addAppCommands({ program, perform }: CommandTarget): void {
  const app = program.command('app').description('applications that use tokens');
  app
    .command('add <name>')
    .description('keep a new app')
    .option('--provider <id>', PROVIDER_IDS.join(', '))
    .option('--base-url <url>', 'where paths start; the provider’s own when left out')
    .option('--variable <name=value>', 'a part in braces of the provider’s base URL, repeatable', repeated)
    .option(
      '--allow <origin>',
      'origin that may receive its tokens, repeatable; the base URL’s when left out',
      repeated,
    )
    .option('--check <request>', CHECK_OPTION)
    .addHelpText(
      'after',
      `
Tokens of an app go to its allowed origins and nowhere else, at a redirect neither.

Examples:
  tessera app add Phone --provider sipgate
  tessera app add Cloud --provider virtuozzo --variable platformDomain=cloud.example.com
  tessera app add Billing --base-url https://api.example.com/v1 --allow https://api.example.com --allow 'https://*.example.net'`,
    )
    .action((name: string, options: AddAppOptions, command: Command) =>
      perform(command, async (session) => (await import('./add-app.ts')).addApp(session, name, options)),
    );
  declareEdit(app, perform);
  app
    .command('list')
    .description('all apps')
    .addHelpText('after', '\nExample:\n  tessera app list --json')
    .action((_options: object, command: Command) =>
      perform(command, async (session) => {
        const apps = (await session.unlocked()).apps.list();
        session.print(apps, appTable(apps));
        return undefined;
      }),
    );
  app
    .command('show <name>')
    .description('one app, by name or id')
    .addHelpText('after', '\nExample:\n  tessera app show Phone')
    .action((name: string, _options: object, command: Command) =>
      perform(command, async (session) => {
        const found = (await session.unlocked()).apps.find(name);
        session.print(found, describeApp(found));
        return undefined;
      }),
    );
  addConnectionCommand(app, perform);
  app
    .command('remove <name>')
    .description('destroy an app’s key, and with it its tokens; its collection files stay')
    .addHelpText('after', '\nThere is no way back.\n\nExample:\n  tessera app remove Phone')
    .action((name: string, _options: object, command: Command) =>
      perform(command, async (session) => {
        const { apps } = await session.confirmed();
        const { id, name: removed } = apps.find(name);
        apps.remove(id);
        session.print({ removed: id }, `Removed ${printable(removed)} and its tokens.`);
        return undefined;
      }),
    );
  app
    .command('export <name> <file>')
    .description('one app with its tokens in a sealed file, for somebody else')
    .addHelpText(
      'after',
      `
The file has a passphrase of its own: TESSERA_BACKUP_PASSPHRASE, or a prompt. Tell it on another way than the file.
\`tessera vault restore FILE\` takes it in.

Example:
  tessera app export Phone phone.tessera`,
    )
    .action((name: string, file: string, _options: object, command: Command) =>
      perform(command, async (session) => (await import('./export-app.ts')).exportApp(session, name, file)),
    );
}

function declareEdit(app: Command, perform: CommandTarget['perform']): void {
  app
    .command('edit <name>')
    .description('change an app, by name or id')
    .option('--name <name>', 'a new name')
    .option('--provider <id>', 'another provider, or none')
    .option('--base-url <url>', 'where paths start, or none')
    .option(
      '--allow <origin>',
      'origin that may receive its tokens, repeatable; these take the place of all',
      repeated,
    )
    .option('--check <request>', `${CHECK_OPTION.replace('when left out', 'with none')}`)
    .option('--default-token <name>', 'the token of requests that name none, or none')
    .addHelpText('after', '\nExample:\n  tessera app edit Billing --check "GET /v1/me"')
    .action((name: string, options: EditAppOptions, command: Command) =>
      perform(command, async (session) => (await import('./edit-app.ts')).editApp(session, name, options)),
    );
}
