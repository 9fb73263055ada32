import type { Provider } from './provider.ts';

const HINTS: Readonly<Record<number, string>> = {
  401: 'The API refuses this JWT: it has expired, or is signed for somebody else.',
  403: 'The JWT is valid, but lacks a scope or a role for this.',
};

export const jwt: Provider = {
  id: 'jwt',
  name: 'Any API with JWTs',
  group: 'general',
  baseUrls: [],
  variables: [],
  schemes: [{ scheme: 'bearer', labels: { secret: 'JWT' } }],
  prefixes: [],
  formats: [],
  scopes: [],
  scopeSets: [],
  check: null,
  tokenPage: null,
  documentation: 'https://www.rfc-editor.org/rfc/rfc7519',
  dayEnd: 'local',
  actions: [],
  rateLimit: null,
  hint: (status) => HINTS[status] ?? null,
};
