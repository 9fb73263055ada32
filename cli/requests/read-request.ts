import { AppError } from '../../shared/app-error.ts';
import { parseInput } from '../../shared/parse-input.ts';
import {
  REQUEST_BODY_CHARACTERS,
  type Request,
  type RequestInput,
  requestSchema,
} from '../../shared/requests/request.ts';
import { fillTemplate } from '../../shared/requests/template.ts';
import { readStandardInput, readTextFile } from '../read-text.ts';
import type { SendArguments, SendOptions } from './send-options.ts';

/** What a body of so many characters may have in bytes. */
const BODY_BYTES = 4 * REQUEST_BODY_CHARACTERS;

/** The request that was typed. @throws AppError `INVALID_INPUT`, `FILE_NOT_FOUND` */
export async function readRequest({ first, second, options }: SendArguments): Promise<Request> {
  const [method, url] = second === undefined ? [undefined, first] : [first, second];
  if (method !== undefined && /[^A-Za-z-]/.test(method)) {
    throw new AppError(
      'INVALID_INPUT',
      'The method comes first, then the URL: tessera send GET /account --app APP.',
      { path: 'method' },
    );
  }
  const data = options.data === undefined ? undefined : await readData(options.data);
  const input: RequestInput = {
    method: method ?? (data === undefined ? 'GET' : 'POST'),
    url,
    headers: (options.header ?? []).map(readHeader),
    body: data === undefined ? { kind: 'none' } : { kind: isJson(data) ? 'json' : 'text', text: data },
    auth: readAuth(options.token),
    ...readLimits(options),
  };
  return parseInput(requestSchema, input, 'Request');
}

/** Values for `{{…}}`. @throws AppError `INVALID_INPUT` */
export function readVariables(assignments: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    assignments.map((text) => {
      const equals = text.indexOf('=');
      if (equals < 1) throw new AppError('INVALID_INPUT', '--var is written as name=value.', { path: 'var' });
      return [text.slice(0, equals), text.slice(equals + 1)];
    }),
  );
}

function readHeader(text: string) {
  const colon = text.indexOf(':');
  if (colon < 1) {
    throw new AppError('INVALID_INPUT', "--header is written as 'name: value'.", { path: 'header' });
  }
  return { name: text.slice(0, colon).trim(), value: text.slice(colon + 1).trim() };
}

function readAuth(token: SendOptions['token']): NonNullable<RequestInput['auth']> {
  if (token === false) return { kind: 'none' };
  return typeof token === 'string' ? { kind: 'token', name: token } : { kind: 'inherit' };
}

async function readData(data: string): Promise<string> {
  if (data === '@-') return readStandardInput(BODY_BYTES, 'The body');
  return data.startsWith('@') ? readTextFile(data.slice(1), BODY_BYTES, 'The body file') : data;
}

function readLimits({
  maxRedirects,
  timeout,
}: SendOptions): Pick<RequestInput, 'maxRedirects' | 'timeoutMs'> {
  return {
    ...(maxRedirects === undefined ? {} : { maxRedirects: readNumber(maxRedirects, '--max-redirects') }),
    ...(timeout === undefined ? {} : { timeoutMs: Math.round(readNumber(timeout, '--timeout') * 1000) }),
  };
}

function readNumber(text: string, option: string): number {
  if (/^\d{1,6}(\.\d{1,3})?$/.test(text)) return Number(text);
  throw new AppError('INVALID_INPUT', `${option} takes a number.`, { path: option });
}

/** Judged as it will be once its variables are filled in: `{"id": {{id}}}` is meant as JSON. */
function isJson(text: string): boolean {
  try {
    JSON.parse(fillTemplate(text, () => '0'));
    return true;
  } catch {
    return false;
  }
}
