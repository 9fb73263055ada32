import type { Command } from 'commander';
import type { CommandTarget } from '../command-line.ts';
import { repeated } from '../repeated-option.ts';
import type { ConnectionCommandOptions } from './change-connection.ts';

/** Adds `connection` to the group of commands about apps. */
export function addConnectionCommand(app: Command, perform: CommandTarget['perform']): void {
  app
    .command('connection <name>')
    .description('how an app connects; without options, shows it')
    .option('--proxy <url>', 'http://, https:// or socks5://, or `system`, or `none`')
    .option('--proxy-user <name>', 'user name for the proxy')
    .option('--proxy-password-stdin', 'read its password from standard input')
    .option(
      '--ca <file>',
      'PEM file of authorities to trust too, repeatable; in place of those before',
      repeated,
    )
    .option('--no-ca', 'the system’s authorities alone')
    .option('--cert <file>', 'client certificate, PEM; with --key')
    .option('--key <file>', 'its key, PEM')
    .option('--pfx <file>', 'client certificate and key in one file (.pfx, .p12)')
    .option('--key-passphrase-stdin', 'read the passphrase of the key from standard input')
    .option('--no-client-certificate', 'take the client certificate away')
    .option('--insecure', 'take any certificate: whoever answers is believed')
    .option('--secure', 'check certificates again')
    .option('--min-tls <version>', '1.2 or 1.3')
    .option('--resolve <host:port:address>', 'address for a host, port * for all, repeatable', repeated)
    .option('--no-resolve', 'addresses as the system finds them')
    .option('--ip <version>', '4, 6 or any')
    .option('--unix-socket <path>', 'connect to this socket in place of the network')
    .option('--no-unix-socket', 'connect over the network')
    .option('--http2', 'speak HTTP/2 where the server does')
    .option('--no-http2', 'speak HTTP/1.1 alone')
    .addHelpText(
      'after',
      `
What is not named stays as it is. Passwords and keys are sealed in the vault, and shown by nothing.

Examples:
  tessera app connection Billing --proxy socks5://localhost:1080
  printf %s "$PASSWORD" | tessera app connection Billing --proxy http://proxy.example.com:3128 --proxy-user ada --proxy-password-stdin
  tessera app connection Billing --ca company-ca.pem --cert me.pem --key me.key
  tessera app connection Billing --resolve api.example.com:443:127.0.0.1`,
    )
    .action((name: string, options: ConnectionCommandOptions, command: Command) =>
      perform(command, async (session) =>
        (await import('./change-connection.ts')).changeConnection(session, name, options),
      ),
    );
}
