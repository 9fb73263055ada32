import type { Provider } from './provider.ts';

const HINTS: Readonly<Record<number, string>> = {
  401: 'The access token is wrong or its time is over. Get a new one.',
  403: 'The access token is valid, but lacks a scope for this.',
};

export const oauth2: Provider = {
  id: 'oauth2',
  name: 'Any OAuth 2.0 API',
  group: 'general',
  baseUrls: [],
  variables: [],
  schemes: [{ scheme: 'bearer', labels: { secret: 'Access token' } }],
  prefixes: [],
  formats: [],
  scopes: [],
  scopeSets: [],
  check: null,
  tokenPage: null,
  documentation: 'https://www.rfc-editor.org/rfc/rfc6749',
  dayEnd: 'local',
  actions: [],
  rateLimit: null,
  hint: (status) => HINTS[status] ?? null,
};
