import { once } from 'node:events';
import { STATUS_CODES } from 'node:http';
import { type ByteSource, piecesOf } from '../../core/spool/byte-source.ts';
import type { Response } from '../../shared/requests/response.ts';
import { paint, printable } from '../terminal.ts';
import { charsetOfBody, readBodyText } from './body-text.ts';

const LINE_END = 0x0a;

/** An answer as `send --json` prints it. @param body its text; `null` where it went to a file */
export function answerJson(response: Response, body: string | null) {
  const { status, statusText, httpVersion, url, hops, headers, bodyBytes, truncated, redactions } = response;
  const { timings, attempts, rateLimit } = response;
  return {
    status,
    statusText,
    httpVersion,
    url,
    hops,
    headers,
    body,
    bodyBytes,
    truncated,
    redactions,
    timings,
    attempts,
    rateLimit,
  };
}

/**
 * `Status: …` and `Body: …`: on a terminal as safe text; into a pipe as the bytes that came, text in another charset
 * in UTF-8.
 *
 * @returns what is to be said of the body
 */
export async function printAnswer(
  response: Response,
  body: ByteSource,
  file: string | undefined,
): Promise<string | null> {
  process.stdout.write(
    `${statusLine(response)}\n${body.length === 0 && file === undefined ? 'Body:' : 'Body: '}`,
  );
  if (file !== undefined) {
    process.stdout.write(`written to ${printable(file)} (${body.length} bytes, secrets masked)\n`);
    return null;
  }
  if (!process.stdout.isTTY && (await charsetOfBody(body, response)) === 'utf-8') {
    await printRest(body, 0);
    return null;
  }
  const { text, note } = await readBodyText(body, response);
  const isBinary = text.includes('\0');
  if (process.stdout.isTTY) {
    const shown = isBinary
      ? `${body.length} bytes that are not text. Write them to a file with -o FILE.`
      : printable(text).replace(/\n$/, '');
    process.stdout.write(`${shown}\n`);
  } else {
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  }
  return isBinary ? null : note;
}

/** The bytes from `start` on, and a line break where they do not end in one. */
export async function printRest(body: ByteSource, start: number): Promise<void> {
  for (const piece of piecesOf(body, start)) {
    if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
  }
  if (body.read(body.length - 1, body.length)[0] !== LINE_END) process.stdout.write('\n');
}

/** HTTP/2 sends no reason: the usual one helps people. */
export function statusLine({ status, statusText }: Pick<Response, 'status' | 'statusText'>): string {
  const reason = printable(statusText) || (STATUS_CODES[status] ?? '');
  const color = status < 300 ? 'green' : status < 400 ? 'yellow' : 'red';
  return `Status: ${paint(color, `${status} ${reason}`.trimEnd())}`;
}
