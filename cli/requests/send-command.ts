import { readFileSync, writeFileSync } from 'node:fs';
import { AppError } from '../../shared/app-error.ts';
import { parseInput } from '../../shared/parse-input.ts';
import {
  REQUEST_BODY_CHARACTERS,
  type Request,
  type RequestInput,
  requestSchema,
} from '../../shared/requests/request.ts';
import type { Response } from '../../shared/requests/response.ts';
import type { CommandTarget } from '../command-line.ts';
import { EXIT, EXIT_CODES, type ExitCode } from '../exit-code.ts';
import { readStdin } from '../read-stdin.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';

interface SendOptions {
  readonly app: string;
  /** `false`: `--no-token`. */
  readonly token?: string | false;
  readonly header?: string[];
  readonly data?: string;
  readonly var?: string[];
  readonly output?: string;
  readonly fail?: boolean;
  readonly maxRedirects?: string;
  readonly timeout?: string;
  readonly sendExpired?: boolean;
}

const METHOD = /^[A-Za-z-]+$/;

export function addSendCommand({ program, execute }: CommandTarget): void {
  program
    .command('send <method-or-url> [url]')
    .usage('[METHOD] URL_OR_PATH --app APP [options]')
    .description('send one request with a token, and show status and body')
    .requiredOption('--app <app>', 'whose tokens may be used')
    .option('--token <name>', 'which of its tokens; its default, or its only one, when left out')
    .option('--no-token', 'none')
    .option('-H, --header <header...>', '"name: value"')
    .option('-d, --data <data>', 'body; @FILE reads a file, @- standard input')
    .option('--var <assignment...>', 'name=value for {{name}}')
    .option('-o, --output <file>', 'write the (redacted) body to a file')
    .option('--fail', 'exit with 1 for a status of 400 and more')
    .option('--max-redirects <n>', '10 when left out; 0 follows none')
    .option('--timeout <seconds>', '30 when left out')
    .option('--send-expired', 'send a token that has expired')
    .addHelpText('after', '\nExample: tessera send GET /account --app Phone --token main')
    .action((first: string, second: string | undefined, options: SendOptions, command) =>
      execute(command.optsWithGlobals(), async (session) => {
        const request = await readRequest(first, second, options);
        const tessera = await session.unlocked();
        const app = tessera.apps.find(options.app);
        if (typeof options.token === 'string') tessera.tokens.find(app.id, options.token);
        const { response, body } = await tessera.send(app.id, request, {
          sendExpired: options.sendExpired ?? false,
          variables: [readVariables(options.var ?? [])],
        });
        show(session, response, body, options.output);
        return exitCodeOf(response, options.fail ?? false);
      }),
    );
}

async function readRequest(
  first: string,
  second: string | undefined,
  options: SendOptions,
): Promise<Request> {
  const [method, url] = second === undefined ? [undefined, first] : [first, second];
  if (method !== undefined && !METHOD.test(method)) {
    throw new AppError(
      'INVALID_INPUT',
      'Say the method first, then the URL: tessera send GET /account --app APP.',
      { path: 'method' },
    );
  }
  const data = options.data === undefined ? undefined : await readData(options.data);
  const input: RequestInput = {
    method: method ?? (data === undefined ? 'GET' : 'POST'),
    url,
    headers: (options.header ?? []).map(readHeader),
    body: data === undefined ? { kind: 'none' } : { kind: isJson(data) ? 'json' : 'text', text: data },
    auth:
      options.token === false
        ? { kind: 'none' }
        : options.token === undefined
          ? { kind: 'inherit' }
          : { kind: 'token', name: options.token },
    ...(options.maxRedirects === undefined
      ? {}
      : { maxRedirects: readNumber(options.maxRedirects, '--max-redirects') }),
    ...(options.timeout === undefined
      ? {}
      : { timeoutMs: Math.round(readNumber(options.timeout, '--timeout') * 1000) }),
  };
  return parseInput(requestSchema, input, 'Request');
}

function readHeader(text: string) {
  const colon = text.indexOf(':');
  if (colon < 1)
    throw new AppError('INVALID_INPUT', 'A header is written as "name: value".', { path: 'header' });
  return { name: text.slice(0, colon).trim(), value: text.slice(colon + 1).trim() };
}

async function readData(data: string): Promise<string> {
  if (data === '@-') return readStdin(REQUEST_BODY_CHARACTERS, 'The body');
  if (!data.startsWith('@')) return data;
  try {
    return readFileSync(data.slice(1), 'utf8');
  } catch {
    throw new AppError('FILE_NOT_FOUND', `The file ${data.slice(1)} cannot be read.`, {
      path: data.slice(1),
    });
  }
}

function readVariables(assignments: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    assignments.map((text) => {
      const equals = text.indexOf('=');
      if (equals < 1)
        throw new AppError('INVALID_INPUT', 'A variable is written as name=value.', { path: 'var' });
      return [text.slice(0, equals), text.slice(equals + 1)];
    }),
  );
}

function readNumber(text: string, option: string): number {
  if (/^\d{1,6}(\.\d+)?$/.test(text)) return Number(text);
  throw new AppError('INVALID_INPUT', `${option} takes a number.`, { path: option });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function show(session: Session, response: Response, body: Buffer, output: string | undefined): void {
  if (output !== undefined) writeBody(output, body);
  const { status, statusText, httpVersion, url, hops, headers, bodyBytes, truncated, redactions, timings } =
    response;
  if (session.json) {
    const text = output === undefined ? body.toString('utf8') : null;
    session.print(
      {
        status,
        statusText,
        httpVersion,
        url,
        hops,
        headers,
        body: text,
        bodyBytes,
        truncated,
        redactions,
        timings,
      },
      '',
    );
  } else {
    const text =
      output === undefined ? shownBody(body) : `written to ${output} (${body.length} bytes, redacted)`;
    session.print(null, `Status: ${status} ${printable(statusText)}`.trimEnd().concat(`\nBody: ${text}`));
  }
  for (const { url: hop, status: code, credential } of hops) {
    if (credential === 'withheld')
      process.stderr.write(
        `The token was withheld from ${printable(new URL(hop).origin)} (${code}): it is not one of the app's origins.\n`,
      );
  }
  if (response.hint !== null) process.stderr.write(`Hint: ${response.hint}\n`);
  if (response.failure !== null)
    process.stderr.write(`${response.failure.code}: ${printable(response.failure.message)}\n`);
}

/** As it is into a file or pipe; on a terminal without what would drive it. */
function shownBody(body: Buffer): string {
  const text = body.toString('utf8');
  if (!process.stdout.isTTY) return text;
  return body.includes(0)
    ? `${body.length} bytes that are no text; write them to a file with -o FILE`
    : printable(text);
}

function writeBody(path: string, body: Buffer): void {
  try {
    writeFileSync(path, body);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    throw new AppError('WRITE_FAILED', `The body could not be written to ${path} (${reason}).`, { path });
  }
}

function exitCodeOf({ failure, status }: Response, fail: boolean): ExitCode {
  if (failure !== null) return EXIT_CODES[failure.code];
  return fail && status >= 400 ? EXIT.failed : EXIT.done;
}
