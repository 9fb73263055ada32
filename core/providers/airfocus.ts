import { airfocusKeys } from './airfocus-keys.ts';
import { jsonField } from './json-field.ts';
import type { Provider } from './provider.ts';
import { identityOf, jsonAt, known } from './read-answer.ts';

function hint(status: number, body?: unknown): string | null {
  if (status < 400) return null;
  const code = jsonField(body, 'code');
  if (code === 'missing_token') {
    return 'No token arrived. The token goes into the header Authorization: Bearer.';
  }
  if (status === 401) return 'airfocus does not know this token. It may have been deleted; make a new one.';
  if (status === 403 || code === 'forbidden') {
    return 'The token is valid, but a scope, permission, role or feature is missing. Scopes of a token cannot be changed: make a new one.';
  }
  if (status === 400) return 'A parameter is wrong, or the resource that it names does not exist.';
  if (status === 404) return 'This path does not exist. Paths start with /api/.';
  if (status === 429)
    return 'More than 600 requests in a minute. The header X-RateLimit-Reset says when to go on.';
  return null;
}

export const airfocus: Provider = {
  id: 'airfocus',
  name: 'airfocus',
  group: 'business',
  baseUrls: [
    { url: 'https://app.airfocus.com', label: 'Europe' },
    { url: 'https://app.us.airfocus.com', label: 'United States' },
  ],
  variables: [],
  schemes: [{ scheme: 'bearer', labels: { secret: 'API key' } }],
  prefixes: [],
  formats: [],
  scopes: [
    'profile',
    'profile:read',
    'team',
    'team:read',
    'workspace',
    'workspace:read',
    'workspace:comment',
  ],
  scopeSets: [
    { name: 'Manage API keys', scopes: ['profile'] },
    { name: 'Read only', scopes: ['profile:read', 'team:read', 'workspace:read'] },
  ],
  check: { method: 'GET', path: '/api/profile' },
  tokenPage: 'https://app.airfocus.com',
  documentation: 'https://developer.airfocus.com',
  dayEnd: 'local',
  actions: ['list', 'create', 'revoke'],
  rateLimit: {
    limit: 'X-RateLimit-Limit',
    remaining: 'X-RateLimit-Remaining',
    reset: 'X-RateLimit-Reset',
  },
  hint,
  readFacts: ({ body }) => known({ identity: identityOf(jsonAt(body, 'fullName'), jsonAt(body, 'email')) }),
  manage: airfocusKeys,
};
