import type { Provider } from './provider.ts';

const HINTS: Readonly<Record<number, string>> = {
  401: 'GitLab does not know this token: it is mistyped, expired or revoked. Make a new one.',
  403: 'The token is valid, but lacks the scope or the role for this.',
  404: 'This path does not exist, or the token may not see what it names. Paths start behind /api/v4.',
};

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
  scopes: [],
  scopeSets: [],
  check: { method: 'GET', path: '/personal_access_tokens/self' },
  tokenPage: 'https://gitlab.com/-/user_settings/personal_access_tokens',
  documentation: 'https://docs.gitlab.com/api/rest/',
  dayEnd: 'utc',
  actions: [],
  rateLimit: null,
  hint: (status) => HINTS[status] ?? null,
};
