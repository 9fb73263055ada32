import { resolve } from 'node:path';
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
  const body = await readBody(options);
  const input: RequestInput = {
    method: method ?? (body.kind === 'none' ? 'GET' : 'POST'),
    url,
    headers: (options.header ?? []).map(readHeader),
    body,
    auth: readAuth(options.token),
    cookies: options.cookies ?? true,
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
  retry,
}: SendOptions): Pick<RequestInput, 'maxRedirects' | 'timeoutMs' | 'retries'> {
  return {
    ...(maxRedirects === undefined ? {} : { maxRedirects: readNumber(maxRedirects, '--max-redirects') }),
    ...(retry === undefined ? {} : { retries: readNumber(retry, '--retry') }),
    ...(timeout === undefined ? {} : { timeoutMs: Math.round(readNumber(timeout, '--timeout') * 1000) }),
  };
}

function readNumber(text: string, option: string): number {
  if (/^\d{1,6}(\.\d{1,3})?$/.test(text)) return Number(text);
  throw new AppError('INVALID_INPUT', `${option} takes a number.`, { path: option });
}

type BodyInput = NonNullable<RequestInput['body']>;

async function readBody(options: SendOptions): Promise<BodyInput> {
  const { data, dataBinary, form, graphql, graphqlVariables } = options;
  const given = { '--data': data, '--data-binary': dataBinary, '--form': form, '--graphql': graphql };
  const names = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (names.length > 1) {
    throw new AppError('INVALID_INPUT', `${names.join(' and ')} both give a body. A request has one.`, {
      path: 'body',
    });
  }
  if (data !== undefined) {
    const text = await readData(data);
    return { kind: isJson(text) ? 'json' : 'text', text };
  }
  if (dataBinary !== undefined) return { kind: 'file', path: fileIn(dataBinary, '--data-binary') };
  if (form !== undefined) return { kind: 'multipart', parts: form.map(readPart) };
  if (graphql === undefined) return { kind: 'none' };
  const variables = graphqlVariables === undefined ? '' : await readData(graphqlVariables);
  return { kind: 'graphql', query: await readData(graphql), variables };
}

/** `name=text`, `name=@file` or `name=@file;type=image/png`, as curl has it. */
function readPart(text: string): NonNullable<Extract<BodyInput, { kind: 'multipart' }>['parts']>[number] {
  const equals = text.indexOf('=');
  if (equals < 1) throw new AppError('INVALID_INPUT', '--form is written as name=value.', { path: 'form' });
  const name = text.slice(0, equals);
  const [, value = '', contentType] = /^(.*?)(?:;type=([^;]+))?$/s.exec(text.slice(equals + 1)) ?? [];
  const isFile = value.startsWith('@');
  return {
    kind: isFile ? 'file' : 'text',
    name,
    value: isFile ? fileIn(value, '--form') : value,
    ...(contentType === undefined ? {} : { contentType }),
  };
}

function fileIn(text: string, option: string): string {
  if (text.startsWith('@') && text.length > 1) return resolve(text.slice(1));
  throw new AppError('INVALID_INPUT', `${option} takes a file, written as @FILE.`, { path: 'body' });
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
