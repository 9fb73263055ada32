import type { Provider } from './provider.ts';

const HINTS: Readonly<Record<number, string>> = {
  401: 'OpenAI does not know this key: it is mistyped or deleted.',
  403: 'The key is valid, but may not do this. Check its permissions.',
  429: 'Too many requests, or nothing left of what was paid for.',
};

export const openai: Provider = {
  id: 'openai',
  name: 'OpenAI',
  group: 'development',
  baseUrls: [{ url: 'https://api.openai.com', label: 'API' }],
  variables: [],
  schemes: [{ scheme: 'bearer', labels: { secret: 'API key' } }],
  prefixes: [{ prefix: 'sk-', scheme: 'bearer', description: 'an API key of OpenAI' }],
  formats: [],
  scopes: [],
  scopeSets: [],
  check: { method: 'GET', path: '/v1/models' },
  tokenPage: 'https://platform.openai.com/api-keys',
  documentation: 'https://platform.openai.com/docs/api-reference',
  dayEnd: 'local',
  actions: [],
  rateLimit: null,
  hint: (status) => HINTS[status] ?? null,
};
