import type { Provider } from './provider.ts';
import { identityOf, jsonAt, known } from './read-answer.ts';

const HINTS: Readonly<Record<number, string>> = {
  401: 'E-mail address and token do not belong together, or the token has expired: it lasts one year at most.',
  403: 'The token is valid, but its user may not do this.',
  404: 'This path does not exist, or its user may not see what it names.',
};

export const atlassian: Provider = {
  id: 'atlassian',
  name: 'Atlassian',
  group: 'business',
  baseUrls: [{ url: 'https://{site}.atlassian.net', label: 'Jira Cloud' }],
  variables: [{ name: 'site', label: 'Site', placeholder: 'your-team' }],
  schemes: [{ scheme: 'basic', labels: { tokenId: 'E-mail address', secret: 'API token' } }],
  prefixes: [],
  formats: [
    {
      scheme: 'basic',
      tokenId: '^[^@]+@[^@]+$',
      description: 'With Atlassian, the ID of a token is an e-mail address.',
    },
  ],
  scopes: [],
  scopeSets: [],
  check: { method: 'GET', path: '/rest/api/3/myself' },
  tokenPage: 'https://id.atlassian.com/manage-profile/security/api-tokens',
  documentation: 'https://developer.atlassian.com/cloud/jira/platform/rest/v3/',
  dayEnd: 'local',
  actions: [],
  rateLimit: null,
  hint: (status) => HINTS[status] ?? null,
  readFacts: ({ body }) =>
    known({ identity: identityOf(jsonAt(body, 'displayName'), jsonAt(body, 'emailAddress')) }),
};
