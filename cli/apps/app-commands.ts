import type { App } from '../../shared/apps/app.ts';
import type { ProviderId } from '../../shared/providers/provider.ts';
import type { CommandTarget } from '../command-line.ts';
import { printable, table } from '../terminal.ts';

interface AddOptions {
  readonly provider?: string;
  readonly baseUrl?: string;
  readonly allow?: string[];
}

export function addAppCommands({ program, execute }: CommandTarget): void {
  const app = program.command('app').description('applications that use tokens');
  app
    .command('add <name>')
    .description('keep a new app')
    .option('--provider <id>', 'sipgate, virtuozzo, portsip or airfocus')
    .option('--base-url <url>', 'where paths start; the provider’s own when left out')
    .option('--allow <origin...>', 'origins that may receive its tokens; the base URL’s when left out')
    .action((name: string, options: AddOptions, command) =>
      execute(command.optsWithGlobals(), async (session) => {
        const { apps } = await session.unlocked();
        const { PROVIDERS } = await import('../../core/providers/providers.ts');
        const provided = PROVIDERS.find(({ id }) => id === options.provider)?.baseUrl;
        const created = apps.create({
          name,
          // The schema says what it may be.
          provider: (options.provider ?? null) as ProviderId | null,
          baseUrl: options.baseUrl ?? provided ?? null,
          ...(options.allow === undefined ? {} : { allowedOrigins: options.allow }),
        });
        session.print(created, describe(created));
        return undefined;
      }),
    );
  app
    .command('list')
    .description('all apps')
    .action((_options, command) =>
      execute(command.optsWithGlobals(), async (session) => {
        const apps = (await session.unlocked()).apps.list();
        const rows = apps.map(({ name, provider, baseUrl, allowedOrigins }) => [
          name,
          provider ?? '–',
          baseUrl ?? '–',
          allowedOrigins.join(' '),
        ]);
        session.print(
          apps,
          apps.length === 0
            ? 'No apps yet: tessera app add NAME'
            : table(['NAME', 'PROVIDER', 'BASE URL', 'ALLOWED ORIGINS'], rows),
        );
        return undefined;
      }),
    );
  app
    .command('show <name>')
    .description('one app')
    .action((name: string, _options, command) =>
      execute(command.optsWithGlobals(), async (session) => {
        const found = (await session.unlocked()).apps.find(name);
        session.print(found, describe(found));
        return undefined;
      }),
    );
  app
    .command('remove <name>')
    .description('destroy an app’s key and with it its tokens; its collection files stay')
    .action((name: string, _options, command) =>
      execute(command.optsWithGlobals(), async (session) => {
        const { apps } = await session.unlocked();
        const { id, name: removed } = apps.find(name);
        apps.remove(id);
        session.print({ removed: id }, `Removed ${printable(removed)} and its tokens.`);
        return undefined;
      }),
    );
}

function describe({ id, name, provider, baseUrl, allowedOrigins }: App): string {
  return [
    printable(name),
    `  id               ${id}`,
    `  provider         ${provider ?? 'none'}`,
    `  base URL         ${baseUrl ?? 'none'}`,
    `  allowed origins  ${allowedOrigins.join(' ') || 'none: its tokens go nowhere'}`,
  ].join('\n');
}
