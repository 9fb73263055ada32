import type { Provider } from './provider.ts';

const HINTS: Readonly<Record<number, string>> = {
  401: 'GitHub does not know this token: it is mistyped, expired or deleted. Make a new one.',
  403: 'The token is valid, but may not do this, or too many requests were made. Check its permissions, and the header X-RateLimit-Remaining.',
  404: 'This path does not exist, or the token may not see what it names.',
};

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
  ],
  formats: [],
  scopes: [],
  scopeSets: [],
  check: { method: 'GET', path: '/user' },
  tokenPage: 'https://github.com/settings/tokens',
  documentation: 'https://docs.github.com/rest',
  dayEnd: 'local',
  actions: [],
  rateLimit: null,
  hint: (status) => HINTS[status] ?? null,
};
