import { parseExpiryDate } from '../../shared/tokens/expiry-date.ts';
import { scopesOf } from '../../shared/tokens/jwt.ts';
import type { ProviderAnswer } from './provider.ts';
import { expiryOf, jsonAt, remoteIdOf, textOf } from './read-answer.ts';
import type { IssuedToken, TokenManagement } from './token-management.ts';

const PATH = '/personal_access_tokens/self';

function readIssued({ body }: ProviderAnswer): IssuedToken | null {
  const remoteId = remoteIdOf(jsonAt(body, 'id'));
  const secret = jsonAt(body, 'token');
  if (remoteId === undefined || typeof secret !== 'string' || secret === '') return null;
  const scopes = jsonAt(body, 'scopes');
  const expiry = expiryOf(jsonAt(body, 'expires_at'), 'utc-start');
  const createdAt = jsonAt(body, 'created_at');
  return {
    remoteId,
    secret,
    name: textOf(jsonAt(body, 'name')) ?? remoteId,
    scopes: Array.isArray(scopes) ? scopesOf(scopes) : [],
    expiresAt: expiry === undefined || expiry === 'never' ? null : expiry,
    createdAt: typeof createdAt === 'string' ? parseExpiryDate(createdAt, 'utc') : null,
    lastUsedAt: null,
  };
}

/** A personal access token of GitLab can rotate and revoke itself. */
export const gitlabTokens: TokenManagement = {
  asksPassword: false,
  bySelf: true,
  regenerate: () => ({ method: 'POST', path: `${PATH}/rotate`, body: null, read: readIssued }),
  revoke: (ids) => ids.map(() => ({ method: 'DELETE', path: PATH, body: null, read: () => true as const })),
};
