import { randomUUID } from 'node:crypto';
import { CommanderError } from 'commander';
import { AppError, type AppErrorData } from '../shared/app-error.ts';
import { EXIT_CODES, type ExitCode } from './exit-code.ts';
import { paint, printable } from './terminal.ts';

/**
 * Says what went wrong: with `json` as `{"error":{…}}` on standard output, otherwise a line for people on
 * standard error.
 *
 * @returns the exit code
 */
export function reportError(error: unknown, json: boolean): ExitCode {
  const data = describeError(error);
  if (json) process.stdout.write(`${JSON.stringify({ error: data })}\n`);
  else printError(data);
  return EXIT_CODES[data.code];
}

/** One line on standard error. */
export function printError({ code, message }: AppErrorData): void {
  process.stderr.write(`${paint('red', code, process.stderr)}: ${printable(message)}\n`);
}

function describeError(error: unknown): AppErrorData {
  if (error instanceof AppError) return error.toData();
  if (error instanceof CommanderError) return describeUsage(error);
  const id = randomUUID().slice(0, 8);
  if (process.env.TESSERA_DEBUG === '1') process.stderr.write(`${id} ${placesOf(error)}\n`);
  return {
    code: 'UNEXPECTED',
    message: `Something went wrong that Tessera did not foresee (${id}). TESSERA_DEBUG=1 shows where.`,
    details: { id },
  };
}

/** Commander quotes what was typed; a secret may be among it, put where none belongs. */
function describeUsage({ code, message }: CommanderError): AppErrorData {
  const text = message
    .replace(/^error: /, '')
    .replace(/^(unknown option '[^=']*)=.*'/s, "$1'")
    .replace(/^(too many arguments.* but got \d+):.*$/s, '$1.')
    .replace(/\s*\n\s*/g, ' ');
  return {
    code: 'INVALID_INPUT',
    message: `${/[.)?]$/.test(text) ? text : `${text}.`} --help shows what there is.`,
    details: { usage: code },
  };
}

/** Kind and places of an error: its message may quote input, and with it a secret. */
function placesOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const places = (error.stack ?? '').replace(error.message, '').split('\n');
  return [error.name, ...places.filter((line) => /^\s+at /.test(line))].join('\n');
}
