import { basename } from 'node:path/posix';
import { isDeepStrictEqual } from 'node:util';
import { type Document, stringify } from 'yaml';
import { AppError } from '../../shared/app-error.ts';
import { parseInput } from '../../shared/parse-input.ts';
import {
  type MultipartPart,
  type Request,
  type RequestBody,
  requestSchema,
} from '../../shared/requests/request.ts';
import { parseYaml, readYaml } from './parse-yaml.ts';
import { readAuth, type TokenShape, writeAuth } from './request-auth.ts';

export interface RequestFile {
  readonly name: string;
  readonly seq: number;
  readonly request: Request;
  /** What the file holds that is kept and not done, in words. */
  readonly notices: readonly string[];
  /** Why it cannot be sent as it stands; `null` where it can. */
  readonly unsupported: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** @throws AppError `COLLECTION_INVALID` where it is no HTTP request */
export function readRequestFile(text: string, path: string): RequestFile {
  const root = asFields(readYaml(text, path));
  const info = asFields(root.info);
  const isGraphql = root.http === undefined && root.graphql !== undefined;
  const http = asFields(isGraphql ? root.graphql : root.http);
  if (typeof http.url !== 'string') {
    throw new AppError('COLLECTION_INVALID', `${path} holds no HTTP request: http.url is missing.`, { path });
  }
  const notices: string[] = [];
  const auth = readAuth(http.auth);
  if (auth === undefined) notices.push('Its auth is kept in the file. Choose a token to send it from here.');
  const body = isGraphql ? readGraphqlBody(http.body) : readBody(http.body);
  if (body === undefined)
    notices.push('Its body is of a kind that cannot be sent from here yet. It is kept.');
  const runtime = asFields(root.runtime);
  if (runtime.scripts !== undefined) notices.push('Its scripts are kept and never run.');
  const request = {
    method: isGraphql ? (http.method ?? 'POST') : http.method,
    url: http.url,
    headers: entries(http.headers),
    body: body ?? { kind: 'none' },
    auth: auth ?? { kind: 'none' },
    ...readSettings(asFields(root.settings)),
    assertions: list(runtime.assertions).map(readAssertion),
  };
  return {
    name: typeof info.name === 'string' ? info.name : basename(path).replace(/\.ya?ml$/, ''),
    seq: typeof info.seq === 'number' ? info.seq : Number.MAX_SAFE_INTEGER,
    request: parseInput(requestSchema, request, path, 'COLLECTION_INVALID'),
    notices,
    unsupported: body === undefined ? `${path} has a body of a kind that cannot be sent yet.` : null,
  };
}

/**
 * The file's next text. Only what differs from what the file says already is touched, so comments, order and
 * fields of other programs stay; where nothing differs the text is the same.
 */
export function writeRequestFile(
  before: string | null,
  path: string,
  next: { readonly name: string; readonly seq: number; readonly request: Request },
  shape: TokenShape | null,
): string {
  if (before === null) return newFile(next, shape);
  const document = parseYaml(before, path);
  const old = readRequestFile(before, path);
  const set = (at: string[], was: unknown, is: unknown, written: unknown) => {
    if (isDeepStrictEqual(was, is)) return;
    if (written === undefined) document.deleteIn(at);
    else document.setIn(at, document.createNode(written));
  };
  const { request } = next;
  const section = sectionOf(request);
  moveSection(document, sectionOf(old.request), section);
  set(['info', 'name'], old.name, next.name, next.name);
  set([section, 'method'], old.request.method, request.method, request.method);
  set([section, 'url'], old.request.url, request.url, request.url);
  set([section, 'headers'], old.request.headers, request.headers, writeEntries(request.headers));
  set([section, 'body'], old.request.body, request.body, writeBody(request.body));
  set([section, 'auth'], old.request.auth, request.auth, writeAuth(request.auth, shape));
  set(['runtime', 'assertions'], old.request.assertions, request.assertions, writeAssertions(request));
  set(['settings', 'timeout'], old.request.timeoutMs, request.timeoutMs, request.timeoutMs);
  set(['settings', 'maxRedirects'], old.request.maxRedirects, request.maxRedirects, request.maxRedirects);
  set(['settings', 'retries'], old.request.retries, request.retries, request.retries || undefined);
  set(['settings', 'sendCookies'], old.request.cookies, request.cookies, request.cookies ? undefined : false);
  const unchanged = old.name === next.name && isDeepStrictEqual(old.request, request);
  return unchanged ? before : document.toString({ lineWidth: 0 });
}

/** What a file says of how the request is sent; what it leaves out has the defaults of a request. */
function readSettings({ timeout, followRedirects, maxRedirects, sendCookies, retries }: Fields) {
  const redirects = followRedirects === false ? 0 : maxRedirects;
  return {
    ...(typeof timeout === 'number' && timeout > 0 ? { timeoutMs: timeout } : {}),
    ...(typeof redirects === 'number' ? { maxRedirects: redirects } : {}),
    cookies: sendCookies !== false,
    ...(typeof retries === 'number' ? { retries } : {}),
  };
}

function readAssertion(assertion: unknown) {
  const { expression, operator, value, disabled } = asFields(assertion);
  const text = value === undefined ? '' : String(value);
  return { expression, operator, value: text, enabled: disabled !== true };
}

function newFile(
  { name, seq, request }: { name: string; seq: number; request: Request },
  shape: TokenShape | null,
): string {
  const defaults = requestSchema.parse({ url: 'x' });
  const settings = {
    ...(request.timeoutMs === defaults.timeoutMs ? {} : { timeout: request.timeoutMs }),
    ...(request.maxRedirects === defaults.maxRedirects ? {} : { maxRedirects: request.maxRedirects }),
    ...(request.retries === defaults.retries ? {} : { retries: request.retries }),
    ...(request.cookies === defaults.cookies ? {} : { sendCookies: request.cookies }),
  };
  const assertions = writeAssertions(request);
  return stringify(
    withoutUndefined({
      info: { name, type: sectionOf(request), seq },
      [sectionOf(request)]: withoutUndefined({
        method: request.method,
        url: request.url,
        headers: writeEntries(request.headers),
        body: writeBody(request.body),
        auth: writeAuth(request.auth, shape),
      }),
      runtime: assertions === undefined ? undefined : { assertions },
      settings: Object.keys(settings).length === 0 ? undefined : settings,
    }),
    { lineWidth: 0 },
  );
}

function readBody(body: unknown): RequestBody | undefined {
  if (body === undefined || body === null) return { kind: 'none' };
  const { type, data } = asFields(chosenBody(body));
  if ((type === 'json' || type === 'text' || type === 'xml') && typeof data === 'string')
    return { kind: type, text: data };
  if (type === 'form-urlencoded') return { kind: 'form', fields: entries(data) };
  if (type === 'multipart-form') return { kind: 'multipart', parts: list(data).flatMap(readPart) };
  if (type === 'file') return readFileBody(list(data));
  return type === 'none' ? { kind: 'none' } : undefined;
}

function writeBody(body: RequestBody): unknown {
  if (body.kind === 'none') return undefined;
  if (body.kind === 'form') return { type: 'form-urlencoded', data: writeEntries(body.fields) ?? [] };
  if (body.kind === 'multipart') return { type: 'multipart-form', data: body.parts.map(writePart) };
  if (body.kind === 'file') {
    return {
      type: 'file',
      data: [{ filePath: body.path, contentType: body.contentType ?? '', selected: true }],
    };
  }
  if (body.kind === 'graphql') {
    return withoutUndefined({ query: body.query, variables: body.variables || undefined });
  }
  return { type: body.kind, data: body.text };
}

/** A file may hold several bodies, of which one is chosen. */
function chosenBody(body: unknown): unknown {
  return Array.isArray(body) ? chosenOf(body).body : body;
}

function chosenOf(variants: readonly unknown[]): Fields {
  return asFields(variants.find((each) => asFields(each).selected === true) ?? variants[0]);
}

/** A GraphQL request stands in a section of its own name. */
function sectionOf({ body }: Request): 'http' | 'graphql' {
  return body.kind === 'graphql' ? 'graphql' : 'http';
}

function moveSection(document: Document, from: string, to: string): void {
  if (from === to) return;
  document.setIn([to], document.getIn([from], true));
  document.deleteIn([from]);
  document.setIn(['info', 'type'], to);
}

function readGraphqlBody(body: unknown): RequestBody {
  const { query, variables } = asFields(chosenBody(body));
  return { kind: 'graphql', query: textOf(query), variables: textOf(variables) };
}

/** A part with several files is one part each. */
function readPart(part: unknown): MultipartPart[] {
  const { name, type, value, contentType, disabled } = asFields(part);
  return (Array.isArray(value) ? value : [value]).map((each) => ({
    kind: type === 'file' ? 'file' : 'text',
    name: textOf(name),
    value: textOf(each),
    contentType: textOf(contentType) || null,
    enabled: disabled !== true,
  }));
}

function writePart({ kind, name, value, contentType, enabled }: MultipartPart): Fields {
  return withoutUndefined({
    name,
    type: kind,
    value,
    contentType: contentType ?? undefined,
    disabled: enabled ? undefined : true,
  });
}

function readFileBody(variants: readonly unknown[]): RequestBody | undefined {
  const chosen = chosenOf(variants);
  if (typeof chosen.filePath !== 'string' || chosen.filePath === '') return undefined;
  return { kind: 'file', path: chosen.filePath, contentType: textOf(chosen.contentType) || null };
}

function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}

function entries(value: unknown) {
  return list(value).map((each) => {
    const { name, value: text, disabled } = asFields(each);
    return { name: String(name ?? ''), value: String(text ?? ''), enabled: disabled !== true };
  });
}

function writeEntries(all: Request['headers']): unknown {
  if (all.length === 0) return undefined;
  return all.map(({ name, value, enabled }) => (enabled ? { name, value } : { name, value, disabled: true }));
}

function writeAssertions({ assertions }: Request): unknown {
  if (assertions.length === 0) return undefined;
  return assertions.map(({ expression, operator, value, enabled }) =>
    withoutUndefined({ expression, operator, value, disabled: enabled ? undefined : true }),
  );
}

function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function withoutUndefined(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
