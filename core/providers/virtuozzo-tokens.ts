import type { ProviderAnswer } from './provider.ts';
import { jsonAt, parseVirtuozzoExpiry, textOf } from './read-answer.ts';
import type {
  IssuedToken,
  ManagementCall,
  RemoteToken,
  TokenManagement,
  TokenWish,
} from './token-management.ts';

const PATH = '/users/authentication/rest';

/** Before the name of a template, among scopes: what it admits is for the platform to say. */
export const TEMPLATE_PREFIX = 'template:';

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
    tokenTemplate: template === undefined ? null : template.slice(TEMPLATE_PREFIX.length),
    apiList: template === undefined && methods.length > 0 ? methods.join(',') : null,
    expiresAt: expiresAt === null ? null : platformTime(expiresAt),
  };
}

/** `yyyy-MM-dd hh:mm:ss`, UTC. */
function platformTime(instant: string): string {
  return new Date(instant).toISOString().slice(0, 19).replace('T', ' ');
}

function readToken(value: unknown): RemoteToken | null {
  const remoteId = textOf(jsonAt(value, 'id'));
  if (remoteId === undefined) return null;
  const template = jsonAt(value, 'tokenTemplate');
  const templateName = textOf(template) ?? textOf(jsonAt(template, 'name'));
  const items = jsonAt(value, 'apiListItems');
  return {
    remoteId,
    name: textOf(jsonAt(value, 'description')) ?? remoteId,
    scopes: [
      ...(templateName === undefined ? [] : [`${TEMPLATE_PREFIX}${templateName}`]),
      ...(Array.isArray(items) ? items.flatMap((item) => textOf(jsonAt(item, 'method')) ?? []) : []),
    ],
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

function readNames(body: unknown, list: string, name: string, prefix: string): readonly string[] | null {
  const items = jsonAt(body, list);
  if (!Array.isArray(items)) return null;
  return items.flatMap((item) => {
    const text = textOf(item) ?? textOf(jsonAt(item, name));
    return text === undefined ? [] : [`${prefix}${text}`];
  });
}

/** Token management of the platform: `users/authentication/rest/*`. Copying is getting one and creating another. */
export const virtuozzoTokens: TokenManagement = {
  asksPassword: true,
  scopes: () => [
    call('gettokentemplates', {}, ({ body }) => readNames(body, 'templates', 'name', TEMPLATE_PREFIX)),
    call('gettokenapilist', {}, ({ body }) => readNames(body, 'apiList', 'method', '')),
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
