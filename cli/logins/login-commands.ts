import type { Command } from 'commander';
import type { CommandTarget } from '../command-line.ts';
import { WHOSE } from '../tokens/token-option.ts';
import type { SignInOptions } from './sign-in.ts';

/** Commands for tokens of the schemes login and oauth2. */
export function addLoginCommands(token: Command, { perform }: CommandTarget): void {
  token
    .command('login <name>')
    .description('sign in for a token of the scheme login or oauth2')
    .option('--app <app>', WHOSE)
    .option('--code <code>', 'goes on with a sign-in that asks for a code, or is sent with this one')
    .option('--password-stdin', 'read the password from standard input, where it is not kept')
    .option('--no-browser', 'show the address to sign in at, and do not open it')
    .addHelpText(
      'after',
      `
Requests sign in and renew by themselves where they can; this is for the rest: a password that is not kept, a code,
a page of the provider. Where a code is asked for, the command exits with 4 (TWO_FACTOR_NEEDED): run it with --code.

Examples:
  tessera token login main --app Phone
  tessera token login main --app Phone --code 123456`,
    )
    .action((name: string, options: SignInOptions, command: Command) =>
      perform(command, async (session) => (await import('./sign-in.ts')).signIn(session, name, options)),
    );
  token
    .command('refresh <name>')
    .description('get a new access token now, without anybody at hand')
    .option('--app <app>', WHOSE)
    .addHelpText('after', '\nExample:\n  tessera token refresh main --app Phone')
    .action((name: string, options: { app?: string }, command: Command) =>
      perform(command, async (session) =>
        (await import('./refresh-token.ts')).refreshToken(session, name, options.app),
      ),
    );
  token
    .command('logout <name>')
    .description('end the session at the provider, and drop its tokens; a kept password stays')
    .option('--app <app>', WHOSE)
    .addHelpText('after', '\nExample:\n  tessera token logout main --app Phone')
    .action((name: string, options: { app?: string }, command: Command) =>
      perform(command, async (session) =>
        (await import('./sign-out.ts')).signOut(session, name, options.app),
      ),
    );
}
