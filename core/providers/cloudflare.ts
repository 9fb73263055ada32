import type { Provider } from './provider.ts';

const HINTS: Readonly<Record<number, string>> = {
  401: 'Cloudflare does not know this token: it is mistyped, expired or deleted.',
  403: 'The token is valid, but lacks the permission for this.',
};

export const cloudflare: Provider = {
  id: 'cloudflare',
  name: 'Cloudflare',
  group: 'cloud',
  baseUrls: [{ url: 'https://api.cloudflare.com/client/v4', label: 'API v4' }],
  variables: [],
  schemes: [{ scheme: 'bearer', labels: { secret: 'API token' } }],
  prefixes: [
    { prefix: 'cfut_', scheme: 'bearer', description: 'a user token of Cloudflare' },
    { prefix: 'cfat_', scheme: 'bearer', description: 'an account token of Cloudflare' },
    { prefix: 'cfk_', scheme: 'bearer', description: 'a key of Cloudflare' },
  ],
  formats: [],
  scopes: [],
  scopeSets: [],
  check: { method: 'GET', path: '/user/tokens/verify' },
  tokenPage: 'https://dash.cloudflare.com/profile/api-tokens',
  documentation: 'https://developers.cloudflare.com/api/',
  dayEnd: 'local',
  actions: [],
  rateLimit: null,
  hint: (status) => HINTS[status] ?? null,
};
