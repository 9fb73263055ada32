import { scopesOf } from '../../shared/tokens/jwt.ts';
import type { RemoteToken } from '../../shared/tokens/remote-token.ts';
import type { ProviderAnswer } from './provider.ts';
import { jsonAt, parseVirtuozzoExpiry, remoteIdOf, textOf } from './read-answer.ts';
import type { IssuedToken, ManagementCall, TokenManagement, TokenWish } from './token-management.ts';

const PATH = '/users/authentication/rest';

/** Before the name of a template, among scopes: what it admits is for the platform to say. */
const TEMPLATE_PREFIX = 'template:';

/** Those that are documented; an installation may have others. */
export const TOKEN_TEMPLATES = ['Extended Access', 'IDE Plugins', 'Marketplace', 'Maven Plugin'] as const;

/** What the platform calls a token whose methods were chosen one by one. */
const CUSTOM = 'Custom';

/** A scope has no spaces, and a template's name may. */
export function templateScope(name: string): string {
  const isKnown = TOKEN_TEMPLATES.some((each) => each === name);
  return `${TEMPLATE_PREFIX}${isKnown ? readable(name) : encodeURIComponent(name)}`;
}

function readable(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}

function templateName(scope: string): string {
  const text = scope.slice(TEMPLATE_PREFIX.length);
  const known = TOKEN_TEMPLATES.find((name) => readable(name) === text);
  if (known !== undefined) return known;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Parameters go into a form: a password in a URL would be logged on the way. */
function call<Result>(
  method: string,
  fields: Readonly<Record<string, string | null>>,
  read: (answer: ProviderAnswer) => Result | null,
): ManagementCall<Result> {
  const given = Object.entries(fields).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  return {
    method: 'POST',
    path: `${PATH}/${method}`,
    body: { kind: 'form', fields: Object.fromEntries(given) },
    read,
  };
}

/** A token has a template, or single methods, and not both. */
function wishFields({ name, scopes, expiresAt }: TokenWish): Readonly<Record<string, string | null>> {
  const template = scopes.find((scope) => scope.startsWith(TEMPLATE_PREFIX));
  const methods = scopes.filter((scope) => !scope.startsWith(TEMPLATE_PREFIX));
  return {
    description: name,
    tokenTemplate: template === undefined ? null : templateName(template),
    apiList: template === undefined && methods.length > 0 ? methods.join(',') : null,
    expiresAt: expiresAt === null ? null : platformTime(expiresAt),
  };
}

/** `yyyy-MM-dd hh:mm:ss`, UTC. */
function platformTime(instant: string): string {
  return new Date(instant).toISOString().slice(0, 19).replace('T', ' ');
}

function readToken(value: unknown): RemoteToken | null {
  const remoteId = remoteIdOf(jsonAt(value, 'id'));
  if (remoteId === undefined) return null;
  const template = textOf(jsonAt(value, 'tokenTemplate')) ?? textOf(jsonAt(value, 'tokenTemplate', 'name'));
  const items = jsonAt(value, 'apiListItems');
  const methods = Array.isArray(items) ? items.flatMap((item) => textOf(jsonAt(item, 'method')) ?? []) : [];
  return {
    remoteId,
    name: textOf(jsonAt(value, 'description')) ?? remoteId,
    scopes: scopesOf(template === undefined || template === CUSTOM ? methods : [templateScope(template)]),
    expiresAt: timeOf(jsonAt(value, 'expiresAt')),
    createdAt: null,
    lastUsedAt: timeOf(jsonAt(value, 'lastUsed')),
  };
}

function timeOf(value: unknown): string | null {
  return typeof value === 'string' ? (parseVirtuozzoExpiry(value) ?? null) : null;
}

function readIssued({ body }: ProviderAnswer): IssuedToken | null {
  const value = jsonAt(body, 'token');
  const token = readToken(value);
  const secret = jsonAt(value, 'key');
  return token === null || typeof secret !== 'string' || secret === '' ? null : { ...token, secret };
}

/** Under which field the lists stand, and whether they are of names or of objects, is not documented. */
function readNames(body: unknown, fields: readonly string[], name: string): readonly string[] | null {
  const items = fields.map((field) => jsonAt(body, field)).find(Array.isArray);
  return items?.flatMap((item: unknown) => textOf(item) ?? textOf(jsonAt(item, name)) ?? []) ?? null;
}

/** Token management of the platform: `users/authentication/rest/*`. Copying is getting one and creating another. */
export const virtuozzoTokens: TokenManagement = {
  asksPassword: true,
  scopes: () => [
    call('gettokentemplates', {}, ({ body }) => {
      const names = readNames(body, ['tokenTemplates', 'templates'], 'name');
      return names?.filter((name) => name !== CUSTOM).map(templateScope) ?? null;
    }),
    call('gettokenapilist', {}, ({ body }) => readNames(body, ['apiList', 'apiListItems'], 'method')),
  ],
  list: () =>
    call('gettokens', {}, ({ body }) => {
      const tokens = jsonAt(body, 'apiTokens');
      return Array.isArray(tokens) ? tokens.flatMap((token) => readToken(token) ?? []) : null;
    }),
  create: (wish, password) => call('createtoken', { ...wishFields(wish), password }, readIssued),
  edit: (id, wish, password) =>
    call('edittoken', { id, ...wishFields(wish), password }, ({ body }) => readToken(jsonAt(body, 'token'))),
  regenerate: (id, password) => call('regeneratetoken', { id, password }, readIssued),
  revoke: (ids, password) => [call('deletetokens', { ids: ids.join(','), password }, () => true as const)],
};
