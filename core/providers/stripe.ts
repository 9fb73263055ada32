import type { Provider } from './provider.ts';
import { jsonAt } from './read-answer.ts';

const HINTS: Readonly<Record<number, string>> = {
  401: 'Stripe does not know this key: it is mistyped, rolled or deleted.',
  403: 'The key is valid, but may not do this. Check its permissions.',
  429: 'Too many requests at once. Wait a moment.',
};

export const stripe: Provider = {
  id: 'stripe',
  name: 'Stripe',
  group: 'business',
  baseUrls: [{ url: 'https://api.stripe.com', label: 'API' }],
  variables: [],
  // The key as the user name of Basic, without a password, is the same to Stripe.
  schemes: [{ scheme: 'bearer', labels: { secret: 'Secret key' } }],
  prefixes: [
    { prefix: 'sk_test_', scheme: 'bearer', description: 'a secret key of Stripe, for tests' },
    { prefix: 'sk_live_', scheme: 'bearer', description: 'a secret key of Stripe, for real money' },
  ],
  formats: [],
  scopes: [],
  scopeSets: [],
  check: { method: 'GET', path: '/v1/balance' },
  tokenPage: 'https://dashboard.stripe.com/apikeys',
  documentation: 'https://docs.stripe.com/api',
  dayEnd: 'local',
  actions: [],
  rateLimit: null,
  hint: (status) => HINTS[status] ?? null,
  readFacts: ({ body }) => {
    const isLive = jsonAt(body, 'livemode');
    return typeof isLive === 'boolean' ? { identity: isLive ? 'live mode' : 'test mode' } : {};
  },
};
