import { scopesOf } from '../../shared/tokens/jwt.ts';
import { gitlabTokens } from './gitlab-tokens.ts';
import type { Provider, ProviderAnswer, TokenFacts, Verdict } from './provider.ts';
import { expiryOf, identityOf, jsonAt, judgeByStatus, known, remoteIdOf, textOf } from './read-answer.ts';

const HINTS: Readonly<Record<number, string>> = {
  401: 'GitLab does not know this token: it is mistyped, expired or revoked. Make a new one.',
  403: 'The token is valid, but lacks the scope or the role for this.',
  404: 'This path does not exist, or the token may not see what it names. Paths start behind /api/v4.',
};

/** It answers for a token that is revoked, too, as long as somebody else may ask. */
function judge(answer: ProviderAnswer): Verdict {
  const { body } = answer;
  const isOver = jsonAt(body, 'revoked') === true || jsonAt(body, 'active') === false;
  return isOver ? 'refused' : judgeByStatus(answer);
}

function readFacts({ body }: ProviderAnswer): TokenFacts {
  const user = textOf(jsonAt(body, 'user_id'));
  const scopes = jsonAt(body, 'scopes');
  return known({
    identity: identityOf(jsonAt(body, 'name'), user === undefined ? undefined : `user ${user}`),
    expiresAt: expiryOf(jsonAt(body, 'expires_at'), 'utc-start'),
    scopes: Array.isArray(scopes) ? scopesOf(scopes) : undefined,
    remoteId: remoteIdOf(jsonAt(body, 'id')),
  });
}

export const gitlab: Provider = {
  id: 'gitlab',
  name: 'GitLab',
  group: 'development',
  baseUrls: [{ url: 'https://{host}/api/v4', label: 'Any instance' }],
  variables: [{ name: 'host', label: 'Host', placeholder: 'gitlab.example.com', value: 'gitlab.com' }],
  schemes: [
    { scheme: 'header', field: 'PRIVATE-TOKEN', labels: { secret: 'Access token' } },
    { scheme: 'bearer', labels: { secret: 'Access token' } },
    { scheme: 'query', field: 'private_token', labels: { secret: 'Access token' } },
  ],
  prefixes: [{ prefix: 'glpat-', scheme: 'header', description: 'a personal access token of GitLab' }],
  formats: [],
  scopes: [
    'api',
    'read_api',
    'read_user',
    'read_repository',
    'write_repository',
    'read_registry',
    'write_registry',
    'read_virtual_registry',
    'write_virtual_registry',
    'create_runner',
    'manage_runner',
    'ai_features',
    'k8s_proxy',
    'self_rotate',
    'read_service_ping',
    'sudo',
    'admin_mode',
  ],
  scopeSets: [
    { name: 'Read only', scopes: ['read_api', 'read_user', 'read_repository', 'read_registry'] },
    { name: 'Repositories', scopes: ['read_repository', 'write_repository'] },
  ],
  check: { method: 'GET', path: '/personal_access_tokens/self' },
  tokenPage: 'https://gitlab.com/-/user_settings/personal_access_tokens',
  documentation: 'https://docs.gitlab.com/api/rest/',
  dayEnd: 'utc-start',
  actions: ['regenerate', 'revoke'],
  rateLimit: { limit: 'RateLimit-Limit', remaining: 'RateLimit-Remaining', reset: 'RateLimit-Reset' },
  hint: (status) => HINTS[status] ?? null,
  judge,
  readFacts,
  manage: gitlabTokens,
};
