import { scopesOf } from '../../shared/tokens/jwt.ts';
import type { Provider, ProviderAnswer, TokenFacts } from './provider.ts';
import { headerOf, jsonAt, known, parseGithubExpiry, textOf } from './read-answer.ts';

const HINTS: Readonly<Record<number, string>> = {
  401: 'GitHub does not know this token: it is mistyped, expired or deleted. Make a new one.',
  403: 'The token is valid, but may not do this, or too many requests were made. Check its permissions, and the header X-RateLimit-Remaining.',
  404: 'This path does not exist, or the token may not see what it names.',
};

const EXPIRATION = 'GitHub-Authentication-Token-Expiration';

/** Without the header of its expiry a token has none. Only classic tokens have scopes. */
function readFacts(answer: ProviderAnswer): TokenFacts {
  const expiration = headerOf(answer, EXPIRATION);
  const scopes = headerOf(answer, 'X-OAuth-Scopes');
  return known({
    identity: textOf(jsonAt(answer.body, 'login')),
    expiresAt: expiration === undefined ? 'never' : parseGithubExpiry(expiration),
    scopes: scopes === undefined ? undefined : scopesOf(scopes),
  });
}

export const github: Provider = {
  id: 'github',
  name: 'GitHub',
  group: 'development',
  baseUrls: [{ url: 'https://api.github.com', label: 'github.com' }],
  variables: [],
  schemes: [{ scheme: 'bearer', labels: { secret: 'Personal access token' } }],
  prefixes: [
    { prefix: 'ghp_', scheme: 'bearer', description: 'a classic token of GitHub' },
    { prefix: 'github_pat_', scheme: 'bearer', description: 'a fine-grained token of GitHub' },
    { prefix: 'gho_', scheme: 'bearer', description: 'an OAuth token of GitHub' },
    { prefix: 'ghs_', scheme: 'bearer', description: 'an installation token of GitHub' },
  ],
  formats: [],
  scopes: [
    'repo',
    'repo:status',
    'repo_deployment',
    'public_repo',
    'repo:invite',
    'security_events',
    'admin:repo_hook',
    'write:repo_hook',
    'read:repo_hook',
    'admin:org',
    'write:org',
    'read:org',
    'admin:public_key',
    'write:public_key',
    'read:public_key',
    'admin:org_hook',
    'gist',
    'notifications',
    'user',
    'read:user',
    'user:email',
    'user:follow',
    'project',
    'read:project',
    'delete_repo',
    'write:packages',
    'read:packages',
    'delete:packages',
    'admin:gpg_key',
    'write:gpg_key',
    'read:gpg_key',
    'codespace',
    'workflow',
    'read:audit_log',
  ],
  scopeSets: [
    { name: 'Read only', scopes: ['read:user', 'read:org', 'read:packages', 'read:project'] },
    { name: 'Repositories and workflows', scopes: ['repo', 'workflow'] },
  ],
  check: { method: 'GET', path: '/user' },
  tokenPage: 'https://github.com/settings/tokens',
  documentation: 'https://docs.github.com/rest',
  dayEnd: 'local',
  actions: [],
  rateLimit: { limit: 'X-RateLimit-Limit', remaining: 'X-RateLimit-Remaining', reset: 'X-RateLimit-Reset' },
  hint: (status) => HINTS[status] ?? null,
  readFacts,
};
