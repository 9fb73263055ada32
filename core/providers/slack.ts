import type { Provider } from './provider.ts';

const HINTS: Readonly<Record<number, string>> = {
  429: 'Too many requests. The header Retry-After says when to go on.',
};

export const slack: Provider = {
  id: 'slack',
  name: 'Slack',
  group: 'communication',
  baseUrls: [{ url: 'https://slack.com/api', label: 'Web API' }],
  variables: [],
  schemes: [{ scheme: 'bearer', labels: { secret: 'Bot or user token' } }],
  prefixes: [
    { prefix: 'xoxb-', scheme: 'bearer', description: 'a bot token of Slack' },
    { prefix: 'xoxp-', scheme: 'bearer', description: 'a user token of Slack' },
    { prefix: 'xoxe-', scheme: 'bearer', description: 'a refresh token of Slack' },
  ],
  formats: [],
  scopes: [],
  scopeSets: [],
  check: { method: 'POST', path: '/auth.test' },
  tokenPage: 'https://api.slack.com/apps',
  documentation: 'https://docs.slack.dev/reference/methods',
  dayEnd: 'local',
  actions: [],
  rateLimit: null,
  hint: (status) => HINTS[status] ?? null,
};
