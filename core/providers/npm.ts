import type { Provider } from './provider.ts';
import { jsonAt, known, textOf } from './read-answer.ts';

const HINTS: Readonly<Record<number, string>> = {
  401: 'npm does not know this token: it is mistyped, expired or revoked.',
  403: 'The token is valid, but may not do this.',
};

export const npm: Provider = {
  id: 'npm',
  name: 'npm',
  group: 'development',
  // Many use a registry of their own, and the token of one is not for another.
  baseUrls: [{ url: 'https://{registry}', label: 'Any registry' }],
  variables: [{ name: 'registry', label: 'Host of the registry', placeholder: 'npm.example.com' }],
  schemes: [{ scheme: 'bearer', labels: { secret: 'Access token' } }],
  prefixes: [{ prefix: 'npm_', scheme: 'bearer', description: 'an access token of npm' }],
  formats: [],
  scopes: [],
  scopeSets: [],
  check: { method: 'GET', path: '/-/whoami' },
  tokenPage: 'https://www.npmjs.com/settings/~/tokens',
  documentation: 'https://docs.npmjs.com/about-access-tokens',
  dayEnd: 'local',
  actions: [],
  rateLimit: null,
  hint: (status) => HINTS[status] ?? null,
  readFacts: ({ body }) => known({ identity: textOf(jsonAt(body, 'username')) }),
};
