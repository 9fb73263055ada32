import { once } from 'node:events';
import { STATUS_CODES } from 'node:http';
import { charsetOf } from '../../core/responses/charset.ts';
import { type ByteSource, piecesOf } from '../../core/spool/byte-source.ts';
import type { Response } from '../../shared/requests/response.ts';
import { paint, printable } from '../terminal.ts';

const LINE_END = 0x0a;

/** An answer as `send --json` prints it. @param body `null` where it went to a file */
export function answerJson(response: Response, body: ByteSource | null) {
  const { status, statusText, httpVersion, url, hops, headers, bodyBytes, truncated, redactions } = response;
  const { timings, attempts, rateLimit } = response;
  return {
    status,
    statusText,
    httpVersion,
    url,
    hops,
    headers,
    body: body === null ? null : decode(body, response),
    bodyBytes,
    truncated,
    redactions,
    timings,
    attempts,
    rateLimit,
  };
}

/** `Status: …` and `Body: …`: on a terminal as safe text, into a file or pipe as the bytes that came. */
export async function printAnswer(
  response: Response,
  body: ByteSource,
  file: string | undefined,
): Promise<void> {
  process.stdout.write(
    `${statusLine(response)}\n${body.length === 0 && file === undefined ? 'Body:' : 'Body: '}`,
  );
  if (file !== undefined) {
    process.stdout.write(`written to ${printable(file)} (${body.length} bytes, secrets masked)\n`);
  } else if (process.stdout.isTTY) {
    process.stdout.write(`${terminalText(body, response)}\n`);
  } else {
    await printRest(body, 0);
  }
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

function terminalText(body: ByteSource, response: Response): string {
  const text = decode(body, response);
  const isText = !text.includes('\0') && !text.slice(0, -1).includes('\ufffd');
  return isText
    ? printable(text).replace(/\n$/, '')
    : `${body.length} bytes that are not text. Write them to a file with -o FILE.`;
}

/** By the charset that the server named, UTF-8 otherwise. */
function decode(body: ByteSource, { headers }: Response): string {
  const bytes = body.read(0, body.length);
  try {
    return new TextDecoder(charsetOf(headers) ?? 'utf-8').decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
