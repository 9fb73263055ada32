import { AppError } from '../../shared/app-error.ts';
import { HTTP_TOKEN } from '../../shared/http-token.ts';
import { isOwnHeader } from '../../shared/requests/own-headers.ts';
import type { RequestEntry } from '../../shared/requests/request.ts';

/** One header line as it is sent. */
export type HeaderLine = readonly [name: string, value: string];

const CONTROL = /[^\t\P{Cc}]/u;

const DEFAULTS: readonly HeaderLine[] = [
  ['User-Agent', 'Tessera'],
  ['Accept', '*/*'],
  ['Accept-Encoding', 'gzip, deflate, br, zstd'],
];

/**
 * The header lines of a request, in the order in which they were written, repeated ones kept, with what is
 * missing added. Nothing is mended silently: a line break in a value is refused, not taken out.
 *
 * @throws AppError `INVALID_INPUT` that names the header, never its value
 */
export function buildHeaders(entries: readonly RequestEntry[], contentType: string | null): HeaderLine[] {
  const lines = entries.filter(({ name, value }) => name !== '' || value !== '').map(headerLine);
  const present = new Set(lines.map(([name]) => name.toLowerCase()));
  const added = contentType === null ? DEFAULTS : [...DEFAULTS, ['Content-Type', contentType] as const];
  return [...lines, ...added.filter(([name]) => !present.has(name.toLowerCase()))];
}

function headerLine({ name, value }: RequestEntry): HeaderLine {
  if (name === '') throw refuse('A header has a value and no name.', name);
  if (!HTTP_TOKEN.test(name)) {
    throw refuse(
      `"${name}" cannot be the name of a header: it has a space or a special character in it.`,
      name,
    );
  }
  if (isOwnHeader(name)) {
    throw refuse(`The header ${name} is set by Tessera from the URL and the body. Take it out.`, name);
  }
  if (CONTROL.test(value)) {
    throw refuse(
      `The value of the header ${name} has a line break or another control character in it.`,
      name,
    );
  }
  return [name, headerText(value.trim())];
}

/** Headers are bytes, and Undici writes a character as one byte: what is not ASCII goes as UTF-8. */
export function headerText(value: string): string {
  return /^[ -~\t]*$/.test(value) ? value : Buffer.from(value, 'utf8').toString('latin1');
}

function refuse(message: string, header: string): AppError {
  return new AppError('INVALID_INPUT', message, { path: 'headers', header });
}
