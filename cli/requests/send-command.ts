import type { Command } from 'commander';
import type { CommandTarget } from '../command-line.ts';
import { repeated } from '../repeated-option.ts';
import type { SendOptions } from './send-options.ts';

export function addSendCommand({ program, perform }: CommandTarget): void {
  program
    .command('send <method-or-url> [url]')
    .usage('[METHOD] URL_OR_PATH --app APP [options]')
    .summary('send one request with a token, and show status and body')
    .description(
      'Sends one request with a token of an app, and shows status and body. A path goes below the app’s base URL.',
    )
    .requiredOption('--app <app>', 'whose tokens may be used')
    .option('--token <name>', 'which of its tokens; its default, or its only one, when left out')
    .option('--no-token', 'send none')
    .option('-H, --header <header>', "'name: value', repeatable", repeated)
    .option('-d, --data <data>', 'body; @FILE reads a file, @- standard input; makes it a POST')
    .option('--data-binary <@file>', 'body that is a file, sent as it is')
    .option(
      '-F, --form <part>',
      "multipart: 'name=text' or 'name=@file;type=image/png', repeatable",
      repeated,
    )
    .option('--graphql <query>', 'GraphQL; @FILE reads a file')
    .option('--graphql-variables <json>', 'its variables; @FILE reads a file')
    .option('--var <assignment>', 'name=value for {{name}}, repeatable', repeated)
    .option('-o, --output <file>', 'write the body, secrets masked, to a file')
    .option('-v, --verbose', 'what happened on the way, on standard error, secrets masked')
    .option('--stream', 'print the body while it comes; an event stream always is')
    .option('--fail', 'exit with 1 for a status of 400 or more')
    .option('--max-redirects <n>', 'redirects to follow, 0 for none (10)')
    .option('--timeout <seconds>', 'for all of it (30; an event stream that is printed: none)')
    .option('--retry <n>', 'further tries after 429, 502, 503, 504 or a failed connection (0)')
    .option('--no-cookies', 'neither send nor keep cookies')
    .option('--send-expired', 'send a token that has expired')
    .option('--send-compromised', 'send a token that is marked as compromised')
    .addHelpText(
      'after',
      `
Examples:
  tessera send GET /account --app Phone --token main
  tessera send /orders/{{id}} --app Billing --var id=42 --fail
  tessera send PUT /orders/42 --app Billing -H 'If-Match: "7"' -d @order.json
  tessera send /photos --app Billing -F 'title=Me' -F 'photo=@me.png;type=image/png'
  tessera send https://api.example.com/report.pdf --app Billing -o report.pdf`,
    )
    .action((first: string, second: string | undefined, options: SendOptions, command: Command) =>
      perform(command, async (session) =>
        (await import('./send.ts')).send(session, { first, second, options }),
      ),
    );
}
