import type { Command } from 'commander';
import type { CommandTarget, Work } from '../command-line.ts';
import type { CookieOptions, SetCookieOptions } from './cookies.ts';

export function addCookieCommands({ program, perform }: CommandTarget): void {
  const cookie = program.command('cookie').description('cookies of an app: requests send and keep them');
  const work = (run: (commands: typeof import('./cookies.ts')) => Work): Work => {
    return async (session) => run(await import('./cookies.ts'))(session);
  };
  cookie
    .command('list')
    .description('cookies, without their values')
    .requiredOption('--app <app>', 'whose')
    .option('--domain <domain>', 'of this domain only')
    .option('--reveal', 'with their values')
    .addHelpText('after', '\nExample:\n  tessera cookie list --app Billing --domain api.example.com')
    .action((options: CookieOptions, command: Command) =>
      perform(
        command,
        work(
          ({ listCookies }) =>
            (session) =>
              listCookies(session, options),
        ),
      ),
    );
  cookie
    .command('set <name>')
    .description('keep a cookie; its value comes from standard input or a prompt')
    .requiredOption('--app <app>', 'whose')
    .requiredOption('--domain <domain>', 'the host that it goes to')
    .option('--path <path>', 'and the path', '/')
    .option('--subdomains', 'goes to what is below the domain too')
    .option('--secure', 'goes over https only')
    .option('--http-only', 'as the server would mark it; sent all the same')
    .option('--expires <date>', '2027-01-31, 31-01-2027 or RFC 3339')
    .addHelpText(
      'after',
      `
It goes along where domain and path fit and the origin is one of the app's allowed origins.

Example:
  printf %s "$SESSION" | tessera cookie set session --app Billing --domain api.example.com --secure`,
    )
    .action((name: string, options: SetCookieOptions, command: Command) =>
      perform(
        command,
        work(
          ({ setCookie }) =>
            (session) =>
              setCookie(session, name, options),
        ),
      ),
    );
  cookie
    .command('remove <name>')
    .description('forget a cookie')
    .requiredOption('--app <app>', 'whose')
    .option('--domain <domain>', 'where several domains have one of this name')
    .option('--path <path>', 'where several paths have one of this name')
    .addHelpText('after', '\nExample:\n  tessera cookie remove session --app Billing')
    .action((name: string, options: CookieOptions, command: Command) =>
      perform(
        command,
        work(
          ({ removeCookie }) =>
            (session) =>
              removeCookie(session, name, options),
        ),
      ),
    );
  cookie
    .command('clear')
    .description('forget all cookies of an app, or of one domain')
    .requiredOption('--app <app>', 'whose')
    .option('--domain <domain>', 'of this domain only')
    .addHelpText('after', '\nExample:\n  tessera cookie clear --app Billing')
    .action((options: CookieOptions, command: Command) =>
      perform(
        command,
        work(
          ({ clearCookies }) =>
            (session) =>
              clearCookies(session, options),
        ),
      ),
    );
}
