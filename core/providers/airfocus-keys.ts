import { parseExpiryDate } from '../../shared/tokens/expiry-date.ts';
import { scopesOf } from '../../shared/tokens/jwt.ts';
import type { RemoteToken } from '../../shared/tokens/remote-token.ts';
import type { ProviderAnswer } from './provider.ts';
import { jsonAt, remoteIdOf, textOf } from './read-answer.ts';
import type { IssuedToken, TokenManagement } from './token-management.ts';

const PATH = '/api/profile/api-keys';

function readKey(value: unknown): RemoteToken | null {
  const remoteId = remoteIdOf(jsonAt(value, 'id'));
  if (remoteId === undefined) return null;
  const scopes = jsonAt(value, 'scopes');
  return {
    remoteId,
    name: textOf(jsonAt(value, 'name')) ?? remoteId,
    scopes: Array.isArray(scopes) ? scopesOf(scopes) : [],
    // Keys have no end.
    expiresAt: null,
    createdAt: timeOf(jsonAt(value, 'createdAt')),
    lastUsedAt: timeOf(jsonAt(value, 'lastUsedAt')),
  };
}

function timeOf(value: unknown): string | null {
  return typeof value === 'string' ? parseExpiryDate(value, 'utc') : null;
}

function readIssued({ body }: ProviderAnswer): IssuedToken | null {
  const key = readKey(jsonAt(body, 'apiKey'));
  const secret = jsonAt(body, 'secret');
  return key === null || typeof secret !== 'string' || secret === '' ? null : { ...key, secret };
}

/** How lists of keys are wrapped is not documented: a list alone, or one in a field. */
function readKeys({ body }: ProviderAnswer): readonly RemoteToken[] | null {
  const list = [body, jsonAt(body, 'apiKeys'), jsonAt(body, 'items')].find(Array.isArray);
  return list === undefined ? null : list.flatMap((each: unknown) => readKey(each) ?? []);
}

/** API keys of airfocus. They are neither edited nor regenerated: delete and create. All need the scope `profile`. */
export const airfocusKeys: TokenManagement = {
  asksPassword: false,
  list: () => ({ method: 'GET', path: PATH, body: null, read: readKeys }),
  create: ({ name, scopes }) => ({
    method: 'POST',
    path: PATH,
    body: { kind: 'json', value: { name, scopes } },
    read: readIssued,
  }),
  revoke: (ids) =>
    ids.map((id) => ({
      method: 'DELETE',
      path: `${PATH}/${encodeURIComponent(id)}`,
      body: null,
      read: () => true as const,
    })),
};
