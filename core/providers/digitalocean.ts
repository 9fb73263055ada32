import type { Provider } from './provider.ts';
import { jsonAt, known, textOf } from './read-answer.ts';

const HINTS: Readonly<Record<number, string>> = {
  401: 'DigitalOcean does not know this token: it is mistyped, expired or deleted.',
  403: 'The token is valid, but lacks the scope for this.',
  429: 'Too many requests. The header RateLimit-Reset says when to go on.',
};

export const digitalocean: Provider = {
  id: 'digitalocean',
  name: 'DigitalOcean',
  group: 'cloud',
  baseUrls: [{ url: 'https://api.digitalocean.com', label: 'API' }],
  variables: [],
  schemes: [{ scheme: 'bearer', labels: { secret: 'Personal access token' } }],
  prefixes: [{ prefix: 'dop_v1_', scheme: 'bearer', description: 'a personal access token of DigitalOcean' }],
  formats: [],
  scopes: [],
  scopeSets: [],
  check: { method: 'GET', path: '/v2/account' },
  tokenPage: 'https://cloud.digitalocean.com/account/api/tokens',
  documentation: 'https://docs.digitalocean.com/reference/api/',
  dayEnd: 'local',
  actions: [],
  rateLimit: { limit: 'RateLimit-Limit', remaining: 'RateLimit-Remaining', reset: 'RateLimit-Reset' },
  hint: (status) => HINTS[status] ?? null,
  readFacts: ({ body }) => known({ identity: textOf(jsonAt(body, 'account', 'email')) }),
};
